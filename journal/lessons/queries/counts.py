"""Lessons in numbers, for the administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select

from journal.lessons.models import Lesson, LessonPlan, Unlock


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonCounts:
    """Lessons of one year, how many of them have ended, plans; requests that wait for an answer."""

    lessons: int
    ended: int
    plans: int
    pending_unlocks: int


def lesson_counts(
    *,
    academic_year_id: int,
    starts_on: date,
    ends_before: date,
    now: datetime,
) -> dict[str, Select[int]]:
    """The counts of `LessonCounts`, to be asked together with others."""
    number = func.count()
    lessons = (
        select(number)
        .select_from(Lesson)
        .where(Lesson.held_on >= starts_on, Lesson.held_on < ends_before)
    )
    return {
        "lessons": lessons,
        "ended": lessons.where(Lesson.status == "scheduled", Lesson.ends_at <= now),
        "plans": select(number)
        .select_from(LessonPlan)
        .where(LessonPlan.academic_year_id == academic_year_id),
        "pending_unlocks": select(number).select_from(Unlock).where(Unlock.status == "pending"),
    }
