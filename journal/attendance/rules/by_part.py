"""`counting.count` by pupil and part of the span, for pages that show nothing finer.

A pupil-lesson is usually presence, and presence is the same for the whole roster: lessons are
counted once for everybody who sits in them, and only entries are looked at one by one. The figures
are those of `count`; a test holds the two together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Generic, TypeVar

from journal.attendance.rules.counting import (
    Book,
    ClassLessons,
    Counted,
    CountedLesson,
    Facts,
    FullDay,
)
from journal.attendance.rules.states import ILL, MISSED, NOT_HELD, PRESENT, RELEASED
from journal.attendance.rules.tally import Tallies
from journal.school.rules import RosterEntry

P = TypeVar("P", bound=Hashable)


def count_by_part(
    facts: Facts, *, part: Callable[[date], P], only: Collection[int]
) -> Counted[tuple[int, P], P]:
    """What `count` says of these pupils by (pupil, part of the day), `part` being the same for
    every class."""
    counter = _Counter[P](facts, frozenset(only))
    for day, lessons in groupby(facts.lessons, key=lambda lesson: lesson.day):
        counter.add(day, part(day), lessons)
    return counter.counted()


@dataclass(frozen=True, slots=True, eq=False)
class _Seats:
    """The wanted pupils of a roster with their classes; `alone`: the roster has one pupil."""

    class_of: dict[int, int]
    classes: frozenset[int]
    alone: bool


class _Rosters:
    """Who sits in a group: the same object as long as it is the same people."""

    def __init__(self, entries: Iterable[RosterEntry], wanted: frozenset[int]) -> None:
        self._wanted = wanted
        self._entries: dict[int, list[RosterEntry]] = defaultdict(list)
        for entry in entries:
            self._entries[entry.study_group_id].append(entry)
        self._edges = {group: _edges(own) for group, own in self._entries.items()}
        self._known: dict[tuple[int, int], _Seats] = {}
        self._same: dict[object, _Seats] = {}

    def at(self, group_id: int, day: date) -> _Seats:
        """The roster of the group that day: it changes only where somebody comes or leaves."""
        key = group_id, bisect_right(self._edges.get(group_id, ()), day)
        found = self._known.get(key)
        if found is None:
            there = [one for one in self._entries.get(group_id, ()) if one.span.covers(day)]
            found = self._known[key] = self._seats(there)
        return found

    def _seats(self, there: Iterable[RosterEntry]) -> _Seats:
        everybody = {one.pupil_id: one.class_group_id for one in there}
        mine = {pupil: own for pupil, own in everybody.items() if pupil in self._wanted}
        made = _Seats(mine, frozenset(mine.values()), len(everybody) == 1)
        return self._same.setdefault((made.alone, frozenset(mine.items())), made)


def _edges(entries: Iterable[RosterEntry]) -> Sequence[date]:
    spans = {one.span for one in entries}
    ends = {one.ends_before for one in spans if one.ends_before is not None}
    return sorted(ends.union(one.starts_on for one in spans))


@dataclass(slots=True)
class _PupilDay:
    """What is unusual in a pupil's day; the first lesson missed says the class."""

    class_id: int = 0
    missed: int = 0
    ill: int = 0
    released: int = 0


class _Counter(Generic[P]):
    """The sums while they grow, a day at a time."""

    def __init__(self, facts: Facts, wanted: frozenset[int]) -> None:
        self._rosters = _Rosters(facts.roster, wanted)
        self._book = Book(facts, wanted)
        self._usual: dict[tuple[_Seats, P, bool, bool, bool], int] = defaultdict(int)
        self._unusual: dict[tuple[int, P, str, bool, bool], int] = defaultdict(int)
        self._held: dict[tuple[int, P], int] = defaultdict(int)
        self._unfilled: dict[tuple[int, P], int] = defaultdict(int)
        self._full: list[FullDay] = []

    def add(self, day: date, where: P, lessons: Iterable[CountedLesson]) -> None:
        """One day."""
        held: dict[_Seats, int] = defaultdict(int)
        places: set[tuple[int, int]] = set()
        days: dict[int, _PupilDay] = {}
        for lesson in lessons:
            seats = self._rosters.at(lesson.group_id, day)
            taken = lesson.taken
            self._usual[seats, where, lesson.cancelled, lesson.distance, taken] += 1
            if lesson.cancelled:
                continue
            held[seats] += 1
            for class_id in seats.classes:
                places.add((class_id, lesson.number))
                self._unfilled[class_id, where] += not taken
            for pupil_id, state in self._book.unusual(lesson, alone=seats.alone).items():
                if pupil_id in seats.class_of:
                    self._unusual[pupil_id, where, state, lesson.distance, taken] += 1
                    _note(days, pupil_id, state, seats, taken)
        for class_id, _ in places:
            self._held[class_id, where] += 1
        self._full.extend(_full_days(day, days, held))

    def counted(self) -> Counted[tuple[int, P], P]:
        """Everything that was counted: everybody as usual, then what was otherwise instead."""
        sums: Tallies[tuple[int, P]] = Tallies()
        for (seats, where, cancelled, distance, taken), times in self._usual.items():
            state = NOT_HELD if cancelled else PRESENT
            for pupil_id in seats.class_of:
                sums.put((pupil_id, where), state, distance, taken, times)
        for (pupil_id, where, state, distance, taken), times in self._unusual.items():
            sums.put((pupil_id, where), PRESENT, distance, taken, -times)
            sums.put((pupil_id, where), state, distance, taken, times)
        classes = {
            key: ClassLessons(held, self._unfilled.get(key, 0)) for key, held in self._held.items()
        }
        return Counted(sums.frozen(), tuple(self._full), classes)


def _note(
    days: dict[int, _PupilDay], pupil_id: int, state: str, seats: _Seats, taken: bool
) -> None:
    own = days.get(pupil_id)
    if own is None:
        own = days[pupil_id] = _PupilDay()
    if state == RELEASED:
        own.released += 1
    elif state in MISSED and taken:
        own.missed += 1
        own.ill += state == ILL
        own.class_id = own.class_id or seats.class_of[pupil_id]


def _full_days(day: date, days: dict[int, _PupilDay], held: dict[_Seats, int]) -> Iterator[FullDay]:
    """Who missed every lesson held that day but those he is released from."""
    for pupil_id, own in days.items():
        if not own.missed:
            continue
        due = sum(n for seats, n in held.items() if pupil_id in seats.class_of) - own.released
        if own.missed == due:
            yield FullDay(pupil_id, own.class_id, day, own.ill == due)
