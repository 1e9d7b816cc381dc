"""Reads of what a request to unlock is checked by: whose lessons, and which can be named."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from journal.lessons.models import Lesson
from journal.lessons.rules.unlocks import NamedLesson
from journal.school.models import CourseTeacher


def holds_lessons(
    session: Session, *, course_id: int, staff_id: int, starts_on: date, ends_before: date
) -> bool:
    """Whether he teaches the course, or replaced its teacher, on any day of the span."""
    teaches = select(CourseTeacher.id).where(
        CourseTeacher.course_id == course_id,
        CourseTeacher.staff_id == staff_id,
        CourseTeacher.starts_on < ends_before,
        or_(CourseTeacher.ends_before.is_(None), CourseTeacher.ends_before > starts_on),
    )
    holds = select(Lesson.id).where(
        Lesson.course_id == course_id,
        Lesson.staff_id == staff_id,
        Lesson.held_on >= starts_on,
        Lesson.held_on < ends_before,
    )
    found = session.scalar(select(case((or_(teaches.exists(), holds.exists()), 1), else_=0)))
    return found == 1


class AskedLesson(NamedTuple):
    """A lesson of the course that a request may name."""

    id: int
    held_on: date
    number: int
    staff_id: int
    cancelled: bool
    topic: str

    @property
    def named(self) -> NamedLesson:
        """As the request keeps it."""
        return NamedLesson(self.id, self.held_on, self.number)


def lessons_to_name(
    session: Session, *, course_id: int, lesson_ids: Collection[int]
) -> list[AskedLesson]:
    """Those of the lessons that belong to the course, in order of time."""
    rows = session.execute(
        select(
            Lesson.id,
            Lesson.held_on,
            Lesson.lesson_number,
            Lesson.staff_id,
            Lesson.status == "cancelled",
            func.coalesce(Lesson.topic, ""),
        )
        .where(Lesson.course_id == course_id, Lesson.id.in_(list(lesson_ids)))
        .order_by(Lesson.held_on, Lesson.lesson_number)
    )
    return [AskedLesson(*row) for row in rows]
