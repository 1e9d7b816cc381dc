"""Reads of the frame: years, terms, holidays, bells, subjects, rooms."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.school.models import AcademicYear, Holiday, Room, Subject, Term
from journal.timetable.models import BellPeriod, BellSchedule
from journal.transfer.school.rows import (
    BellRow,
    HolidayRow,
    RoomRow,
    SubjectRow,
    TermRow,
    YearRow,
)
from journal.transfer.store.ids import Found


def years(session: Session) -> list[Found]:
    """All academic years."""
    rows = session.execute(
        select(
            AcademicYear.id, AcademicYear.name, AcademicYear.starts_on, AcademicYear.ends_before
        ).order_by(AcademicYear.starts_on)
    )
    return [Found(YearRow(*row[1:]), row[0]) for row in rows]


def terms(session: Session, year_id: int | None) -> list[Found]:
    """The terms of a year."""
    rows = session.execute(
        select(
            Term.id,
            AcademicYear.name,
            Term.kind,
            Term.number,
            Term.grades,
            Term.starts_on,
            Term.ends_before,
            Term.marks_from,
            Term.marks_before,
        )
        .join(AcademicYear, AcademicYear.id == Term.academic_year_id)
        .where(Term.academic_year_id == year_id)
        .order_by(Term.kind.desc(), Term.starts_on, Term.id)
    )
    return [
        Found(TermRow(row[1], row[2], row[3], tuple(sorted(row[4])), *row[5:]), row[0])
        for row in rows
    ]


def holidays(session: Session, year_id: int | None) -> list[Found]:
    """The holidays of a year."""
    rows = session.execute(
        select(Holiday.id, Holiday.name, Holiday.starts_on, Holiday.ends_before, Holiday.grades)
        .where(Holiday.academic_year_id == year_id)
        .order_by(Holiday.starts_on, Holiday.id)
    )
    return [Found(HolidayRow(*row[1:4], tuple(sorted(row[4]))), row[0]) for row in rows]


def bells(session: Session) -> list[Found]:
    """All bells of all sets, in the order in which the sets were made."""
    rows = session.execute(
        select(
            BellPeriod.id,
            BellSchedule.name,
            BellSchedule.shift,
            BellPeriod.lesson_number,
            BellPeriod.starts_at,
            BellPeriod.ends_at,
        )
        .join(BellSchedule, BellSchedule.id == BellPeriod.bell_schedule_id)
        .order_by(BellSchedule.id, BellPeriod.lesson_number)
    )
    return [Found(BellRow(*row[1:]), row[0]) for row in rows]


def subjects(session: Session) -> list[Found]:
    """All subjects."""
    rows = session.execute(
        select(Subject.id, Subject.name, Subject.short_name, Subject.area, Subject.scale).order_by(
            Subject.id
        )
    )
    return [Found(SubjectRow(*row[1:]), row[0]) for row in rows]


def rooms(session: Session) -> list[Found]:
    """All rooms."""
    rows = session.execute(
        select(Room.id, Room.name, Room.capacity, Room.purpose).order_by(Room.id)
    )
    return [Found(RoomRow(*row[1:]), row[0]) for row in rows]
