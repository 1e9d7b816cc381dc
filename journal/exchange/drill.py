"""What stands behind a cell of a school's own table: lessons, pupils, days, orders.

For the school only: names are joined to it by its pages; what is sent holds numbers alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from journal.attendance.rules.counting import FullDay, PupilState
from journal.attendance.rules.states import (
    ILL,
    INVALID,
    LATE,
    MISSED,
    NOT_HELD,
    RELEASED,
    UNKNOWN,
    VALID,
)
from journal.exchange.calendar import FIRST_HALF, SECOND_HALF
from journal.exchange.forms.mp1 import H1, H2
from journal.exchange.school import PupilOfPeriod, School
from journal.school.headcount import MoveEvent

_HALVES = {H1: FIRST_HALF, H2: SECOND_HALF}


def _due(one: PupilState) -> bool:
    return one.state not in (NOT_HELD, RELEASED)


STATES: Mapping[str, Callable[[PupilState], bool]] = {
    "L": lambda one: True,
    "M": lambda one: one.state == NOT_HELD,
    "N": lambda one: one.state == RELEASED,
    "O": _due,
    "P": lambda one: _due(one) and one.lesson.distance,
    "Q": lambda one: one.state in MISSED,
    "R": lambda one: one.state == ILL,
    "S": lambda one: one.state == VALID,
    "T": lambda one: one.state == INVALID,
    "U": lambda one: one.state == UNKNOWN,
    "V": lambda one: one.state == LATE,
    "AB": lambda one: _due(one) and one.state not in MISSED,
    "AC": lambda one: one.state in MISSED,
    "AD": lambda one: one.state == ILL,
    "AE": lambda one: one.state == INVALID,
    "AF": lambda one: one.state in MISSED,
}
"""Which pupil-lessons a graph counts; of a share, those it divides by what was to be attended."""
EVENTS: Mapping[str, Callable[[MoveEvent], bool]] = {
    "F": lambda one: one.arrival,
    "G": lambda one: one.arrival and one.other is not None,
    "H": lambda one: not one.arrival,
    "I": lambda one: not one.arrival and one.other is not None,
}
"""Which orders a graph of movement counts."""


class Place(NamedTuple):
    """A place of the timetable at which the class had a lesson: two subgroups at once are one."""

    day: date
    number: int
    lesson_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """What a cell counts: pupils enrolled (E, J), orders (F to I), places of the timetable (K),
    pupil-lessons (L to V, and the shares), fully missed days (W, X) or pupils (Y, Z, AA)."""

    members: tuple[int, ...] = ()
    events: tuple[MoveEvent, ...] = ()
    places: tuple[Place, ...] = ()
    states: tuple[PupilState, ...] = ()
    days: tuple[FullDay, ...] = ()
    pupils: tuple[PupilOfPeriod, ...] = ()

    @property
    def value(self) -> int:
        """As many as stand here: the figure of the cell, of a share its numerator."""
        kinds = (self.members, self.events, self.places, self.states, self.days, self.pupils)
        return sum(map(len, kinds))


def behind(
    school: School, *, sheet: str, class_id: int, letter: str, thresholds: Mapping[str, int]
) -> Behind:
    """What the cell of that sheet, class and graph counts. A year adds its halves, except for the
    pupils of Y, Z and AA, who are counted anew."""
    halves = [_HALVES[sheet]] if sheet in _HALVES else list(_HALVES.values())
    if letter in ("E", "J"):
        return Behind(members=_members(school, class_id, sheet, at_end=letter == "J"))
    if letter in EVENTS:
        happened = (one for half in halves for one in school.events(class_id, half))
        return Behind(events=tuple(filter(EVENTS[letter], happened)))
    if letter in ("W", "X"):
        days = (one for half in halves for one in school.full_days(class_id, half))
        return Behind(days=tuple(one for one in days if letter == "W" or one.ill))
    if letter in ("Y", "Z", "AA"):
        own = (one for one in school.pupils(_HALVES.get(sheet)) if one.class_group_id == class_id)
        return Behind(pupils=tuple(one for one in own if one.counts_in(letter, thresholds)))
    states = [one for half in halves for one in school.pupil_states(class_id, half)]
    if letter == "K":
        return Behind(places=_places(states))
    return Behind(states=tuple(filter(STATES[letter], states)))


def _members(school: School, class_id: int, sheet: str, *, at_end: bool) -> tuple[int, ...]:
    """Who is in the class when the period begins, or ends: the orders, one after the other."""
    passed = [FIRST_HALF] if sheet == H2 else []
    if at_end:
        passed = [FIRST_HALF] if sheet == H1 else [FIRST_HALF, SECOND_HALF]
    found = dict.fromkeys(school.started(class_id))
    for one in (one for half in passed for one in school.events(class_id, half)):
        if one.arrival:
            found[one.pupil_id] = None
        else:
            found.pop(one.pupil_id, None)
    return tuple(found)


def _places(states: Iterable[PupilState]) -> tuple[Place, ...]:
    found: dict[tuple[date, int], dict[int, None]] = {}
    for one in states:
        if not one.lesson.cancelled:
            found.setdefault((one.lesson.day, one.lesson.number), {})[one.lesson.id] = None
    return tuple(Place(day, number, tuple(ids)) for (day, number), ids in sorted(found.items()))
