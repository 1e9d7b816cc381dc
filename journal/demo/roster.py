"""Who is in a course on a day: in its class **and** in its subgroup. Pure."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from journal.demo.model import DemoCourse
from journal.demo.movements import Population, Stay


class Rosters:
    """Answers the roster of a course on a day; made once for a school."""

    def __init__(self, population: Population) -> None:
        self._classes = _by_place(population.stays)
        self._groups = _by_place(population.seats)
        self._changes = sorted(
            {stay.starts_on for stay in (*population.stays, *population.seats)}
            | {stay.ends_before for stay in (*population.stays, *population.seats)}
        )
        self._known: dict[tuple[str, int], tuple[str, ...]] = {}

    def on(self, course: DemoCourse, day: date) -> tuple[str, ...]:
        """Personal files, in order."""
        era = sum(1 for change in self._changes if change <= day)
        found = self._known.get((course.key, era))
        if found is None:
            found = self._known[course.key, era] = self._roster(course, day)
        return found

    def _roster(self, course: DemoCourse, day: date) -> tuple[str, ...]:
        inside = {
            stay.file for name in course.classes for stay in self._classes[name] if stay.holds(day)
        }
        if course.subgroup:
            inside &= {seat.file for seat in self._groups[course.key] if seat.holds(day)}
        return tuple(sorted(inside))


def _by_place(stays: tuple[Stay, ...]) -> dict[str, list[Stay]]:
    found = defaultdict(list)
    for stay in stays:
        found[stay.place].append(stay)
    return found
