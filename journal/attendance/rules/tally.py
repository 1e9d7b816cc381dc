"""Sums of pupil-lessons, what follows from them, and how it is explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, fields
from fractions import Fraction
from operator import add, attrgetter
from typing import Generic, Protocol, TypeVar

from journal.attendance.rules.states import (
    ILL,
    INVALID,
    LATE,
    MISSED,
    NOT_HELD,
    PRESENT,
    RELEASED,
    UNKNOWN,
    VALID,
)
from journal.core.messages import N_, Message


@dataclass(frozen=True, slots=True)
class Tally:
    """Pupil-lessons by state. `planned` are all of them; `distance`, `late`, `unfilled` and
    `foreseen` (missed by a known excuse in a lesson without a register) are among the due."""

    planned: int = 0
    not_held: int = 0
    released: int = 0
    ill: int = 0
    valid: int = 0
    invalid: int = 0
    unknown: int = 0
    late: int = 0
    distance: int = 0
    unfilled: int = 0
    foreseen: int = 0

    @property
    def due(self) -> int:
        """Подлежало посещению: planned without cancelled lessons and without the released."""
        return self.planned - self.not_held - self.released

    @property
    def missed(self) -> int:
        """Missed for whatever reason; lateness is presence."""
        return self.ill + self.valid + self.invalid + self.unknown

    @property
    def taken(self) -> int:
        """Due pupil-lessons whose register is filled: only of these presence is known."""
        return self.due - self.unfilled

    @property
    def missed_taken(self) -> int:
        """Missed in lessons whose register is filled."""
        return self.missed - self.foreseen

    def __add__(self, other: Tally) -> Tally:
        return Tally(*map(add, _counts(self), _counts(other)))


_counts = attrgetter(*(field.name for field in fields(Tally)))


@dataclass(frozen=True, slots=True)
class Missed:
    """Lessons and full days missed, with the pupil-lessons they are counted from."""

    lessons: Tally
    days: int
    ill_days: int

    def __add__(self, other: Missed) -> Missed:
        return Missed(
            self.lessons + other.lessons, self.days + other.days, self.ill_days + other.ill_days
        )


def summed(tallies: Iterable[Tally]) -> Tally:
    """Their sum; nothing is a tally of zeros."""
    total = Tally()
    for one in tallies:
        total += one
    return total


_PLACES = {NOT_HELD: 1, RELEASED: 2, ILL: 3, VALID: 4, INVALID: 5, UNKNOWN: 6, LATE: 7}
_DISTANCE, _UNFILLED, _FORESEEN, _LENGTH = 8, 9, 10, 11


class _Lesson(Protocol):
    @property
    def distance(self) -> bool: ...
    @property
    def taken(self) -> bool: ...


class _State(Protocol):
    @property
    def lesson(self) -> _Lesson: ...
    @property
    def state(self) -> str: ...


K = TypeVar("K", bound=Hashable)
S = TypeVar("S", bound=_State)


class Tallies(Generic[K]):
    """Tallies while they grow, by key."""

    def __init__(self) -> None:
        self._counts: dict[K, list[int]] = defaultdict(lambda: [0] * _LENGTH)

    def add(self, states: Iterable[S], key: Callable[[S], K]) -> None:
        """Some pupil-lessons, each to its key."""
        for one in states:
            lesson = one.lesson
            self.put(key(one), one.state, lesson.distance, lesson.taken)

    def put(self, key: K, state: str, distance: bool, taken: bool, times: int = 1) -> None:
        """As many pupil-lessons in one state of lessons of one kind."""
        counts = self._counts[key]
        counts[0] += times
        if state != PRESENT:
            counts[_PLACES[state]] += times
            if state in (NOT_HELD, RELEASED):
                return
        if distance:
            counts[_DISTANCE] += times
        if not taken:
            counts[_UNFILLED] += times
            if state in MISSED:
                counts[_FORESEEN] += times

    def frozen(self) -> dict[K, Tally]:
        """What was counted."""
        return {key: Tally(*counts) for key, counts in self._counts.items()}


@dataclass(frozen=True, slots=True)
class AttendanceExplanation:
    """How a share of attendance came about, for the reader: see `explained`."""

    tally: Tally
    rule: Message

    @property
    def formula(self) -> str:
        """«400 − 9 − 3 = 388; (388 − 14) : 388 = 96,4 %», the due without a part that is zero."""
        tally = self.tally
        parts = [str(tally.planned)]
        parts += [str(part) for part in (tally.not_held, tally.released) if part]
        due = f"{' − '.join(parts)} = {tally.due}; " if len(parts) > 1 else ""
        if not tally.due:
            return due.removesuffix("; ")
        share = tenths_text(per_cent_tenths(tally.due - tally.missed, tally.due))
        return f"{due}({tally.due} − {tally.missed}) : {tally.due} = {share} %"


@dataclass(frozen=True, slots=True)
class AttendanceFigure:
    """An exact share (None when nothing was due) with its explanation."""

    value: Fraction | None
    explanation: AttendanceExplanation


_RULE = N_(
    "Attendance: due pupil-lessons without the missed ones, divided by the due. Due are planned "
    "lessons that were held, without those the pupil is released from. Lateness is presence."
)


def explained(tally: Tally) -> AttendanceFigure:
    """The share of attendance over everything due, as the monitoring counts it."""
    due = tally.due
    value = Fraction(due - tally.missed, due) if due else None
    return AttendanceFigure(value, AttendanceExplanation(tally, _RULE))


def per_cent_tenths(part: int, whole: int) -> int:
    """Tenths of a per cent, half up, from integers: 374 of 388 are 964 (monitoring-mp1.md §4)."""
    return (2000 * part + whole) // (2 * whole)


def tenths_text(tenths: int) -> str:
    """«96,4»."""
    return f"{tenths // 10},{tenths % 10}"


def over_threshold(missed: int, due: int, percent: int) -> bool:
    """Whether strictly more than that per cent was missed, in integers."""
    return 100 * missed > percent * due
