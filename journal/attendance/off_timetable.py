"""Whether a lesson stands outside of the timetable of its day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, select

from journal.core.json_rows import day_of, json_rows
from journal.school.models import ClassMembership, Course, MovedDay, StudyGroupClass
from journal.timetable.models import Timetable, TimetableSlot

_PUBLISHED = and_(
    Timetable.status == "published",
    Timetable.starts_on < bindparam("before"),
    Timetable.ends_before > bindparam("first"),
)


def plan_selects(wanted: ColumnElement[bool]) -> tuple[Any, Any, Any]:
    """What a `Plan` is made of: the published timetables that touch [:first, :before), the
    lessons they have for the courses of these stays in classes, and the moved days.

    The outer joins hold SQLite to their order, as in `pupil_queries`.
    """
    stay, place, slot = ClassMembership, StudyGroupClass, TimetableSlot
    planned = (
        select(json_rows(slot.timetable_id, slot.course_id, slot.lesson_number, slot.weekday))
        .select_from(stay)
        .outerjoin(place, place.class_group_id == stay.class_group_id)
        .outerjoin(Course, Course.study_group_id == place.study_group_id)
        .outerjoin(slot, slot.course_id == Course.id)
        .where(wanted, slot.timetable_id.in_(select(Timetable.id).where(_PUBLISHED)))
    )
    timetable = Timetable.id, Timetable.academic_year_id, Timetable.starts_on, Timetable.ends_before
    moved = MovedDay.academic_year_id, MovedDay.day, MovedDay.follows_weekday
    return (
        select(json_rows(*timetable)).where(_PUBLISHED),
        planned,
        select(json_rows(*moved)).where(
            MovedDay.day >= bindparam("first"), MovedDay.day < bindparam("before")
        ),
    )


class Plan:
    """What the timetables plan, of the rows of `plan_selects`; days are ISO texts."""

    def __init__(
        self,
        timetables: Iterable[list[Any]],
        planned: Iterable[list[Any]],
        moved: Iterable[list[Any]],
    ) -> None:
        self._timetables, self._moved = timetables, moved
        self._planned = set(map(tuple, planned))
        self._days: dict[tuple[int, str], tuple[list[int], list[int]]] = {}

    def lacks(self, year_id: int, day: str, course_id: int, number: int) -> bool:
        """Whether the published timetable of that day knows no such lesson (moved or extra).

        On a moved day the lessons of its own weekday or of the one it follows are planned: which
        of the two depends on the parallel, and no lesson of the other is there to be told apart.
        """
        known = self._days.get((year_id, day)) or self._day(year_id, day)
        for timetable_id in known[0]:
            for weekday in known[1]:
                if (timetable_id, course_id, number, weekday) in self._planned:
                    return False
        return bool(known[0])

    def _day(self, year_id: int, day: str) -> tuple[list[int], list[int]]:
        """The timetables that cover the day, and the weekdays it is held by."""
        covering = [
            id_
            for id_, of_year, starts_on, ends_before in self._timetables
            if of_year == year_id and starts_on <= day < ends_before
        ]
        followed = [other for of_year, on, other in self._moved if (of_year, on) == (year_id, day)]
        known = self._days[year_id, day] = covering, [day_of(day).isoweekday(), *followed]
        return known
