"""What a confirmed excuse does to absences: it gives past Н a reason, and takes it back.

Audited absence by absence; the edit window of the lesson does not matter, a closed term does
(domain.md, «Attendance»).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Excuse
from journal.attendance.rules.states import UNKNOWN
from journal.core.audit import Change, Origin, record_many
from journal.lessons.models import Lesson
from journal.lessons.rules.windows import closed_on
from journal.school.models import ClassGroup, ClassMembership
from journal.school.pupil_queries import calendars
from journal.school.rules import Span, TermSpan, terms_of_grade


def give_reason(
    session: Session, excuse: Excuse, *, origin: Origin, today: date, now: datetime
) -> int:
    """Every Н of the excuse's days gets its code. Returns how many."""
    span = Span(excuse.starts_on, excuse.ends_before)
    found = _absences(session, excuse.pupil_id, Absence.code == UNKNOWN, today=today)
    chosen = [one for one in found if span.covers(one[1])]
    return _retype(session, excuse, chosen, excuse.code, origin=origin, now=now)


def take_reason_back(
    session: Session, excuse: Excuse, *, origin: Origin, today: date, now: datetime
) -> int:
    """Absences that had their reason of the excuse and are not covered by it any more.

    They become Н again, or get the reason of another confirmed excuse of their day.
    """
    span = Span(excuse.starts_on, excuse.ends_before)
    holds = excuse.status == "confirmed"
    found = _absences(session, excuse.pupil_id, Absence.excuse_id == excuse.id, today=today)
    chosen = [one for one in found if not (holds and span.covers(one[1]))]
    for heir in _others(session, excuse) if chosen else ():
        days = Span(heir.starts_on, heir.ends_before)
        inherited = [one for one in chosen if days.covers(one[1])]
        _retype(session, heir, inherited, heir.code, origin=origin, now=now)
        chosen = [one for one in chosen if not days.covers(one[1])]
    return _retype(session, excuse, chosen, UNKNOWN, origin=origin, now=now)


def _others(session: Session, excuse: Excuse) -> Sequence[Excuse]:
    """The pupil's other confirmed excuses: an illness outdoes a leave, the newest word first."""
    return session.scalars(
        select(Excuse)
        .where(
            Excuse.pupil_id == excuse.pupil_id,
            Excuse.id != excuse.id,
            Excuse.status == "confirmed",
        )
        .order_by(Excuse.code, Excuse.id.desc())
    ).all()


_Found = tuple[Absence, date]


def _absences(
    session: Session, pupil_id: int, which: ColumnElement[bool], *, today: date
) -> list[_Found]:
    """The pupil's absences outside closed terms of the class of their day."""
    stay = and_(
        ClassMembership.pupil_id == Absence.pupil_id,
        ClassMembership.starts_on <= Lesson.held_on,
        or_(ClassMembership.ends_before.is_(None), Lesson.held_on < ClassMembership.ends_before),
    )
    rows = session.execute(
        select(Absence, Lesson.held_on, ClassGroup.academic_year_id, ClassGroup.grade)
        .join(Lesson, Lesson.id == Absence.lesson_id)
        .join(ClassMembership, stay)
        .join(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .where(Absence.pupil_id == pupil_id, which)
        .order_by(Lesson.held_on, Absence.id)
        .with_for_update(of=Absence)
    ).all()
    years = calendars(session, {row[2] for row in rows}, first=today, before=today) if rows else {}
    return [(row[0], row[1]) for row in rows if _open(years[row[2]].terms, row[3], row[1], today)]


def _open(terms: Iterable[TermSpan], grade: int, day: date, today: date) -> bool:
    return closed_on(terms_of_grade(terms, grade), day, today) is None


def _retype(
    session: Session,
    excuse: Excuse,
    chosen: Iterable[_Found],
    code: str,
    *,
    origin: Origin,
    now: datetime,
) -> int:
    changes = []
    for absence, _ in chosen:
        changes.append(_change(absence, code, excuse.id))
        absence.code = code
        absence.excuse_id = None if code == UNKNOWN else excuse.id
        absence.version += 1
        absence.entered_by, absence.entered_at = origin.account_id, now
    if changes:
        session.flush()
        place = excuse.organisation_id
        record_many(session, organisation_id=place, origin=origin, changes=changes, now=now)
    return len(changes)


def _change(absence: Absence, code: str, excuse_id: int) -> Change:
    return Change(
        action="put_absence",
        object_type="absence",
        object_id=absence.id,
        within_id=absence.lesson_id,
        about_id=absence.pupil_id,
        before={"code": absence.code, "minutes": None},
        after={"code": code, "minutes": None, "excuse": excuse_id},
    )
