"""Reads of publishing: slots with their bells, breaks, the lessons that are there."""

from __future__ import annotations

from datetime import time

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence
from journal.grading.models import Work
from journal.lessons.models import Homework, Lesson
from journal.office.rules import Break, ExistingLesson, Moved, Slot
from journal.school.models import Course, Holiday, MovedDay, StudyGroup, StudyGroupClass
from journal.school.rules import Span
from journal.timetable.models import BellPeriod, ClassBells, Timetable, TimetableSlot

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
    rows = session.execute(
        select(*_SLOT)
        .join(Timetable, Timetable.id == TimetableSlot.timetable_id)
        .join(Course, Course.id == TimetableSlot.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .where(Timetable.academic_year_id == academic_year_id, Timetable.status == "published")
    ).all()
    bells = group_bells(session)
    return [Slot(Span(row[0], row[1]), *row[2:9], bells.get(row.group_id)) for row in rows]


def group_bells(session: Session) -> dict[int, int]:
    """The bell schedule of each group: that of its first class."""
    rows = session.execute(
        select(StudyGroupClass.study_group_id, func.min(ClassBells.bell_schedule_id))
        .join(ClassBells, ClassBells.class_group_id == StudyGroupClass.class_group_id)
        .group_by(StudyGroupClass.study_group_id)
    )
    return {row[0]: row[1] for row in rows}


def bell_times(session: Session) -> dict[tuple[int, int], tuple[time, time]]:
    """When each lesson of each schedule begins and ends."""
    rows = session.execute(
        select(
            BellPeriod.bell_schedule_id,
            BellPeriod.lesson_number,
            BellPeriod.starts_at,
            BellPeriod.ends_at,
        )
    )
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


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


def existing_lessons(session: Session, academic_year_id: int) -> list[ExistingLesson]:
    """The year's lessons; one has entries when anything at all was written in or of it."""
    rows = session.execute(
        select(
            Lesson.id,
            Lesson.course_id,
            Lesson.held_on,
            Lesson.lesson_number,
            Lesson.staff_id,
            Lesson.room_id,
            Lesson.starts_at,
            Lesson.ends_at,
            _entered().label("entered"),
        )
        .join(Course, Course.id == Lesson.course_id)
        .where(Course.academic_year_id == academic_year_id)
    )
    return [
        ExistingLesson(row.id, (row[1], row[2], row[3]), *row[4:8], bool(row.entered))
        for row in rows
    ]


def _entered() -> ColumnElement[bool]:
    return or_(
        Lesson.topic.is_not(None),
        Lesson.attendance_taken_at.is_not(None),
        Lesson.external_key.is_not(None),
        Lesson.replaced_staff_id.is_not(None),
        Lesson.status == "cancelled",
        exists().where(Homework.lesson_id == Lesson.id),
        exists().where(Work.lesson_id == Lesson.id),
        exists().where(Absence.lesson_id == Lesson.id),
    )
