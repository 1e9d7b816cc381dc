"""What stands behind a cell of a school's own table: lessons, pupils, days.

For the school only: names are joined to it by its pages; what is sent holds numbers alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

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
}
"""Which pupil-lessons a graph counts."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What a cell counts: pupil-lessons (L to V), fully missed days (W, X) or pupils (Y, Z, AA)."""

    states: tuple[PupilState, ...] = ()
    days: tuple[FullDay, ...] = ()
    pupils: tuple[PupilOfPeriod, ...] = ()

    @property
    def value(self) -> int:
        """The figure of the cell: as many as stand here."""
        return len(self.states) + len(self.days) + len(self.pupils)


def behind(
    school: School, *, sheet: str, class_id: int, letter: str, thresholds: Mapping[str, int]
) -> Behind:
    """What the cell of that sheet, class and graph counts; nothing for graphs of movement, which
    the orders tell (E to J), and of lessons (K). A year adds its halves, except for pupils."""
    if letter in ("Y", "Z", "AA"):
        own = (one for one in school.pupils(_HALVES.get(sheet)) if one.class_group_id == class_id)
        return Behind(pupils=tuple(one for one in own if one.counts_in(letter, thresholds)))
    halves = [_HALVES[sheet]] if sheet in _HALVES else list(_HALVES.values())
    if letter in ("W", "X"):
        days = (one for half in halves for one in school.full_days(class_id, half))
        return Behind(days=tuple(one for one in days if letter == "W" or one.ill))
    if letter not in STATES:
        return Behind()
    states = (one for half in halves for one in school.pupil_states(class_id, half))
    return Behind(states=tuple(filter(STATES[letter], states)))
