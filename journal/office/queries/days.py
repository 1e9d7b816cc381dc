"""One day of a group: whether there are lessons on it, and when the bells ring."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.clock import instant
from journal.core.messages import N_, Message
from journal.school.models import AcademicYear, Holiday
from journal.timetable.bells import bell_exceptions, bell_times, group_bells
from journal.timetable.rules import bells_on

SUNDAY = 6


def free_day(session: Session, year_id: int, day: date, grade: int) -> Message | None:
    """Why no lesson can be held that day, or None."""
    year = session.get_one(AcademicYear, year_id)
    if not year.starts_on <= day < year.ends_before or day.weekday() == SUNDAY:
        return N_("Choose a school day of the year.")
    rows = session.execute(
        select(Holiday.name, Holiday.grades).where(
            Holiday.academic_year_id == year_id,
            Holiday.starts_on <= day,
            Holiday.ends_before > day,
        )
    )
    for name, grades in rows:
        if not grades or grade in grades:
            return N_("There are no lessons that day: %(name)s. Choose another one.", name=name)
    return None


def day_bells(
    session: Session, group_id: int, grade: int, day: date, zone: str
) -> dict[int, tuple[datetime, datetime]]:
    """When each lesson number begins and ends for the group that day; empty without bells."""
    usual = group_bells(session).get(group_id)
    if usual is None:
        return {}
    schedule = bells_on(usual, day, day.isoweekday(), grade, bell_exceptions(session))
    return {
        number: (instant(day, starts_at, zone), instant(day, ends_at, zone))
        for (schedule_id, number), (starts_at, ends_at) in bell_times(session).items()
        if schedule_id == schedule
    }
