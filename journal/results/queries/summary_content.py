"""What a summary sheet is made from, and the sheets made of it, kept by all that stands in it.

The facts are read at every opening; what was read before gives the sheet made before. Nothing has
to be invalidated: other facts are another sheet (ADR 0066).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from journal.attendance.counting import AttendanceTexts, facts_of, groups_of, lessons_of
from journal.attendance.rules.by_part import count_by_part
from journal.core.json_rows import rows_of
from journal.grading.progress import expected_of
from journal.grading.subject_queries import given_of
from journal.results.rules.class_page import ClassTable, class_table
from journal.results.rules.places import Place
from journal.results.rules.summary import (
    Attendance,
    Sheet,
    SheetFacts,
    place_of_day,
    present_at,
    summary,
    without_absences,
)
from journal.school.course_names import NamedCourse
from journal.school.rules import RosterEntry
from journal.school.stays import NamedStay

KEPT = 16  # sheets of a worker: those being looked at now; a big one is a megabyte of page


class SheetContent(NamedTuple):
    """All that a sheet is made of. What comes as a text stays one until it is needed."""

    class_id: int
    today: date
    places: tuple[Place, ...]
    stays: tuple[NamedStay, ...]
    expected: str
    courses: tuple[NamedCourse, ...]
    given: str
    attendance: AttendanceTexts
    roster: tuple[RosterEntry, ...]
    journals_gone: bool


@lru_cache(maxsize=KEPT)
def kept_sheet(content: SheetContent) -> Sheet:
    """The sheet of these facts: the same object as long as it is kept."""
    class_id, today, places, stays, expected, courses, given, attendance, roster, gone = content
    sheet = summary(
        SheetFacts(
            class_id=class_id,
            today=today,
            places=places,
            tables=_tables(class_id, places, stays, courses, expected),
            stays=stays,
            given=given_of(given),
            attendance=_counted(places, stays, roster, attendance),
        )
    )
    return without_absences(sheet) if gone else sheet


@lru_cache(maxsize=KEPT)
def course_ids(expected: str) -> frozenset[int]:
    """The courses of marks that are expected, at whatever place."""
    return frozenset(course_id for _, course_id, *_ in rows_of(expected))


group_ids = lru_cache(maxsize=KEPT)(groups_of)


@lru_cache(maxsize=KEPT)
def _tables(
    class_id: int,
    places: tuple[Place, ...],
    stays: tuple[NamedStay, ...],
    courses: tuple[NamedCourse, ...],
    expected: str,
) -> Sequence[ClassTable]:
    """Kept by themselves: an absence entered changes no mark."""
    return [
        class_table(present_at(stays, class_id, place.last_day), courses, one)
        for place, one in zip(places, expected_of(expected, len(places)), strict=True)
    ]


@lru_cache(maxsize=KEPT)
def _counted(
    places: tuple[Place, ...],
    stays: tuple[NamedStay, ...],
    roster: tuple[RosterEntry, ...],
    texts: AttendanceTexts,
) -> Attendance:
    """Kept by itself: a mark entered changes no absence."""

    def part(day: date) -> int:
        return place_of_day(places, day)

    facts = facts_of(texts, lessons_of(texts), roster)
    return count_by_part(facts, part=part, only={one.pupil_id for one in stays})


def forget() -> None:
    """Keep nothing, as a process that has just begun."""
    for kept in (kept_sheet, course_ids, group_ids, _tables, _counted):
        kept.cache_clear()
