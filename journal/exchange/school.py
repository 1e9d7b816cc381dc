"""МП-1 of a school, from facts alone: pure.

Every figure comes from the shared counting and from the stays of pupils; here they are only put
under the letters of the graphs, and found again behind them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from journal.attendance.rules.counting import (
    Counted,
    Facts,
    FullDay,
    PupilState,
    count,
    states_by_day,
)
from journal.attendance.rules.tally import Tally, over_threshold, summed
from journal.exchange.calendar import FIRST_HALF, SECOND_HALF, HalfYears
from journal.exchange.figures import Numbers
from journal.exchange.forms.mp1 import H1, H2, YEAR
from journal.school.headcount import (
    ClassStay,
    MoveEvent,
    Moves,
    events,
    joined,
    last_class,
    moves,
    present_on,
)
from journal.school.stays import YearClass

_SHEETS = {FIRST_HALF: H1, SECOND_HALF: H2}
Key = tuple[int, int, int]
"""Pupil, class, half-year."""


class PupilOfPeriod(NamedTuple):
    """A pupil, the class of his last enrolled day in a period, and his lessons of that period."""

    pupil_id: int
    class_group_id: int
    tally: Tally

    def counts_in(self, letter: str, thresholds: Mapping[str, int]) -> bool:
        """Whether he is one of the graph Y, Z or AA."""
        tally = self.tally
        if letter == "Y":
            return over_threshold(tally.missed, tally.due, thresholds["THR_ALL"])
        if letter == "Z":
            return over_threshold(tally.invalid, tally.due, thresholds["THR_UNJ"])
        return tally.due > 0 and tally.missed == 0


class School:
    """МП-1 of a school, from facts alone: pure. `today` is the last day that counts."""

    def __init__(
        self,
        classes: Sequence[YearClass],
        stays: Sequence[ClassStay],
        halves: HalfYears,
        facts: Facts,
        today: date,
    ) -> None:
        self._classes, self._halves, self._facts = classes, halves, facts
        self._before = min(today + timedelta(days=1), halves.ends_before)
        self._grades = {one.id: one.grade for one in classes}
        self._stays = joined(stays)
        self._moves = moves(events(self._stays), self._event_half)
        self._counted: Counted[Key, int] = count(
            facts,
            key=lambda s: (
                s.pupil_id,
                s.class_group_id,
                self._half(s.class_group_id, s.lesson.day),
            ),
            part=self._half,
        )
        self._by_class = self._class_tallies()
        self._full = self._full_days()

    def numbers(self, thresholds: Mapping[str, int]) -> dict[str, list[Numbers]]:
        """The typed columns of every sheet, a row per class."""
        started = present_on(self._stays, self._halves.starts_on)
        found: dict[str, list[Numbers]] = {H1: [], H2: [], YEAR: []}
        pupils = {half: self._pupils(half, thresholds) for half in (FIRST_HALF, SECOND_HALF, None)}
        for one in self._classes:
            start = len(started.get(one.id, ()))
            for half, sheet in _SHEETS.items():
                own = self._moves.get((one.id, half), Moves())
                row = {"E": start, **_moved(own), **self._lessons(one.id, half)}
                found[sheet].append(row | pupils[half][one.id])
                start += own.arrived - own.left
            found[YEAR].append(pupils[None][one.id])
        return found

    def unfilled(self) -> dict[str, dict[str, int]]:
        """Lessons without a register by sheet and class; only where there are any."""
        found: dict[str, dict[str, int]] = {H1: {}, H2: {}}
        for one in self._classes:
            for half, sheet in _SHEETS.items():
                lessons = self._counted.classes.get((one.id, half))
                if lessons is not None and lessons.unfilled:
                    found[sheet][one.name] = lessons.unfilled
        return found

    def _half(self, class_id: int, day: date) -> int:
        return self._halves.half_of(self._grades[class_id], day)

    def _event_half(self, class_id: int, day: date) -> int | None:
        """Events count after the first day of the year, up to today."""
        if not self._halves.starts_on < day < self._before:
            return None
        return self._half(class_id, day)

    def _class_tallies(self) -> dict[tuple[int, int], Tally]:
        parts: dict[tuple[int, int], list[Tally]] = defaultdict(list)
        for (_, class_id, half), tally in self._counted.tallies.items():
            parts[class_id, half].append(tally)
        return {key: summed(tallies) for key, tallies in parts.items()}

    def _full_days(self) -> dict[tuple[int, int], tuple[int, int]]:
        found: dict[tuple[int, int], tuple[int, int]] = defaultdict(lambda: (0, 0))
        for one in self._counted.full_days:
            key = one.class_group_id, self._half(one.class_group_id, one.day)
            full, ill = found[key]
            found[key] = full + 1, ill + one.ill
        return found

    def _lessons(self, class_id: int, half: int) -> dict[str, int]:
        lessons = self._counted.classes.get((class_id, half))
        full, ill = self._full.get((class_id, half), (0, 0))
        tally = self._by_class.get((class_id, half), Tally())
        return {"K": lessons.held if lessons else 0, **_counted(tally), "W": full, "X": ill}

    def _pupils(self, half: int | None, thresholds: Mapping[str, int]) -> dict[int, dict[str, int]]:
        """Y, Z, AA of a half-year or of the year (None): each pupil once, in the class of his last
        enrolled day, by all his lessons of the period whatever the class."""
        found = {one.id: {"Y": 0, "Z": 0, "AA": 0} for one in self._classes}
        for one in self.pupils(half):
            for letter in found[one.class_group_id]:
                found[one.class_group_id][letter] += one.counts_in(letter, thresholds)
        return found

    def pupils(self, half: int | None) -> list[PupilOfPeriod]:
        """Everybody enrolled in a half-year or in the year (None), each once."""
        own: dict[int, Tally] = defaultdict(Tally)
        for (pupil_id, _, part), tally in self._counted.tallies.items():
            if half in (None, part):
                own[pupil_id] += tally
        found = []
        for pupil_id, stays in self._stays.items():
            class_id = self._last_class(stays, half)
            if class_id is not None:
                found.append(PupilOfPeriod(pupil_id, class_id, own[pupil_id]))
        return found

    def started(self, class_id: int) -> list[int]:
        """The pupils of a class on the first day of the year."""
        return present_on(self._stays, self._halves.starts_on).get(class_id, [])

    def events(self, class_id: int, half: int) -> list[MoveEvent]:
        """Who came to a class and who left it in a half-year, in order of time."""
        own = [
            one
            for one in events(self._stays)
            if one.class_group_id == class_id and self._event_half(class_id, one.day) == half
        ]
        return sorted(own, key=lambda one: one.day)

    def pupil_states(self, class_id: int, half: int) -> list[PupilState]:
        """Every pupil-lesson of a class in a half-year, in order of time."""
        return [
            state
            for states in states_by_day(self._facts)
            for state in states
            if state.class_group_id == class_id and self._half(class_id, state.lesson.day) == half
        ]

    def full_days(self, class_id: int, half: int) -> list[FullDay]:
        """The fully missed days of pupils of a class."""
        return [
            one
            for one in self._counted.full_days
            if one.class_group_id == class_id and self._half(class_id, one.day) == half
        ]

    def _last_class(self, stays: Sequence[ClassStay], half: int | None) -> int | None:
        """The last class of a half-year is looked for stay by stay: parallels may differ in the
        day half-year II begins."""
        if half is None:
            return last_class(stays, self._halves.starts_on, self._before)
        inside = []
        for stay in stays:
            first, before = self._halves.span(half, self._grades[stay.class_group_id])
            if last_class([stay], first, min(before, self._before)) is not None:
                inside.append(stay.class_group_id)
        return inside[-1] if inside else None


def _moved(own: Moves) -> dict[str, int]:
    return {"F": own.arrived, "G": own.arrived_inside, "H": own.left, "I": own.left_inside}


_GRAPHS: dict[str, Callable[[Tally], int]] = {
    "L": lambda tally: tally.planned,
    "M": lambda tally: tally.not_held,
    "N": lambda tally: tally.released,
    "P": lambda tally: tally.distance,
    "R": lambda tally: tally.ill,
    "S": lambda tally: tally.valid,
    "T": lambda tally: tally.invalid,
    "U": lambda tally: tally.unknown,
    "V": lambda tally: tally.late,
}


def _counted(tally: Tally) -> dict[str, int]:
    return {letter: value(tally) for letter, value in _GRAPHS.items()}
