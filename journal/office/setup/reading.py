"""Rows of the set-up as the forms show them; each raises NotFound for a row of another school."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.office.setup.breaks import HolidayFacts, MovedDayFacts
from journal.office.setup.calendar import TermFacts, YearFacts, terms_of
from journal.office.setup.classes import ClassFacts
from journal.office.setup.ground import BellFacts, RoomFacts, SubjectFacts
from journal.office.setup.load import TeachingFacts
from journal.office.setup.rows import owned_row
from journal.school.models import (
    AcademicYear,
    ClassGroup,
    CourseTeacher,
    Holiday,
    MovedDay,
    Room,
    Subject,
)
from journal.timetable.models import BellPeriod, BellSchedule, ClassBells

Facts = TypeVar("Facts")


def _facts(kind: type[Facts], row: Any, **more: Any) -> Facts:
    names = {one.name for one in fields(kind)} - {"place"}  # type: ignore[arg-type]
    return kind(**{name: getattr(row, name) for name in names - set(more)}, **more)


def year_facts(session: Session, year_id: int) -> YearFacts:
    """An academic year."""
    return _facts(YearFacts, owned_row(session, AcademicYear, year_id))


def term_facts(session: Session, year_id: int) -> list[TermFacts]:
    """The terms of a year, by their parallels and dates."""
    rows = (_facts(TermFacts, row) for row in terms_of(session, year_id))
    return sorted(rows, key=lambda one: (min(one.grades, default=0), one.starts_on))


def holiday_facts(session: Session, holiday_id: int) -> tuple[HolidayFacts, int]:
    """A break and its year."""
    row = owned_row(session, Holiday, holiday_id)
    return _facts(HolidayFacts, row), row.academic_year_id


def moved_day_facts(session: Session, moved_id: int) -> tuple[MovedDayFacts, int]:
    """A moved day and its year."""
    row = owned_row(session, MovedDay, moved_id)
    return _facts(MovedDayFacts, row), row.academic_year_id


def moved_day_rows(session: Session, year_id: int) -> list[tuple[int, MovedDayFacts]]:
    """(id, day) of the moved days of a year."""
    rows = session.scalars(
        select(MovedDay).where(MovedDay.academic_year_id == year_id).order_by(MovedDay.day)
    )
    return [(row.id, _facts(MovedDayFacts, row)) for row in rows]


def holiday_rows(session: Session, year_id: int) -> list[tuple[int, HolidayFacts]]:
    """(id, break) of the breaks of a year."""
    rows = session.scalars(
        select(Holiday)
        .where(Holiday.academic_year_id == year_id)
        .order_by(Holiday.starts_on, Holiday.name)
    )
    return [(row.id, _facts(HolidayFacts, row)) for row in rows]


def subject_facts(session: Session, subject_id: int) -> SubjectFacts:
    """A subject."""
    return _facts(SubjectFacts, owned_row(session, Subject, subject_id))


def room_facts(session: Session, room_id: int) -> RoomFacts:
    """A room."""
    return _facts(RoomFacts, owned_row(session, Room, room_id))


def class_facts(session: Session, class_id: int) -> tuple[ClassFacts, int, int | None]:
    """A class, its year and the set of bells it keeps."""
    row = owned_row(session, ClassGroup, class_id)
    bells = select(ClassBells.bell_schedule_id).where(ClassBells.class_group_id == class_id)
    return _facts(ClassFacts, row), row.academic_year_id, session.scalar(bells)


def bells_facts(session: Session, schedule_id: int) -> tuple[str, int, list[BellFacts]]:
    """Name, shift and lessons of a set of bells."""
    row = owned_row(session, BellSchedule, schedule_id)
    periods = session.scalars(
        select(BellPeriod)
        .where(BellPeriod.bell_schedule_id == schedule_id)
        .order_by(BellPeriod.lesson_number)
    )
    return row.name, row.shift, [_facts(BellFacts, one) for one in periods]


def bells_choices(session: Session) -> list[tuple[int, str]]:
    """(id, name) of the sets of bells, for a drop-down."""
    rows = session.execute(
        select(BellSchedule.id, BellSchedule.name, BellSchedule.shift).order_by(
            BellSchedule.shift, BellSchedule.name
        )
    ).all()
    return [(row.id, f"{row.name} ({row.shift})") for row in rows]


def room_choices(session: Session) -> list[tuple[int, str]]:
    """(id, name) of the rooms, for a drop-down."""
    rows = session.execute(select(Room.id, Room.name)).all()
    return sorted(((row.id, row.name) for row in rows), key=lambda one: (len(one[1]), one[1]))


def teachings_of(session: Session, course_id: int) -> list[TeachingFacts]:
    """The teachers of a course by date."""
    rows = session.scalars(
        select(CourseTeacher)
        .where(CourseTeacher.course_id == course_id)
        .order_by(CourseTeacher.starts_on, CourseTeacher.id)
    )
    return [_facts(TeachingFacts, row) for row in rows]
