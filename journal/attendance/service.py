"""Commands of attendance: absences, lateness, «Отсутствующих нет»."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Date, bindparam, or_, select

from journal.attendance.excuses.known import KnownReason, known_reasons, without_entry
from journal.attendance.models import Absence, Exemption
from journal.attendance.rules.states import UNKNOWN
from journal.core.audit import Change
from journal.core.errors import Forbidden, NotFound, RuleViolation, StaleVersion
from journal.core.messages import N_
from journal.lessons.desk import Desk, LessonRow
from journal.lessons.models import Lesson
from journal.lessons.rules import EntryKind
from journal.school.queries import rosters

CODES = frozenset({"n", "b", "u", "p", "o"})
LATE = "o"


def put_absence(
    desk: Desk, *, lesson_id: int, pupil_id: int, code: str, minutes: int | None, base: int
) -> None:
    """Write the pupil's state in the lesson; a first entry of its teacher takes its attendance.

    A class teacher knows of his own pupils only: his entry says nothing of the others, so that the
    lesson stays untaken. An absence without a reason gets that of a confirmed excuse of the day.
    """
    lesson = desk.attendance_lesson(lesson_id)
    desk.require_on_roster(lesson, pupil_id)
    _check_code(code, minutes, lesson)
    grant_id = desk.require_open(EntryKind.ATTENDANCE, lesson)
    _refuse_released(desk, lesson, pupil_id)
    absence = _absence(desk, lesson_id, pupil_id, base)
    reason = None
    if code == UNKNOWN:
        reason = known_reasons(desk.session, lesson.held_on, [pupil_id]).get(pupil_id)
    written = _Written(reason.code if reason else code, minutes if code == LATE else None, reason)
    if _facts(absence) != written.facts:
        absence = absence or _new_absence(desk, lesson_id, pupil_id)
        _write(desk, absence, written, grant_id)
    if desk.class_pupils is None:
        _mark_taken(desk, lesson, grant_id)


class _Written(NamedTuple):
    """What is written of a pupil in a lesson, and the excuse it follows."""

    code: str
    minutes: int | None
    reason: KnownReason | None

    @property
    def facts(self) -> dict[str, object]:
        return {"code": self.code, "minutes": self.minutes}


def _write(desk: Desk, absence: Absence, written: _Written, grant_id: int | None) -> None:
    before = _facts(absence) if absence.version else None
    absence.code, absence.minutes = written.code, written.minutes
    absence.excuse_id = written.reason.excuse_id if written.reason else None
    absence.version += 1
    absence.entered_by, absence.entered_at = desk.actor.account_id, desk.now
    desk.session.flush()
    place = (absence.id, absence.lesson_id, absence.pupil_id)
    _log(desk, "put_absence", *place, before, written.facts, grant_id)


def _new_absence(desk: Desk, lesson_id: int, pupil_id: int) -> Absence:
    absence = Absence(
        organisation_id=desk.head.organisation_id,
        lesson_id=lesson_id,
        pupil_id=pupil_id,
        version=0,
    )
    desk.session.add(absence)
    return absence


def clear_absence(desk: Desk, *, lesson_id: int, pupil_id: int, base: int) -> None:
    """Remove the pupil's state: he was present."""
    lesson = desk.attendance_lesson(lesson_id)
    desk.require_on_roster(lesson, pupil_id)
    grant_id = desk.require_open(EntryKind.ATTENDANCE, lesson)
    absence = _absence(desk, lesson_id, pupil_id, base)
    if absence is None:
        return
    before = _facts(absence)
    desk.session.delete(absence)
    desk.session.flush()
    _log(desk, "clear_absence", absence.id, lesson_id, pupil_id, before, None, grant_id)


def take_attendance(desk: Desk, *, lesson_id: int) -> None:
    """«Отсутствующих нет», or: everybody not marked is present. Taking twice changes nothing.

    A class teacher takes lessons in which all pupils are his.
    """
    lesson = desk.attendance_lesson(lesson_id)
    _refuse_other_classes(desk, lesson)
    grant_id = desk.require_open(EntryKind.ATTENDANCE, lesson)
    _mark_taken(desk, lesson, grant_id)


def _refuse_other_classes(desk: Desk, lesson: LessonRow) -> None:
    if desk.class_pupils is not None and not _there(desk, lesson) <= desk.class_pupils:
        raise Forbidden(
            N_("Pupils of other classes sit in this lesson too: its teacher takes the attendance.")
        )


def _there(desk: Desk, lesson: LessonRow) -> set[int]:
    """Everybody on the roster of the lesson's day."""
    entries = rosters(desk.session, [desk.head.group_id])
    return {entry.pupil_id for entry in entries if entry.span.covers(lesson.held_on)}


def _check_code(code: str, minutes: int | None, lesson: LessonRow) -> None:
    if code not in CODES:
        raise RuleViolation("code", N_("Enter н, б, у, п or о."))
    length = int((lesson.ends_at - lesson.starts_at).total_seconds() // 60)
    if minutes is not None and not 1 <= minutes <= length:
        raise RuleViolation(
            "minutes", N_("The lesson lasts %(length)s minutes: enter 1 to that.", length=length)
        )


def _absence(desk: Desk, lesson_id: int, pupil_id: int, base: int) -> Absence | None:
    place = {"lesson_id": lesson_id, "pupil_id": pupil_id}
    found: Absence | None = desk.session.scalar(_absence_query(), place)
    if (found.version if found else 0) != base:
        theirs = {
            "value": found.code if found else "",
            "account_id": found.entered_by if found else None,
            "when": found.entered_at if found else None,
        }
        raise StaleVersion(N_("Somebody else has changed this cell."), theirs=theirs)
    return found


@cache
def _absence_query() -> Any:
    return (
        select(Absence)
        .where(
            Absence.lesson_id == bindparam("lesson_id"), Absence.pupil_id == bindparam("pupil_id")
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _refuse_released(desk: Desk, lesson: LessonRow, pupil_id: int) -> None:
    """One released «от посещения» cannot be absent."""
    if _released(desk, lesson, pupil_id):
        raise RuleViolation(
            "code", N_("The pupil is released from attending by order: no absence is entered.")
        )


def _released(desk: Desk, lesson: LessonRow, pupil_id: int) -> bool:
    """Whether an order releases him; individual tuition is what he is taught in."""
    place = {"pupil_id": pupil_id, "subject_id": desk.head.subject_id, "day": lesson.held_on}
    if desk.session.scalars(_released_query(), place).first() is None:
        return False
    return _there(desk, lesson) != {pupil_id}


@cache
def _released_query() -> Any:
    day: Any = bindparam("day", type_=Date)
    ours = Exemption.subject_id == bindparam("subject_id")
    return select(Exemption.id).where(
        Exemption.pupil_id == bindparam("pupil_id"),
        Exemption.kind == "attending",
        or_(Exemption.subject_id.is_(None), ours),
        Exemption.starts_on <= day,
        or_(Exemption.ends_before.is_(None), Exemption.ends_before > day),
    )


def _mark_taken(desk: Desk, row: LessonRow, grant_id: int | None) -> None:
    if row.taken_at is not None:
        return
    lesson = desk.session.get(Lesson, row.id)
    if lesson is None:
        raise NotFound()
    if lesson.attendance_taken_at is not None:  # by an operation of the same batch
        return
    lesson.attendance_taken_at = desk.now
    lesson.attendance_taken_by = desk.staff_id
    desk.session.flush()
    desk.log(
        Change(
            action="take_attendance",
            object_type="lesson",
            object_id=row.id,
            within_id=row.id,
            grant_id=grant_id,
        )
    )
    _enter_excused(desk, row, grant_id)


def _enter_excused(desk: Desk, row: LessonRow, grant_id: int | None) -> None:
    """Who is known to be excused is absent for that reason, unless something is entered of him."""
    excused = known_reasons(desk.session, row.held_on)
    if not excused:
        return
    there = {
        one.pupil_id
        for one in rosters(desk.session, [desk.head.group_id], pupil_ids=list(excused))
        if one.span.covers(row.held_on)
    }
    for pupil_id in sorted(without_entry(desk.session, row.id, there)):
        if not _released(desk, row, pupil_id):
            written = _Written(excused[pupil_id].code, None, excused[pupil_id])
            _write(desk, _new_absence(desk, row.id, pupil_id), written, grant_id)
            desk.touched.add((row.id, pupil_id))


def _facts(absence: Absence | None) -> Mapping[str, object] | None:
    return None if absence is None else {"code": absence.code, "minutes": absence.minutes}


def _log(
    desk: Desk,
    action: str,
    absence_id: int,
    lesson_id: int,
    pupil_id: int,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
    grant_id: int | None,
) -> None:
    desk.log(
        Change(
            action=action,
            object_type="absence",
            object_id=absence_id,
            within_id=lesson_id,
            about_id=pupil_id,
            before=before,
            after=after,
            grant_id=grant_id,
        )
    )
