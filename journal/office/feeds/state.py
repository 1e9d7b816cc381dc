"""A short summary of everything a feed is made of: while it stays, the file stays."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session

from journal.grading.models import Work, WorkType
from journal.lessons.models import Homework, Lesson
from journal.lessons.queries.agenda import Days
from journal.people.calendar_addresses import FeedOwner
from journal.school.models import ClassMembership, Course, StudyGroupClass


def feed_state(session: Session, owner: FeedOwner, span: Days) -> str:
    """Sums over the lessons, homework and works of the span. One query."""
    values: dict[str, Any] = {"first": span.starts_on, "before": span.ends_before}
    if owner.pupil_id is not None:
        row = session.execute(_of_pupil(), {**values, "pupil_id": owner.pupil_id}).one()
    else:
        row = session.execute(_of_staff(), {**values, "staff_id": owner.staff_id}).one()
    return "/".join(str(value) for value in (owner.address_id, span.starts_on, *row))


def _sums() -> tuple[Any, ...]:
    return (
        func.count(Lesson.id),
        func.sum(Lesson.version),
        func.sum(Lesson.id),
        func.sum(Lesson.staff_id),
        func.sum(func.coalesce(Lesson.room_id, 0)),
        func.sum(case((Lesson.status == "cancelled", 1), else_=0)),
        func.sum(case((Lesson.mode == "distance", 1), else_=0)),
        func.max(Lesson.starts_at),
        func.count(Homework.id),
        func.max(Homework.entered_at),
        func.count(Work.id),
        func.sum(Work.version),
        func.sum(case((WorkType.assessment, WorkType.id), else_=0)),
    )


def _inside(query: Any) -> Any:
    return (
        query.outerjoin(Homework, Homework.lesson_id == Lesson.id)
        .outerjoin(Work, Work.lesson_id == Lesson.id)
        .outerjoin(WorkType, WorkType.id == Work.work_type_id)
        .where(Lesson.held_on >= bindparam("first"), Lesson.held_on < bindparam("before"))
    )


@cache
def _of_staff() -> Any:
    return _inside(
        select(*_sums()).select_from(Lesson).where(Lesson.staff_id == bindparam("staff_id"))
    )


@cache
def _of_pupil() -> Any:
    """Of every group of his classes: more than his own, never less."""
    return _inside(
        select(*_sums())
        .select_from(ClassMembership)
        .join(StudyGroupClass, StudyGroupClass.class_group_id == ClassMembership.class_group_id)
        .join(Course, Course.study_group_id == StudyGroupClass.study_group_id)
        .join(Lesson, Lesson.course_id == Course.id)
        .where(ClassMembership.pupil_id == bindparam("pupil_id"))
    )
