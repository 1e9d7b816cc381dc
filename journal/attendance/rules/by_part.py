"""`counting.count` by pupil and part of the span, for pages that show nothing finer.

A pupil-lesson is usually presence, and presence is the same for the whole roster: lessons are
counted once for everybody who sits in them, and only entries are looked at one by one. The figures
are those of `count`; a test holds the two together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

from journal.attendance.rules.counting import (
    ClassLessons,
    Counted,
    CountedLesson,
    Entries,
    Facts,
    FullDay,
)
from journal.attendance.rules.states import ILL, MISSED, NOT_HELD, PRESENT, RELEASED
from journal.attendance.rules.tally import Tallies
from journal.school.rules import RosterEntry

P = TypeVar("P", bound=Hashable)


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


class _Day(NamedTuple, Generic[P]):
    """The lessons held on a day with who sits in them, and how many each roster has."""

    day: date
    part: P
    lessons: Sequence[tuple[CountedLesson, _Seats]]
    held: Mapping[_Seats, int]


_Usual = tuple[_Seats, P, bool, bool, bool]


@dataclass(frozen=True, slots=True, eq=False)
class Seated(Generic[P]):
    """Lessons with the rosters of the wanted pupils: all that is counted before an entry is looked
    at. `usual` are lessons by roster, part, cancelled, distance, taken."""

    wanted: frozenset[int]
    days: Sequence[_Day[P]]
    usual: Mapping[_Usual[P], int]
    classes: Mapping[tuple[int, P], ClassLessons]


def seated(
    lessons: Sequence[CountedLesson],
    roster: Iterable[RosterEntry],
    *,
    part: Callable[[date], P],
    only: Collection[int],
) -> Seated[P]:
    """These lessons, in order of days, as these pupils sit in them."""
    wanted = frozenset(only)
    rosters = _Rosters(roster, wanted)
    usual: dict[_Usual[P], int] = defaultdict(int)
    days = []
    for day, own in groupby(lessons, key=lambda lesson: lesson.day):
        where, there = part(day), [(one, rosters.at(one.group_id, day)) for one in own]
        for lesson, seats in there:
            usual[seats, where, lesson.cancelled, lesson.distance, lesson.taken] += 1
        took_place = [(one, seats) for one, seats in there if not one.cancelled]
        days.append(_Day(day, where, took_place, Counter(seats for _, seats in took_place)))
    return Seated(wanted, days, usual, _classes(days))


def _classes(days: Iterable[_Day[P]]) -> dict[tuple[int, P], ClassLessons]:
    held: dict[tuple[int, P], int] = defaultdict(int)
    unfilled: dict[tuple[int, P], int] = defaultdict(int)
    for _, where, lessons, _ in days:
        places = {(own, one.number) for one, seats in lessons for own in seats.classes}
        for class_id, _ in places:
            held[class_id, where] += 1
        for lesson, seats in lessons:
            if not lesson.taken:
                for class_id in seats.classes:
                    unfilled[class_id, where] += 1
    return {key: ClassLessons(number, unfilled.get(key, 0)) for key, number in held.items()}


def count_seated(seats: Seated[P], facts: Facts) -> Counted[tuple[int, P], P]:
    """Everybody as usual, then what was otherwise instead."""
    entries = Entries(facts, seats.wanted)
    unusual: _Unusual[P] = defaultdict(lambda: defaultdict(int))
    full: list[FullDay] = []
    for one in seats.days:
        full.extend(_full_days(one.day, _unusual_of(one, entries, unusual), one.held))
    sums = _usual_sums(seats.usual)
    for (where, distance, taken), found in unusual.items():
        for (pupil_id, state), times in found.items():
            sums.put((pupil_id, where), PRESENT, distance, taken, -times)
            sums.put((pupil_id, where), state, distance, taken, times)
    return Counted(sums.frozen(), tuple(full), seats.classes)


# By part, distance, taken; then by pupil, state.
_Unusual = defaultdict[tuple[P, bool, bool], defaultdict[tuple[int, str], int]]


def _usual_sums(usual: Mapping[_Usual[P], int]) -> Tallies[tuple[int, P]]:
    sums: Tallies[tuple[int, P]] = Tallies()
    for (seats, where, cancelled, distance, taken), times in usual.items():
        state = NOT_HELD if cancelled else PRESENT
        for pupil_id in seats.class_of:
            sums.put((pupil_id, where), state, distance, taken, times)
    return sums


def _unusual_of(one: _Day[P], entries: Entries, unusual: _Unusual[P]) -> dict[int, _PupilDay]:
    """Counts what is unusual on a day; returns the days of the pupils concerned."""
    days: dict[int, _PupilDay] = {}
    for lesson, seats in one.lessons:
        found = entries.unusual(lesson, alone=seats.alone)
        if found:
            sums = unusual[one.part, lesson.distance, lesson.taken]
            for pupil_id, state in found.items():
                if pupil_id in seats.class_of:
                    sums[pupil_id, state] += 1
                    _note(days, pupil_id, state, seats, lesson.taken)
    return days


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


def _full_days(
    day: date, days: Mapping[int, _PupilDay], held: Mapping[_Seats, int]
) -> Iterator[FullDay]:
    """Who missed every lesson held that day but those he is released from."""
    for pupil_id, own in days.items():
        if not own.missed:
            continue
        due = sum(n for seats, n in held.items() if pupil_id in seats.class_of) - own.released
        if own.missed == due:
            yield FullDay(pupil_id, own.class_id, day, own.ill == due)
