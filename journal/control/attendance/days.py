"""A pupil's day at a glance: one word, one letter, the lessons behind them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from journal.attendance.rules import ABSENCE_LETTERS
from journal.attendance.rules.counting import PupilState, full_days
from journal.attendance.rules.states import (
    INVALID,
    LATE,
    MISSED,
    NOT_HELD,
    RELEASED,
    UNKNOWN,
)
from journal.attendance.rules.tally import (
    AttendanceFigure,
    Missed,
    Tallies,
    Tally,
    explained,
    summed,
)

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SUNDAY = 6


class DayKind(StrEnum):
    """What a day with lessons came to; the first that fits."""

    FREE = "free"  # nothing due: cancelled, or released from everything
    FULL = "full"  # every obligatory lesson missed
    PART = "part"
    UNFILLED = "unfilled"  # nothing missed that is known, and a lesson without a register
    LATE = "late"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class DayLesson:
    """A lesson missed or come late to."""

    lesson_id: int
    number: int
    subject_id: int
    state: str


@dataclass(frozen=True, slots=True)
class PupilDay:
    """A day; `code` is the reason that is named: an unexplained one first, then one without a
    valid reason, then the more frequent."""

    day: date
    kind: DayKind
    code: str
    figures: Missed
    lessons: tuple[DayLesson, ...]

    @property
    def sign(self) -> str:
        """What stands in a calendar: «б3» three lessons by illness, «Б» a whole day, «·» present,
        «о» late, «?» not filled, «–» nothing to attend."""
        if self.kind is DayKind.FULL:
            return ABSENCE_LETTERS[self.code].upper()
        if self.kind is DayKind.PART:
            return f"{ABSENCE_LETTERS[self.code]}{self.figures.lessons.missed}"
        return _SIGNS[self.kind]


_SIGNS = {
    DayKind.FREE: "–",
    DayKind.UNFILLED: "?",
    DayKind.LATE: ABSENCE_LETTERS[LATE],
    DayKind.PRESENT: "·",
}


def pupil_day(states: Sequence[PupilState]) -> PupilDay:
    """The day of one pupil, of all his lessons (one at least)."""
    found: Tallies[None] = Tallies()
    found.add(states, lambda state: None)
    tally = found.frozen()[None]
    full = next(full_days(states), None)
    figures = Missed(tally, int(full is not None), int(full is not None and full.ill))
    return PupilDay(
        states[0].lesson.day,
        _kind(tally, whole=full is not None),
        _code(states),
        figures,
        tuple(
            DayLesson(one.lesson.id, one.lesson.number, one.lesson.subject_id, one.state)
            for one in states
            if one.state in MISSED or one.state == LATE
        ),
    )


def _kind(tally: Tally, *, whole: bool) -> DayKind:
    if whole:
        return DayKind.FULL
    if tally.missed:
        return DayKind.PART
    if not tally.due:
        return DayKind.FREE
    if tally.unfilled:
        return DayKind.UNFILLED
    return DayKind.LATE if tally.late else DayKind.PRESENT


def _code(states: Iterable[PupilState]) -> str:
    counts = Counter(one.state for one in states if one.state not in (NOT_HELD, RELEASED))
    missed = [code for code in counts if code in MISSED]
    for code in (UNKNOWN, INVALID):
        if code in missed:
            return code
    return max(sorted(missed), key=lambda code: counts[code], default="")


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """A week from its Monday: a day or nothing at every place, and the sums."""

    monday: date
    days: tuple[PupilDay | None, ...]
    figures: Missed

    @property
    def share(self) -> AttendanceFigure:
        """Attendance of the week, explained."""
        return explained(self.figures.lessons)


@dataclass(frozen=True, slots=True)
class Place:
    """A date of a month's calendar; None outside of the month or the year."""

    day: date
    found: PupilDay | None


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """A month as weeks × days."""

    first: date
    weeks: tuple[tuple[Place | None, ...], ...]


def week_length(days: Iterable[PupilDay]) -> int:
    """Seven where there were lessons on a Sunday, else six."""
    return 7 if any(one.day.weekday() == SUNDAY for one in days) else 6


def calendar_weeks(
    days: Sequence[PupilDay], first: date, last: date, *, length: int
) -> tuple[CalendarWeek, ...]:
    """The weeks that hold any of [first, last], each with its days and sums."""
    known, found = {one.day: one for one in days}, []
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        own = tuple(known.get(monday + place * DAY) for place in range(length))
        there = [one.figures for one in own if one is not None]
        sums = Missed(
            summed(one.lessons for one in there),
            sum(one.days for one in there),
            sum(one.ill_days for one in there),
        )
        found.append(CalendarWeek(monday, own, sums))
        monday += WEEK
    return tuple(found)


def month_grids(
    days: Sequence[PupilDay], first: date, last: date, *, length: int
) -> tuple[MonthGrid, ...]:
    """The months that hold any of [first, last]."""
    known, found, start = {one.day: one for one in days}, [], first
    while start <= last:
        after = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        end, monday, weeks = min(after - DAY, last), start - timedelta(days=start.weekday()), []
        while monday <= end:
            places = [monday + place * DAY for place in range(length)]
            row = tuple(Place(d, known.get(d)) if start <= d <= end else None for d in places)
            if any(row):
                weeks.append(row)
            monday += WEEK
        found.append(MonthGrid(start, tuple(weeks)))
        start = after
    return tuple(found)
