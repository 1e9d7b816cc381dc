"""Marks of some pupils in a week: of its lessons, and entered in it for earlier ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from journal.grading.models import Mark, Work, WorkType
from journal.lessons.models import Lesson
from journal.lessons.queries.agenda import Days
from journal.school.models import Course, Subject


@dataclass(frozen=True, slots=True)
class WeekMark:
    """A mark with what it was given for; `retake_of` is the value it retakes, if that is
    among the marks read."""

    pupil_id: int
    lesson_id: int
    held_on: date
    subject: str
    value: str
    work: str
    comment: str | None
    retake_of: str | None


def week_marks(
    session: Session,
    pupil_ids: Collection[int],
    *,
    days: Days,
    entered: tuple[datetime, datetime],
) -> list[WeekMark]:
    """Of lessons held on the days, and those entered between the two instants for earlier lessons,
    in the order of lessons. One query."""
    rows = session.execute(
        select(*_COLUMNS)
        .join(Work, Work.id == Mark.work_id)
        .join(WorkType, WorkType.id == Work.work_type_id)
        .join(Lesson, Lesson.id == Work.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .join(Subject, Subject.id == Course.subject_id)
        .where(Mark.pupil_id.in_(list(pupil_ids)), _wanted(days, entered))
        .order_by(Lesson.held_on, Lesson.lesson_number, Mark.number, Mark.id)
    ).all()
    values = {row[0]: row[5] for row in rows}
    return [_mark(row, values) for row in rows]


def _mark(row: Any, values: Mapping[int, str]) -> WeekMark:
    return WeekMark(
        pupil_id=row[1],
        lesson_id=row[2],
        held_on=row[3],
        subject=row[4],
        value=row[5],
        work=row[6] or row[7],
        comment=row[8],
        retake_of=values.get(row[9]),
    )


_COLUMNS: tuple[Any, ...] = (
    Mark.id,
    Mark.pupil_id,
    Work.lesson_id,
    Lesson.held_on,
    Subject.name,
    Mark.value,
    Work.caption,
    WorkType.name,
    Mark.comment,
    Mark.retake_of_id,
)


def _wanted(days: Days, entered: tuple[datetime, datetime]) -> ColumnElement[bool]:
    held = and_(Lesson.held_on >= days.starts_on, Lesson.held_on < days.ends_before)
    late = and_(
        Lesson.held_on < days.starts_on,
        Mark.entered_at >= entered[0],
        Mark.entered_at < entered[1],
    )
    return or_(held, late)
