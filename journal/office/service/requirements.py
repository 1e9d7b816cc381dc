"""What stands against a change of a lesson: entries, somebody away, somebody or something taken."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.office.queries.colleagues import absences_between
from journal.office.queries.lessons import LessonFacts, lessons_meeting, takings
from journal.office.service.office import Office
from journal.people.models import StaffMember
from journal.timetable.rules import Reason, clash, clash_words


def unwritten(lesson: LessonFacts) -> LessonFacts:
    """The lesson; refuses one in which something is written."""
    if lesson.written:
        raise RuleViolation(
            "lesson",
            N_(
                "%(title)s, %(day)s: the lesson has entries and stays as it is.",
                title=lesson.title,
                day=lesson.held_on,
            ),
        )
    return lesson


def not_begun(lesson: LessonFacts) -> LessonFacts:
    """The lesson; refuses one whose attendance is entered."""
    if lesson.taken:
        raise being_held(lesson)
    return lesson


def being_held(lesson: LessonFacts) -> RuleViolation:
    """The refusal of a lesson in which somebody is noted as absent, or was."""
    return RuleViolation(
        "lesson",
        N_(
            "%(title)s, %(day)s: the attendance is taken, the lesson is being held.",
            title=lesson.title,
            day=lesson.held_on,
        ),
    )


def require_present(office: Office, staff_id: int, day: date) -> None:
    """Refuse who is away himself, or no member of the school's staff then."""
    staff = office.session.get(StaffMember, staff_id)
    if staff is None:
        raise NotFound()
    if staff.left_on is not None and staff.left_on <= day:
        raise RuleViolation("choice", N_("Choose a value from the list."))
    away = absences_between(office.session, first=day, before=day.fromordinal(day.toordinal() + 1))
    if staff_id in away:
        raise RuleViolation(
            "staff",
            N_(
                "%(name)s is away on %(day)s. Choose somebody else.",
                name=office.name(staff_id),
                day=day,
            ),
        )


def require_free(
    office: Office, wanted: LessonFacts, *, kinds: Collection[Reason], but: Collection[int] = ()
) -> None:
    """Refuse what cannot be at that time; only for the reasons asked about."""
    others = lessons_meeting(
        office.session,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        but={wanted.id, *but},
    )
    mine, *theirs = takings(office.session, [wanted, *others])
    for other, taking in zip(others, theirs, strict=True):
        reasons = clash(mine, taking) & frozenset(kinds)
        if reasons:
            raise RuleViolation("place", clash_words(reasons, other.title)[0])
