"""Absences of each day in numbers."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence
from journal.attendance.service import LATE
from journal.lessons.models import Lesson


def missed_by_day(session: Session, *, first: date, before: date) -> dict[date, int]:
    """Pupil-lessons missed on each day of [first, before); lateness is presence."""
    rows = session.execute(
        select(Lesson.held_on, func.count())
        .select_from(Lesson)
        .join(Absence, Absence.lesson_id == Lesson.id)
        .where(
            Lesson.held_on >= first,
            Lesson.held_on < before,
            Lesson.status == "scheduled",
            Absence.code != LATE,
        )
        .group_by(Lesson.held_on)
    )
    return {row[0]: row[1] for row in rows}
