"""What a summary sheet is made from, and the sheets made of it, kept by all that stands in it.

The facts are read at every opening; what was read before gives the sheet made before. Nothing has
to be invalidated: other facts are another sheet (ADR 0066).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from journal.attendance.counting import AttendanceTexts, facts_of, lessons_of
from journal.attendance.rules.by_part import Seated, count_seated, seated
from journal.attendance.rules.counting import CountedLesson
from journal.grading.progress import Expected, expected_of
from journal.grading.subject_queries import GivenValue, given_of
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
PLACES = 7  # of the year of a 9th class: four terms, the year, exams, final marks


class SheetContent(NamedTuple):
    """All that a sheet is made of. What comes as a text stays one until it is needed."""

    class_id: int
    today: date
    places: tuple[Place, ...]
    stays: tuple[NamedStay, ...]
    expected: tuple[str | None, ...]
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
            tables=[
                _table(class_id, place.last_day, stays, courses, text)
                for place, text in zip(places, expected, strict=True)
            ],
            stays=stays,
            given=_given(given),
            attendance=_counted(places, stays, roster, attendance),
        )
    )
    return without_absences(sheet) if gone else sheet


@lru_cache(maxsize=KEPT)
def course_ids(expected: tuple[str | None, ...]) -> frozenset[int]:
    """The courses of marks that are expected, at whatever place."""
    return frozenset(one.course_id for text in expected for one in _marks(text))


@lru_cache(maxsize=KEPT)
def group_ids(lessons: str | None) -> frozenset[int]:
    """The groups whose lessons they are."""
    return frozenset(one.group_id for one in _lessons(lessons))


@lru_cache(maxsize=KEPT * PLACES)
def _marks(text: str | None) -> Sequence[Expected]:
    return expected_of(text)


@lru_cache(maxsize=KEPT)
def _given(text: str) -> Sequence[GivenValue]:
    return given_of(text)


@lru_cache(maxsize=KEPT)
def _lessons(text: str | None) -> Sequence[CountedLesson]:
    return lessons_of(text)


@lru_cache(maxsize=KEPT * PLACES)
def _table(
    class_id: int,
    day: date,
    stays: tuple[NamedStay, ...],
    courses: tuple[NamedCourse, ...],
    expected: str | None,
) -> ClassTable:
    """Kept by itself: an absence entered changes no mark, a mark no other term."""
    return class_table(present_at(stays, class_id, day), courses, _marks(expected))


@lru_cache(maxsize=KEPT)
def _counted(
    places: tuple[Place, ...],
    stays: tuple[NamedStay, ...],
    roster: tuple[RosterEntry, ...],
    texts: AttendanceTexts,
) -> Attendance:
    """Kept by itself: a mark entered changes no absence."""
    facts = facts_of(texts, _lessons(texts.lessons), roster)
    return count_seated(_seated(places, stays, roster, texts.lessons), facts)


@lru_cache(maxsize=KEPT)
def _seated(
    places: tuple[Place, ...],
    stays: tuple[NamedStay, ...],
    roster: tuple[RosterEntry, ...],
    lessons: str | None,
) -> Seated[int]:
    """Kept by itself: an absence entered changes no lesson."""

    def part(day: date) -> int:
        return place_of_day(places, day)

    pupils = {one.pupil_id for one in stays}
    return seated(_lessons(lessons), roster, part=part, only=pupils)


def forget() -> None:
    """Keep nothing, as a process that has just begun."""
    for kept in (
        kept_sheet,
        course_ids,
        group_ids,
        _marks,
        _given,
        _lessons,
        _table,
        _seated,
        _counted,
    ):
        kept.cache_clear()
