"""Who and what is free at a place of the week."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from journal.people.directory import NAME_COLUMNS
from journal.people.models import Person, StaffMember
from journal.people.rules import short_name
from journal.school.directory import RoomRow, room_rows
from journal.school.models import Course, CourseTeacher
from journal.timetable.plan import PlanSlot, VersionHead, plan_slots


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePage:
    """Free teachers (id, name) and rooms at a weekday and number, and what is on then."""

    head: VersionHead
    weekday: int
    number: int
    teachers: tuple[tuple[int, str], ...]
    rooms: tuple[RoomRow, ...]
    lessons: tuple[PlanSlot, ...]


def free_page(session: Session, head: VersionHead, *, weekday: int, number: int) -> FreePage:
    """By lesson number; lessons of odd and even weeks both count as taken. Five queries."""
    on = [
        one
        for one in plan_slots(session, head.id)
        if (one.weekday, one.number) == (weekday, number)
    ]
    busy, taken = {one.staff_id for one in on}, {one.room_id for one in on}
    return FreePage(
        head=head,
        weekday=weekday,
        number=number,
        teachers=tuple(one for one in _teachers(session, head) if one[0] not in busy),
        rooms=tuple(one for one in room_rows(session) if one.id not in taken),
        lessons=tuple(on),
    )


def _teachers(session: Session, head: VersionHead) -> list[tuple[int, str]]:
    """Whoever teaches a course in the days of the version, in the order of names."""
    taught = (
        select(CourseTeacher.staff_id)
        .join(Course, Course.id == CourseTeacher.course_id)
        .where(
            Course.academic_year_id == head.academic_year_id,
            CourseTeacher.starts_on < head.ends_before,
            or_(CourseTeacher.ends_before.is_(None), CourseTeacher.ends_before > head.starts_on),
        )
    )
    rows = session.execute(
        select(StaffMember.id, *NAME_COLUMNS)
        .join(Person, Person.id == StaffMember.person_id)
        .where(StaffMember.id.in_(taught))
        .order_by(Person.sort_key, StaffMember.id)
    )
    return [(row.id, short_name(row.surname, row.given_name, row.patronymic)) for row in rows]
