"""Commands of attendance: absences, lateness, «Отсутствующих нет».

Each refuses before it writes anything: a batch carries them out without a savepoint
(`register.service.REFUSED_FIRST`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from journal.attendance.excuses.known import KnownReason, known_reasons
from journal.attendance.rules.states import UNKNOWN
from journal.attendance.sheet import Cell, Sheet, State, released, there
from journal.core.audit import Change
from journal.core.errors import Forbidden, RuleViolation, StaleVersion
from journal.core.messages import N_
from journal.core.rows import update_row
from journal.lessons.desk import Desk, LessonRow
from journal.lessons.models import Lesson
from journal.lessons.rules import EntryKind

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
    state = _state(desk, lesson_id, pupil_id, base)
    reason = None
    if code == UNKNOWN:
        reason = known_reasons(desk.session, lesson.held_on, [pupil_id]).get(pupil_id)
    written = _Written(reason.code if reason else code, minutes if code == LATE else None, reason)
    if state is None or state.facts != written.facts:
        _write(desk, (lesson_id, pupil_id), written, grant_id)
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


def _write(desk: Desk, cell: Cell, written: _Written, grant_id: int | None) -> None:
    sheet, reason = desk.keep(Sheet), written.reason
    before = sheet.of(cell)
    excuse_id = reason.excuse_id if reason else None
    after = sheet.put(cell, written.code, written.minutes, excuse_id)
    old = before.facts if before else None
    _log(desk, "put_absence", after.id, cell, old, after.facts, grant_id)


def clear_absence(desk: Desk, *, lesson_id: int, pupil_id: int, base: int) -> None:
    """Remove the pupil's state: he was present."""
    lesson = desk.attendance_lesson(lesson_id)
    desk.require_on_roster(lesson, pupil_id)
    grant_id = desk.require_open(EntryKind.ATTENDANCE, lesson)
    state = _state(desk, lesson_id, pupil_id, base)
    if state is None:
        return
    cell = (lesson_id, pupil_id)
    desk.keep(Sheet).clear(cell)
    _log(desk, "clear_absence", state.id, cell, state.facts, None, grant_id)


def take_attendance(desk: Desk, *, lesson_id: int) -> None:
    """«Отсутствующих нет», or: everybody not marked is present. Taking twice changes nothing.

    A class teacher takes lessons in which all pupils are his.
    """
    lesson = desk.attendance_lesson(lesson_id)
    _refuse_other_classes(desk, lesson)
    grant_id = desk.require_open(EntryKind.ATTENDANCE, lesson)
    _mark_taken(desk, lesson, grant_id)


def _refuse_other_classes(desk: Desk, lesson: LessonRow) -> None:
    if desk.class_pupils is not None and not there(desk, lesson) <= desk.class_pupils:
        raise Forbidden(
            N_("Pupils of other classes sit in this lesson too: its teacher takes the attendance.")
        )


def _check_code(code: str, minutes: int | None, lesson: LessonRow) -> None:
    if code not in CODES:
        raise RuleViolation("code", N_("Enter н, б, у, п or о."))
    length = int((lesson.ends_at - lesson.starts_at).total_seconds() // 60)
    if minutes is not None and not 1 <= minutes <= length:
        raise RuleViolation(
            "minutes", N_("The lesson lasts %(length)s minutes: enter 1 to that.", length=length)
        )


def _state(desk: Desk, lesson_id: int, pupil_id: int, base: int) -> State | None:
    found = desk.keep(Sheet).of((lesson_id, pupil_id))
    if (found.version if found else 0) != base:
        theirs = {
            "value": found.code if found else "",
            "account_id": found.entered_by if found else None,
            "when": found.entered_at if found else None,
        }
        raise StaleVersion(N_("Somebody else has changed this cell."), theirs=theirs)
    return found


def _refuse_released(desk: Desk, lesson: LessonRow, pupil_id: int) -> None:
    """One released «от посещения» cannot be absent."""
    if released(desk, lesson, {pupil_id}):
        raise RuleViolation(
            "code", N_("The pupil is released from attending by order: no absence is entered.")
        )


def _mark_taken(desk: Desk, row: LessonRow, grant_id: int | None) -> None:
    taken = desk.keep(Sheet).taken
    if row.taken_at is not None or row.id in taken:
        return
    facts = {"attendance_taken_at": desk.now, "attendance_taken_by": desk.staff_id}
    update_row(desk.session, Lesson, row.id, desk.head.organisation_id, **facts)
    taken.add(row.id)
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
    sheet, present = desk.keep(Sheet), there(desk, row)
    silent = [one for one in sorted(excused) if one in present and not sheet.of((row.id, one))]
    freed = released(desk, row, silent)
    for pupil_id in silent:
        if pupil_id not in freed:
            written = _Written(excused[pupil_id].code, None, excused[pupil_id])
            _write(desk, (row.id, pupil_id), written, grant_id)
            desk.touched.add((row.id, pupil_id))


def _log(
    desk: Desk,
    action: str,
    absence_id: int,
    cell: Cell,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
    grant_id: int | None,
) -> None:
    desk.log(
        Change(
            action=action,
            object_type="absence",
            object_id=absence_id,
            within_id=cell[0],
            about_id=cell[1],
            before=before,
            after=after,
            grant_id=grant_id,
        )
    )
