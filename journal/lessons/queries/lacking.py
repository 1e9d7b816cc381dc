"""Lessons that lack something, for control: as a list and as counts per teacher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from journal.lessons.models import Homework, Lesson
from journal.lessons.queries.agenda import (
    TEACHER,
    AgendaRow,
    Days,
    lacks,
    lesson_query,
    lesson_rows,
    within,
)
from journal.people.models import Person, StaffMember
from journal.people.rules import short_name
from journal.school.models import Course, StudyGroup, StudyGroupClass, Subject


def lacking_lessons(
    session: Session,
    *,
    span: Days,
    now: datetime,
    class_group_id: int | None = None,
    staff_id: int | None = None,
    limit: int | None = None,
) -> list[AgendaRow]:
    """Ended lessons of `span` that lack something, by teacher, then by time."""
    query = lesson_query().where(*_lacking(span, now))
    if class_group_id is not None:
        groups = select(StudyGroupClass.study_group_id).where(
            StudyGroupClass.class_group_id == class_group_id
        )
        query = query.where(Course.study_group_id.in_(groups))
    if staff_id is not None:
        query = query.where(Lesson.staff_id == staff_id)
    query = query.order_by(None).order_by(TEACHER.sort_key, Lesson.staff_id, Lesson.starts_at)
    return lesson_rows(session.execute(query.limit(limit)))


@dataclass(frozen=True, slots=True)
class LackingCount:
    """How many ended lessons of a teacher lack something, and since when."""

    staff_id: int
    teacher: str
    lessons: int
    oldest: date


def lacking_by_teacher(session: Session, *, span: Days, now: datetime) -> list[LackingCount]:
    """Counts per teacher, most first."""
    name = (Person.surname, Person.given_name, Person.patronymic)
    lessons = func.count(Lesson.id)
    rows = session.execute(
        select(Lesson.staff_id, *name, lessons, func.min(Lesson.held_on))
        .join(Course, Course.id == Lesson.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(StaffMember, StaffMember.id == Lesson.staff_id)
        .join(Person, Person.id == StaffMember.person_id)
        .outerjoin(Homework, Homework.lesson_id == Lesson.id)
        .where(*_lacking(span, now))
        .group_by(Lesson.staff_id, *name, Person.sort_key)
        .order_by(lessons.desc(), Person.sort_key)
    )
    return [
        LackingCount(row[0], short_name(row[1], row[2], row[3]), row[4], row[5]) for row in rows
    ]


def _lacking(span: Days, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (within(span), Lesson.ends_at <= now, lacks())
