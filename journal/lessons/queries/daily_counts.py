"""Lessons of each day in numbers: held, filled, cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, case, func, select
from sqlalchemy.orm import Session

from journal.lessons.models import Homework, Lesson
from journal.lessons.queries.agenda import lacks
from journal.school.models import Course, StudyGroup, Subject


@dataclass(frozen=True, slots=True)
class LessonsOfDay:
    """A day: lessons that have ended, those of them that lack nothing, cancelled ones."""

    day: date
    held: int
    filled: int
    cancelled: int


def lessons_by_day(
    session: Session, *, first: date, before: date, now: datetime
) -> list[LessonsOfDay]:
    """The days of [first, before) that have lessons, in one query."""
    facts = {"first": first, "before": before, "now": now}
    return [LessonsOfDay(*row) for row in session.execute(_days_query(), facts)]


@cache
def _days_query() -> Any:
    held = (Lesson.status == "scheduled") & (Lesson.ends_at <= bindparam("now"))

    def total(condition: Any) -> Any:
        return func.sum(case((condition, 1), else_=0), type_=Integer)

    return (
        select(
            Lesson.held_on,
            total(held).label("held"),
            total(held & ~lacks()).label("filled"),
            total(Lesson.status == "cancelled").label("cancelled"),
        )
        .join(Course, Course.id == Lesson.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .outerjoin(Homework, Homework.lesson_id == Lesson.id)
        .where(Lesson.held_on >= bindparam("first"), Lesson.held_on < bindparam("before"))
        .group_by(Lesson.held_on)
    )
