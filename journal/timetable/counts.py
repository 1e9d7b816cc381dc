"""What of the timetable is set up, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, func, select

from journal.school.models import ClassGroup
from journal.timetable.models import BellSchedule, ClassBells, Timetable, TimetableSlot


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableCounts:
    """Bell schedules of the school; classes, versions and weekly lessons of one year."""

    bells: int
    classes_without_bells: int
    versions: int
    slots: int


def timetable_counts(academic_year_id: int) -> dict[str, Select[int]]:
    """The counts of `TimetableCounts`, to be asked together with others."""
    number = func.count()
    of_year = select(Timetable.id).where(Timetable.academic_year_id == academic_year_id)
    return {
        "bells": select(number).select_from(BellSchedule),
        "classes_without_bells": select(number)
        .select_from(ClassGroup)
        .where(
            ClassGroup.academic_year_id == academic_year_id,
            ClassGroup.id.not_in(select(ClassBells.class_group_id)),
        ),
        "versions": select(number)
        .select_from(Timetable)
        .where(Timetable.academic_year_id == academic_year_id),
        "slots": select(number)
        .select_from(TimetableSlot)
        .where(TimetableSlot.timetable_id.in_(of_year)),
    }
