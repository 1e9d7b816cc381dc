"""Classes by name: those of a group, of the year, of a teacher."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session

from journal.school.models import (
    AcademicYear,
    ClassGroup,
    ClassMembership,
    Course,
    CourseTeacher,
    StudyGroupClass,
)


def class_names(session: Session, class_ids: Collection[int]) -> list[str]:
    """In the order of the classes."""
    return list(
        session.scalars(
            select(ClassGroup.name)
            .where(ClassGroup.id.in_(list(class_ids)))
            .order_by(ClassGroup.grade, ClassGroup.name)
        )
    )


@dataclass(frozen=True, slots=True)
class ReadableClass:
    """A class to choose from."""

    id: int
    name: str
    grade: int
    academic_year_id: int


def _classes(day: date) -> Select[*tuple[Any, ...]]:
    return (
        select(ClassGroup.id, ClassGroup.name, ClassGroup.grade, ClassGroup.academic_year_id)
        .join(AcademicYear, AcademicYear.id == ClassGroup.academic_year_id)
        .where(AcademicYear.starts_on <= day, AcademicYear.ends_before > day)
        .order_by(ClassGroup.grade, ClassGroup.name)
    )


def classes_of_year(session: Session, *, day: date) -> list[ReadableClass]:
    """All classes of the year that holds the day."""
    return [ReadableClass(*row) for row in session.execute(_classes(day))]


def classes_taught(session: Session, *, staff_id: int, day: date) -> list[ReadableClass]:
    """The classes a member of staff keeps or teaches anything in."""
    query = _classes(day).where(or_(ClassGroup.class_teacher_id == staff_id, _taught_by(staff_id)))
    return [ReadableClass(*row) for row in session.execute(query)]


def _taught_by(staff_id: int) -> ColumnElement[bool]:
    return exists().where(
        StudyGroupClass.class_group_id == ClassGroup.id,
        Course.study_group_id == StudyGroupClass.study_group_id,
        CourseTeacher.course_id == Course.id,
        CourseTeacher.staff_id == staff_id,
    )


@dataclass(frozen=True, slots=True)
class StaffedClass:
    """A class, and whether a member of staff keeps it or teaches anything in it."""

    id: int
    name: str
    grade: int
    kept: bool
    taught: bool


def classes_of_staff(
    session: Session, academic_year_id: int, *, staff_id: int
) -> list[StaffedClass]:
    """All classes of a year in their order, his own marked."""
    taught = _taught_by(staff_id)
    columns = (ClassGroup.id, ClassGroup.name, ClassGroup.grade, ClassGroup.class_teacher_id)
    rows = session.execute(
        select(*columns, taught)
        .where(ClassGroup.academic_year_id == academic_year_id)
        .order_by(ClassGroup.grade, ClassGroup.name)
    )
    return [StaffedClass(*row[:3], row[3] == staff_id, bool(row[4])) for row in rows]


def classes_readable(
    session: Session, academic_year_id: int, *, keeper_id: int | None
) -> list[tuple[int, str]]:
    """(id, name) of the classes of a year, of all (None) or those kept by a class teacher."""
    query = select(ClassGroup.id, ClassGroup.name).where(
        ClassGroup.academic_year_id == academic_year_id
    )
    if keeper_id is not None:
        query = query.where(ClassGroup.class_teacher_id == keeper_id)
    rows = session.execute(query.order_by(ClassGroup.grade, ClassGroup.name))
    return [(class_id, name) for class_id, name in rows]


def class_of_pupil(session: Session, pupil_id: int, day: date) -> int | None:
    """The class he is in on the day; else the one he was in last; None before the first."""
    return session.scalar(
        select(ClassMembership.class_group_id)
        .where(ClassMembership.pupil_id == pupil_id, ClassMembership.starts_on <= day)
        .order_by(ClassMembership.starts_on.desc())
        .limit(1)
    )
