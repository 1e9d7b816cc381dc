"""The weekly lessons of a draft: placed, moved, changed, removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.school.models import Course, CourseTeacher, Room, StudyGroup
from journal.timetable.models import Timetable, TimetableSlot
from journal.timetable.service.planner import Planner, timetable_change

WEEK_KINDS = ("every", "odd", "even")
WEEKDAYS, NUMBERS = range(1, 7), range(15)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotPlace:
    """Where a weekly lesson stands."""

    weekday: int
    number: int


def place_course(planner: Planner, *, timetable_id: int, course_id: int, place: SlotPlace) -> int:
    """Put an hour of a course into the week; its teacher and its usual room. Returns the slot."""
    draft = planner.draft(timetable_id)
    _check_place(place)
    _require_course(planner, draft, course_id)
    slot = TimetableSlot(
        organisation_id=draft.organisation_id,
        timetable_id=draft.id,
        course_id=course_id,
        staff_id=_teacher(planner, draft, course_id),
        weekday=place.weekday,
        lesson_number=place.number,
        week_kind="every",
        room_id=_usual_room(planner, draft, course_id),
    )
    planner.session.add(slot)
    _touch(planner, draft)
    planner.log(timetable_change("place_slot", draft.id, after=_facts(slot)))
    return slot.id


def move_slot(planner: Planner, *, slot_id: int, place: SlotPlace) -> None:
    """Take a lesson to another place of the week."""
    draft, slot = _slot(planner, slot_id)
    _check_place(place)
    before = _facts(slot)
    slot.weekday, slot.lesson_number = place.weekday, place.number
    _touch(planner, draft)
    planner.log(timetable_change("move_slot", draft.id, before=before, after=_facts(slot)))


def change_slot(
    planner: Planner, *, slot_id: int, week_kind: str, staff_id: int, room_id: int | None
) -> None:
    """Other weeks, another teacher of the course, another room."""
    draft, slot = _slot(planner, slot_id)
    if week_kind not in WEEK_KINDS:
        raise RuleViolation("week_kind", N_("Choose a value from the list."))
    teaches = select(CourseTeacher.id).where(
        CourseTeacher.course_id == slot.course_id, CourseTeacher.staff_id == staff_id
    )
    if planner.session.scalar(teaches.limit(1)) is None:
        raise RuleViolation("staff", N_("Choose a teacher of this course."))
    if room_id is not None and planner.session.get(Room, room_id) is None:
        raise NotFound()
    before = _facts(slot)
    slot.week_kind, slot.staff_id, slot.room_id = week_kind, staff_id, room_id
    _touch(planner, draft)
    planner.log(timetable_change("change_slot", draft.id, before=before, after=_facts(slot)))


def remove_slot(planner: Planner, *, slot_id: int) -> None:
    """Take a lesson out of the week."""
    draft, slot = _slot(planner, slot_id)
    before = _facts(slot)
    planner.session.delete(slot)
    _touch(planner, draft)
    planner.log(timetable_change("remove_slot", draft.id, before=before))


def _slot(planner: Planner, slot_id: int) -> tuple[Timetable, TimetableSlot]:
    slot = planner.session.get(TimetableSlot, slot_id)
    if slot is None:
        raise NotFound()
    draft = planner.draft(slot.timetable_id)
    _require_course(planner, draft, slot.course_id)
    return draft, slot


def _require_course(planner: Planner, draft: Timetable, course_id: int) -> None:
    row = planner.session.execute(
        select(Course.academic_year_id, StudyGroup.classes_key)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .where(Course.id == course_id)
    ).one_or_none()
    if row is None or row.academic_year_id != draft.academic_year_id:
        raise NotFound()
    planner.require(draft.academic_year_id, row.classes_key.split(","))


def _check_place(place: SlotPlace) -> None:
    if place.weekday not in WEEKDAYS or place.number not in NUMBERS:
        raise RuleViolation("place", N_("Choose a weekday and a lesson number of the table."))


def _teacher(planner: Planner, draft: Timetable, course_id: int) -> int:
    """Whoever teaches the course when the version begins, else first after that."""
    found = planner.session.scalars(
        select(CourseTeacher.staff_id)
        .where(
            CourseTeacher.course_id == course_id,
            CourseTeacher.starts_on < draft.ends_before,
            (CourseTeacher.ends_before.is_(None)) | (CourseTeacher.ends_before > draft.starts_on),
        )
        .order_by(CourseTeacher.starts_on, CourseTeacher.id)
    ).first()
    if found is None:
        raise RuleViolation(
            "course", N_("Nobody teaches this course in these days. Set its teacher first.")
        )
    return found


def _usual_room(planner: Planner, draft: Timetable, course_id: int) -> int | None:
    """Where the course already has a lesson in this version."""
    return planner.session.scalars(
        select(TimetableSlot.room_id)
        .where(
            TimetableSlot.timetable_id == draft.id,
            TimetableSlot.course_id == course_id,
            TimetableSlot.room_id.is_not(None),
        )
        .order_by(TimetableSlot.id)
    ).first()


def _touch(planner: Planner, draft: Timetable) -> None:
    planner.session.flush()
    planner.session.execute(
        update(Timetable)
        .where(Timetable.id == draft.id)
        .values(version=Timetable.version + 1)
        .execution_options(synchronize_session=False)
    )
    planner.session.flush()


def _facts(slot: TimetableSlot) -> dict[str, Any]:
    return {
        "course": slot.course_id,
        "weekday": slot.weekday,
        "lesson_number": slot.lesson_number,
        "week_kind": slot.week_kind,
        "staff": slot.staff_id,
        "room": slot.room_id,
    }
