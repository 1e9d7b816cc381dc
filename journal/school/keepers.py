"""Who teaches each course on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from journal.people.models import Person, StaffMember
from journal.people.rules import short_name
from journal.school.models import Course, CourseTeacher


@dataclass(frozen=True, slots=True)
class Keeper:
    """A teacher: the row of the staff, the person letters go to, Фамилия И. О."""

    staff_id: int
    person_id: int
    name: str


def course_keepers(session: Session, academic_year_id: int, *, day: date) -> dict[int, Keeper]:
    """By course; of several teachers the one who began first. One query."""
    rows = session.execute(
        select(
            *(CourseTeacher.course_id, CourseTeacher.staff_id, StaffMember.person_id),
            *(Person.surname, Person.given_name, Person.patronymic),
        )
        .join(Course, Course.id == CourseTeacher.course_id)
        .join(StaffMember, StaffMember.id == CourseTeacher.staff_id)
        .join(Person, Person.id == StaffMember.person_id)
        .where(
            Course.academic_year_id == academic_year_id,
            CourseTeacher.starts_on <= day,
            or_(CourseTeacher.ends_before.is_(None), CourseTeacher.ends_before > day),
        )
        .order_by(CourseTeacher.starts_on, CourseTeacher.id)
    )
    found: dict[int, Keeper] = {}
    for row in rows:
        found.setdefault(row[0], Keeper(row[1], row[2], short_name(row[3], row[4], row[5])))
    return found


def keeper_by_id(session: Session, staff_id: int) -> Keeper | None:
    """A teacher of the bound school, whoever he teaches."""
    name = (Person.surname, Person.given_name, Person.patronymic)
    row = session.execute(
        select(StaffMember.person_id, *name)
        .join(Person, Person.id == StaffMember.person_id)
        .where(StaffMember.id == staff_id)
    ).one_or_none()
    return row and Keeper(staff_id, row[0], short_name(row[1], row[2], row[3]))
