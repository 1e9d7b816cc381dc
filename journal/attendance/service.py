"""Commands of attendance: absences, lateness, «Отсутствующих нет»."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import or_, select

from journal.attendance.models import Absence, Exemption
from journal.core.audit import Change
from journal.core.errors import NotFound, RuleViolation, StaleVersion
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
    """Write the pupil's state in the lesson; a first entry takes the attendance of the lesson."""
    lesson = desk.own_lesson(lesson_id)
    desk.require_on_roster(lesson, pupil_id)
    _check_code(code, minutes, lesson)
    grant_id = desk.require_open(EntryKind.ATTENDANCE, lesson)
    _refuse_released(desk, lesson, pupil_id)
    absence = _absence(desk, lesson_id, pupil_id, base)
    before = _facts(absence)
    after = {"code": code, "minutes": minutes if code == LATE else None}
    if before != after:
        absence = absence or _new_absence(desk, lesson_id, pupil_id)
        absence.code = code
        absence.minutes = minutes if code == LATE else None
        absence.excuse_id = None
        absence.version += 1
        absence.entered_by = desk.actor.account_id
        absence.entered_at = desk.now
        desk.session.flush()
        _log(desk, "put_absence", absence.id, lesson_id, pupil_id, before, after, grant_id)
    _mark_taken(desk, lesson, grant_id)


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
    lesson = desk.own_lesson(lesson_id)
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
    """«Отсутствующих нет», or: everybody not marked is present. Taking twice changes nothing."""
    lesson = desk.own_lesson(lesson_id)
    grant_id = desk.require_open(EntryKind.ATTENDANCE, lesson)
    _mark_taken(desk, lesson, grant_id)


def _check_code(code: str, minutes: int | None, lesson: LessonRow) -> None:
    if code not in CODES:
        raise RuleViolation("code", N_("Enter н, б, у, п or о."))
    length = int((lesson.ends_at - lesson.starts_at).total_seconds() // 60)
    if minutes is not None and not 1 <= minutes <= length:
        raise RuleViolation(
            "minutes", N_("The lesson lasts %(length)s minutes: enter 1 to that.", length=length)
        )


def _absence(desk: Desk, lesson_id: int, pupil_id: int, base: int) -> Absence | None:
    found = desk.session.scalar(
        select(Absence)
        .where(Absence.lesson_id == lesson_id, Absence.pupil_id == pupil_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if (found.version if found else 0) != base:
        theirs = {
            "value": found.code if found else "",
            "account_id": found.entered_by if found else None,
            "when": found.entered_at if found else None,
        }
        raise StaleVersion(N_("Somebody else has changed this cell."), theirs=theirs)
    return found


def _refuse_released(desk: Desk, lesson: LessonRow, pupil_id: int) -> None:
    """One released «от посещения» cannot be absent; individual tuition is what he is taught in."""
    released = desk.session.scalar(
        select(Exemption.id).where(
            Exemption.pupil_id == pupil_id,
            Exemption.kind == "attending",
            or_(Exemption.subject_id.is_(None), Exemption.subject_id == desk.head.subject_id),
            Exemption.starts_on <= lesson.held_on,
            or_(Exemption.ends_before.is_(None), Exemption.ends_before > lesson.held_on),
        )
    )
    if released is None:
        return
    everybody = {
        entry.pupil_id
        for entry in rosters(desk.session, [desk.head.group_id])
        if entry.span.covers(lesson.held_on)
    }
    if everybody != {pupil_id}:
        raise RuleViolation(
            "code", N_("The pupil is released from attending by order: no absence is entered.")
        )


def _mark_taken(desk: Desk, row: LessonRow, grant_id: int | None) -> None:
    lesson = desk.session.get(Lesson, row.id)
    if lesson is None:
        raise NotFound()
    if lesson.attendance_taken_at is not None:
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
