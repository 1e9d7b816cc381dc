"""What of the timetable is set up, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, case, func, select

from journal.school.models import ClassGroup
from journal.timetable.models import BellSchedule, ClassBells, Timetable, TimetableSlot


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableCounts:
    """Bell schedules of the school; classes and versions of one year, weekly lessons of a day.

    `halves`: twice the lessons a week in the published version that holds, or comes, on the day;
    one of every other week counts once.
    """

    bells: int
    classes_without_bells: int
    versions: int
    drafts: int
    halves: int

    @property
    def slots(self) -> int:
        """Lessons in a full week, rounded up."""
        return (self.halves + 1) // 2


def timetable_counts(academic_year_id: int, day: date) -> dict[str, Select[int]]:
    """The counts of `TimetableCounts`, to be asked together with others."""
    number = func.count()
    of_year = Timetable.academic_year_id == academic_year_id
    published = (of_year, Timetable.status == "published")
    in_force = (
        select(Timetable.id)
        .where(*published, Timetable.ends_before > day)
        .order_by(Timetable.starts_on)
        .limit(1)
    )
    halves = func.sum(case((TimetableSlot.week_kind == "every", 2), else_=1))
    return {
        "bells": select(number).select_from(BellSchedule),
        "classes_without_bells": select(number)
        .select_from(ClassGroup)
        .where(
            ClassGroup.academic_year_id == academic_year_id,
            ClassGroup.id.not_in(select(ClassBells.class_group_id)),
        ),
        "versions": select(number).select_from(Timetable).where(*published),
        "drafts": select(number).select_from(Timetable).where(of_year, Timetable.status == "draft"),
        "halves": select(func.coalesce(halves, 0)).where(
            TimetableSlot.timetable_id == in_force.scalar_subquery()
        ),
    }
