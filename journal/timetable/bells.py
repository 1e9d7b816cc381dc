"""When the bells ring: the schedule of each group, the times of each schedule, other bells."""

from __future__ import annotations

from datetime import time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.school.models import StudyGroupClass
from journal.timetable.models import BellException, BellPeriod, ClassBells
from journal.timetable.rules import OtherBells


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


def bell_exceptions(session: Session) -> list[OtherBells]:
    """Weekdays and dates with other bells."""
    rows = session.execute(
        select(
            BellException.bell_schedule_id,
            BellException.instead_id,
            BellException.weekday,
            BellException.held_on,
            BellException.grades,
        )
    )
    return [
        OtherBells(
            schedule_id=row.bell_schedule_id,
            instead_id=row.instead_id,
            weekday=row.weekday,
            held_on=row.held_on,
            grades=row.grades,
        )
        for row in rows
    ]
