"""Changing single lessons: substitution, merge, cancellation, room, distance, move, swap, undo."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, record
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.lessons.models import Lesson
from journal.lessons.queries.staff_agenda import staff_names
from journal.office.models import Substitution
from journal.office.queries.colleagues import absences_between
from journal.office.queries.lessons import LessonFacts, lesson_facts, lessons_meeting, takings
from journal.office.service.telling import Teller, news
from journal.people.service import origin_of
from journal.school.models import Room
from journal.school.planning import planned_classes
from journal.timetable.rules import Reason, clash, clash_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who arranges, when, why; `order_id` where an order about the day is the reason."""

    session: Session
    actor: Actor
    now: datetime
    reason: str | None = None
    order_id: int | None = None

    def lesson(self, lesson_id: int) -> LessonFacts:
        """A lesson he may change: NotFound and Forbidden otherwise."""
        found = lesson_facts(self.session, lesson_id)
        planned_classes(self.session, self.actor, found.year_id).require(found.classes)
        return found

    def log(self, change: Change) -> None:
        """Append to the chain of the school."""
        record(
            self.session,
            organisation_id=self.actor.organisation_id,
            origin=origin_of(self.actor),
            change=change,
            now=self.now,
        )

    @property
    def teller(self) -> Teller:
        """Who tells people of the change."""
        return Teller(
            session=self.session,
            organisation_id=self.actor.organisation_id,
            person_id=self.actor.current.person_id,
            now=self.now,
        )

    def room(self, room_id: int | None) -> str:
        """The name of a room, «–» for none."""
        found = self.session.get(Room, room_id or 0)
        return found.name if found else "–"

    def name(self, staff_id: int) -> str:
        """Фамилия И. О."""
        return staff_names(self.session, [staff_id]).get(staff_id, "–")


def substitute(office: Office, *, lesson_id: int, staff_id: int, merge: bool = False) -> None:
    """Another teacher holds the lesson; merged, he has his own subgroup there at the same time."""
    lesson = _unwritten(office.lesson(lesson_id))
    if staff_id == lesson.staff_id:
        raise RuleViolation("staff", N_("He holds this lesson already. Choose somebody else."))
    if lesson.cancelled:
        raise RuleViolation("staff", N_("The lesson is cancelled. Undo the cancellation first."))
    require_present(office, staff_id, lesson.held_on)
    wanted = replace(lesson, staff_id=staff_id)
    kinds = {Reason.TEACHER}
    require_free(office, wanted, kinds=set() if merge else kinds)
    planned = lesson.planned_staff_id or lesson.staff_id
    _keep(office, lesson)
    back = staff_id == planned
    values = {"staff_id": staff_id, "replaced_staff_id": None if back else planned}
    _write(office, lesson, "substitute", **values)


def cancel(office: Office, *, lesson_id: int) -> None:
    """The lesson does not take place."""
    lesson = _not_begun(_unwritten(office.lesson(lesson_id)))
    if lesson.cancelled:
        raise RuleViolation("lesson", N_("The lesson is cancelled already."))
    _keep(office, lesson)
    _write(office, lesson, "cancel_lesson", status="cancelled")


def change_room(office: Office, *, lesson_id: int, room_id: int | None) -> None:
    """Another room, or none."""
    lesson = office.lesson(lesson_id)
    if room_id is not None and office.session.get(Room, room_id) is None:
        raise NotFound()
    if room_id == lesson.room_id:
        raise RuleViolation("room", N_("The lesson is in this room already. Choose another one."))
    require_free(office, replace(lesson, room_id=room_id), kinds={Reason.ROOM})
    _keep(office, lesson)
    _write(office, lesson, "change_room", room_id=room_id)


def hold_at_distance(office: Office, *, lesson_id: int) -> None:
    """The lesson is held remotely."""
    lesson = _unwritten(office.lesson(lesson_id))
    if lesson.mode == "distance":
        raise RuleViolation("lesson", N_("The lesson is remote already."))
    _keep(office, lesson)
    _write(office, lesson, "make_remote", mode="distance")


def undo(office: Office, *, lesson_id: int) -> None:
    """Back to the timetable, while nothing was written in the lesson or in what stands for it."""
    lesson = office.lesson(lesson_id)
    if lesson.made_of is not None:
        lesson = office.lesson(lesson.made_of)
    if not lesson.changed:
        raise RuleViolation("lesson", N_("The lesson is as the timetable has it."))
    if not lesson.cancelled:
        _not_begun(_unwritten(lesson))
    kept = office.session.get(Substitution, lesson.substitution_id or 0)
    made = kept.made_lesson_id if kept else None
    staff_id = kept.planned_staff_id if kept else lesson.planned_staff_id or lesson.staff_id
    values = {
        "staff_id": staff_id,
        "replaced_staff_id": None,
        "room_id": kept.planned_room_id if kept else lesson.room_id,
        "mode": kept.planned_mode if kept else "on_site",
        "status": "scheduled",
    }
    if kept is not None:
        office.session.delete(kept)
        office.session.flush()
    if made is not None:
        _drop_made(office, made)
    _write(office, lesson, "undo_substitution", **values)


def _drop_made(office: Office, lesson_id: int) -> None:
    """The lesson that stood for a moved one goes, if it holds nothing."""
    _not_begun(_unwritten(office.lesson(lesson_id)))
    office.session.delete(office.session.get_one(Lesson, lesson_id))
    office.session.flush()


def _unwritten(lesson: LessonFacts) -> LessonFacts:
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


def _not_begun(lesson: LessonFacts) -> LessonFacts:
    if lesson.taken:
        raise RuleViolation(
            "lesson",
            N_(
                "%(title)s, %(day)s: the attendance is taken, the lesson is being held.",
                title=lesson.title,
                day=lesson.held_on,
            ),
        )
    return lesson


def movable(office: Office, lesson_id: int) -> LessonFacts:
    """A lesson that may be taken elsewhere: nothing written, not cancelled, not changed before."""
    lesson = _not_begun(_unwritten(office.lesson(lesson_id)))
    if lesson.cancelled or lesson.substitution_id is not None or lesson.made_of is not None:
        raise RuleViolation("lesson", N_("The lesson is changed already. Undo that first."))
    return lesson


def require_present(office: Office, staff_id: int, day: date) -> None:
    """Refuse who is away himself."""
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


def _keep(office: Office, lesson: LessonFacts) -> None:
    """Remember what the timetable wanted, once; a second change keeps the first memory."""
    if lesson.substitution_id is not None:
        kept = office.session.get_one(Substitution, lesson.substitution_id)
        kept.reason, kept.made_at = office.reason or kept.reason, office.now
        return
    keep_planned(office, lesson, made_lesson_id=None)


def keep_planned(office: Office, lesson: LessonFacts, *, made_lesson_id: int | None) -> None:
    """The row that an undo needs."""
    office.session.add(
        Substitution(
            organisation_id=office.actor.organisation_id,
            lesson_id=lesson.id,
            made_lesson_id=made_lesson_id,
            planned_staff_id=lesson.planned_staff_id or lesson.staff_id,
            planned_room_id=lesson.room_id,
            planned_mode=lesson.mode,
            reason=office.reason,
            day_order_id=office.order_id,
            made_at=office.now,
            made_by=office.actor.current.staff_id,
        )
    )
    office.session.flush()


def _write(office: Office, lesson: LessonFacts, action: str, **values: Any) -> None:
    row = office.session.get_one(Lesson, lesson.id, populate_existing=True)
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    office.session.flush()
    tell(office, lesson, action, before=before, after=values)


def tell(
    office: Office,
    lesson: LessonFacts,
    action: str,
    *,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    """The log and everybody concerned learn of a change of one lesson."""
    changed = [name for name in after if before.get(name) != after[name]]
    change = Change(
        action=action,
        object_type="lesson",
        object_id=lesson.id,
        within_id=lesson.id,
        before={name: _said(office, name, before.get(name)) for name in changed},
        after={name: _said(office, name, after[name]) for name in changed},
        reason=office.reason,
    )
    office.log(change)
    staff = {lesson.staff_id, lesson.planned_staff_id, after.get("staff_id")} - {None}
    office.teller.lesson(
        lesson, [one for one in staff if one], news(action, after, office.name, office.room)
    )


def _said(office: Office, name: str, value: Any) -> Any:
    """Ids as names: the log is read by people."""
    if value is None or name not in ("staff_id", "replaced_staff_id", "room_id"):
        return value
    if name == "room_id":
        return office.room(value)
    return office.name(value)
