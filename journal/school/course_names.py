"""Courses by name with their teachers of a day: for lists that name many of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from journal.people.models import Person, StaffMember
from journal.people.rules import short_name
from journal.school.models import (
    ClassMembership,
    Course,
    CourseTeacher,
    StudyGroup,
    StudyGroupClass,
    Subject,
)
from journal.school.titles import course_title


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCourse:
    """A course and who teaches it on the day (empty: nobody)."""

    course_id: int
    subject_id: int
    subject: str
    subject_short: str
    scale: str
    classes: str
    group_name: str
    grade: int
    teachers: tuple[str, ...]

    @property
    def title(self) -> str:
        """«5Б, математика»."""
        return course_title(self.classes, self.subject, self.group_name)


def named_courses(
    session: Session, course_ids: Collection[int], *, day: date
) -> dict[int, NamedCourse]:
    """Those courses by id, in order of grade, classes, subject, subgroup. One query."""
    rows = session.execute(_query(), {"course_ids": list(course_ids), "day": day}).all()
    teachers: dict[int, list[str]] = {}
    for row in rows:
        names = teachers.setdefault(row.course_id, [])
        if row.surname is not None:
            names.append(short_name(row.surname, row.given_name, row.patronymic))
    facts = {row.course_id: row._mapping for row in rows}
    return {
        course_id: NamedCourse(
            **{column.key: found[column.key] for column in _COURSE},
            teachers=tuple(teachers[course_id]),
        )
        for course_id, found in facts.items()
    }


_COURSE = (
    Course.id.label("course_id"),
    Course.subject_id,
    Subject.name.label("subject"),
    Subject.short_name.label("subject_short"),
    Subject.scale,
    StudyGroup.classes_key.label("classes"),
    StudyGroup.name.label("group_name"),
    StudyGroup.grade,
)


@cache
def _query() -> Any:
    day: Any = bindparam("day", type_=Date)
    teaches = and_(
        CourseTeacher.course_id == Course.id,
        CourseTeacher.starts_on <= day,
        or_(CourseTeacher.ends_before.is_(None), CourseTeacher.ends_before > day),
    )
    return (
        select(*_COURSE, Person.surname, Person.given_name, Person.patronymic)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .outerjoin(CourseTeacher, teaches)
        .outerjoin(StaffMember, StaffMember.id == CourseTeacher.staff_id)
        .outerjoin(Person, Person.id == StaffMember.person_id)
        .where(Course.id.in_(bindparam("course_ids", expanding=True)))
        .order_by(
            *(StudyGroup.grade, StudyGroup.classes_key, Subject.sort_key, StudyGroup.name),
            Person.sort_key,
        )
    )


def courses_of_pupils(
    session: Session, pupil_ids: Collection[int], *, subject_id: int, academic_year_id: int
) -> list[int]:
    """The courses of a subject in whose classes these pupils were at some time in the year."""
    in_class = ClassMembership.class_group_id == StudyGroupClass.class_group_id
    rows = session.scalars(
        select(Course.id)
        .distinct()
        .join(StudyGroupClass, StudyGroupClass.study_group_id == Course.study_group_id)
        .join(ClassMembership, in_class)
        .where(
            Course.subject_id == subject_id,
            Course.academic_year_id == academic_year_id,
            ClassMembership.pupil_id.in_(list(pupil_ids)),
        )
    )
    return list(rows)
