"""Counts of lessons per day, and per teacher and day: what was held, what was filled in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, not_, or_, select
from sqlalchemy.orm import Session

from journal.core.db import UtcDateTime
from journal.lessons.models import Homework, Lesson
from journal.lessons.queries.agenda import Days, lacks, within
from journal.lessons.rules.filling import FIRST_GRADE_WITH_HOMEWORK, NOT_MARKED
from journal.people.models import Person, StaffMember
from journal.people.rules import short_name
from journal.school.models import Course, StudyGroup, Subject


@dataclass(frozen=True, slots=True)
class DayCounts:
    """Lessons of a day: `held` have ended and were not cancelled; of them `on_time` were filled
    inside the windows and `not_taken` have no attendance."""

    day: date
    held: int
    cancelled: int
    on_time: int
    not_taken: int


@dataclass(frozen=True, slots=True)
class FillDeadlines:
    """The first refused instants of one day's lessons."""

    attendance: datetime
    homework: datetime


def day_counts(
    session: Session, *, span: Days, now: datetime, deadlines: Mapping[date, FillDeadlines]
) -> list[DayCounts]:
    """One row a day with lessons, in order. `deadlines` names every day of the span."""
    if not deadlines:
        return []
    counted = (func.count(one) for one in _counted(now, deadlines))
    rows = session.execute(
        select(Lesson.held_on, *counted)
        .join(Course, Course.id == Lesson.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .outerjoin(Homework, Homework.lesson_id == Lesson.id)
        .where(within(span))
        .group_by(Lesson.held_on)
        .order_by(Lesson.held_on)
    )
    return [DayCounts(*tuple(row)) for row in rows]


@dataclass(frozen=True, slots=True)
class StaffDay:
    """A teacher's lessons of a day: `held` have ended and were not cancelled; of them `on_time`
    were filled inside the windows, `filled` lack nothing by now."""

    staff_id: int
    teacher: str
    day: date
    held: int
    on_time: int
    filled: int


def staff_days(
    session: Session, *, span: Days, now: datetime, deadlines: Mapping[date, FillDeadlines]
) -> list[StaffDay]:
    """One row for a teacher and day with lessons held, by name. `deadlines` as `day_counts`."""
    if not deadlines:
        return []
    name = (Person.surname, Person.given_name, Person.patronymic)
    held = _held(now)
    counted = (
        func.count(case((held, Lesson.id))),
        func.count(case((and_(held, _on_time(deadlines)), Lesson.id))),
        func.count(case((and_(held, not_(lacks())), Lesson.id))),
    )
    rows = session.execute(
        select(Lesson.staff_id, *name, Lesson.held_on, *counted)
        .join(Course, Course.id == Lesson.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(StaffMember, StaffMember.id == Lesson.staff_id)
        .join(Person, Person.id == StaffMember.person_id)
        .outerjoin(Homework, Homework.lesson_id == Lesson.id)
        .where(within(span), held)
        .group_by(Lesson.staff_id, *name, Person.sort_key, Lesson.held_on)
        .order_by(Person.sort_key, Lesson.staff_id, Lesson.held_on)
    )
    return [StaffDay(row[0], short_name(*row[1:4]), *row[4:]) for row in rows]


def _counted(now: datetime, deadlines: Mapping[date, FillDeadlines]) -> tuple[Any, ...]:
    """Not null for a lesson that is held, cancelled, filled on time, without attendance."""
    held = _held(now)
    return (
        case((held, Lesson.id)),
        case((Lesson.status == "cancelled", Lesson.id)),
        case((and_(held, _on_time(deadlines)), Lesson.id)),
        case((and_(held, Lesson.attendance_taken_at.is_(None)), Lesson.id)),
    )


def _held(now: datetime) -> ColumnElement[bool]:
    return and_(Lesson.ends_at <= now, Lesson.status != "cancelled")


def _on_time(deadlines: Mapping[date, FillDeadlines]) -> ColumnElement[bool]:
    """Topics carry no instant of their own: one that is there counts as in time."""
    attendance = {day: one.attendance for day, one in deadlines.items()}
    homework = {day: one.homework for day, one in deadlines.items()}
    return and_(
        Lesson.attendance_taken_at < _by_day(attendance),
        func.coalesce(Lesson.topic, "") != "",
        or_(
            StudyGroup.grade < FIRST_GRADE_WITH_HOMEWORK,
            Subject.scale == NOT_MARKED,
            Homework.entered_at < _by_day(homework),
        ),
    )


def _by_day(instants: Mapping[date, datetime]) -> Any:
    return case(
        *((Lesson.held_on == day, literal(at, UtcDateTime())) for day, at in instants.items())
    )
