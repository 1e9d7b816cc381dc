"""Classes by name: those of a group, of the year, of a teacher."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from journal.school.models import (
    AcademicYear,
    ClassGroup,
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
    teaches = exists().where(
        StudyGroupClass.class_group_id == ClassGroup.id,
        Course.study_group_id == StudyGroupClass.study_group_id,
        CourseTeacher.course_id == Course.id,
        CourseTeacher.staff_id == staff_id,
    )
    query = _classes(day).where(or_(ClassGroup.class_teacher_id == staff_id, teaches))
    return [ReadableClass(*row) for row in session.execute(query)]
