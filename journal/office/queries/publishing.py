"""Reads of publishing: slots with their bells, breaks, the lessons that are there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from journal.core.db import Base
from journal.lessons.models import Lesson
from journal.office.models import Substitution
from journal.office.rules import Break, ExistingLesson, Moved, Slot
from journal.school.models import Course, Holiday, MovedDay, StudyGroup, Subject
from journal.school.rules import Span
from journal.school.titles import course_title
from journal.timetable.bells import group_bells
from journal.timetable.models import Timetable, TimetableSlot

_SLOT = (
    Timetable.starts_on,
    Timetable.ends_before,
    TimetableSlot.course_id,
    StudyGroup.grade,
    TimetableSlot.staff_id,
    TimetableSlot.room_id,
    TimetableSlot.weekday,
    TimetableSlot.week_kind,
    TimetableSlot.lesson_number,
    StudyGroup.id.label("group_id"),
)


def slots_of_year(session: Session, academic_year_id: int) -> list[Slot]:
    """Every slot of the year's published timetables."""
    of_year = (Timetable.academic_year_id == academic_year_id, Timetable.status == "published")
    return _slots(session, *of_year)


def slots_of_version(session: Session, timetable_id: int) -> list[Slot]:
    """Every slot of one version, draft or not."""
    return _slots(session, Timetable.id == timetable_id)


def _slots(session: Session, *criteria: ColumnElement[bool]) -> list[Slot]:
    rows = session.execute(
        select(*_SLOT)
        .join(Timetable, Timetable.id == TimetableSlot.timetable_id)
        .join(Course, Course.id == TimetableSlot.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .where(*criteria)
    ).all()
    bells = group_bells(session)
    return [Slot(Span(row[0], row[1]), *row[2:9], bells.get(row.group_id)) for row in rows]


def breaks_of_year(session: Session, academic_year_id: int) -> list[Break]:
    """Holidays of the year."""
    rows = session.execute(
        select(Holiday.starts_on, Holiday.ends_before, Holiday.grades).where(
            Holiday.academic_year_id == academic_year_id
        )
    )
    return [Break(Span(row[0], row[1]), row[2]) for row in rows]


def moved_days(session: Session, academic_year_id: int) -> list[Moved]:
    """Days of the year that follow another weekday."""
    rows = session.execute(
        select(MovedDay.day, MovedDay.follows_weekday, MovedDay.grades).where(
            MovedDay.academic_year_id == academic_year_id
        )
    )
    return [Moved(*row) for row in rows]


def existing_lessons(
    session: Session, academic_year_id: int, span: Span | None = None
) -> list[ExistingLesson]:
    """The year's lessons, or those of a span of it; one has entries when anything at all was
    written in or of it."""
    query = (
        select(*_EXISTING, _entered().label("entered"))
        .join(Course, Course.id == Lesson.course_id)
        .where(Course.academic_year_id == academic_year_id)
    )
    if span is not None:
        query = query.where(Lesson.held_on >= span.starts_on, Lesson.held_on < span.ends_before)
    return [
        ExistingLesson(row.id, (row[1], row[2], row[3]), *row[4:8], bool(row.entered))
        for row in session.execute(query)
    ]


_EXISTING = (
    Lesson.id,
    Lesson.course_id,
    Lesson.held_on,
    Lesson.lesson_number,
    Lesson.staff_id,
    Lesson.room_id,
    Lesson.starts_at,
    Lesson.ends_at,
)


def stands_for_another() -> ColumnElement[bool]:
    """Of a statement about lessons: it was put there in place of a lesson that was moved."""
    return exists().where(Substitution.made_lesson_id == Lesson.id)


def entered_since(session: Session, lesson_ids: Sequence[int]) -> set[int]:
    """Of these lessons, those in which something is entered by now."""
    query = select(Lesson.id).where(Lesson.id.in_(list(lesson_ids)), _entered())
    return set(session.scalars(query))


def lesson_keys(session: Session, academic_year_id: int, span: Span) -> set[tuple[int, date, int]]:
    """The natural keys of the lessons of a span."""
    rows = session.execute(
        select(Lesson.course_id, Lesson.held_on, Lesson.lesson_number)
        .join(Course, Course.id == Lesson.course_id)
        .where(
            Course.academic_year_id == academic_year_id,
            Lesson.held_on >= span.starts_on,
            Lesson.held_on < span.ends_before,
        )
    )
    return {(row[0], row[1], row[2]) for row in rows}


def course_titles(session: Session, academic_year_id: int) -> dict[int, tuple[str, str]]:
    """(classes key, title) of every course of a year."""
    rows = session.execute(
        select(Course.id, StudyGroup.classes_key, Subject.name, StudyGroup.name)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .where(Course.academic_year_id == academic_year_id)
    )
    return {row[0]: (row[1], course_title(row[1], row[2], row[3])) for row in rows}


def _entered() -> ColumnElement[bool]:
    """Anything written in it, arranged for it, or pointing at it from whatever table there is."""
    return or_(
        Lesson.topic.is_not(None),
        Lesson.attendance_taken_at.is_not(None),
        Lesson.external_key.is_not(None),
        Lesson.replaced_staff_id.is_not(None),
        Lesson.status == "cancelled",
        *(exists().where(column == Lesson.id) for column in _pointers()),
    )


@cache
def _pointers() -> tuple[Any, ...]:
    """The columns of every mapped class that refer to a lesson."""
    return tuple(
        getattr(mapper.class_, attribute.key)
        for mapper in sorted(Base.registry.mappers, key=lambda one: one.class_.__name__)
        for attribute in mapper.column_attrs
        if any(key.target_fullname == "lesson.id" for key in attribute.columns[0].foreign_keys)
    )
