"""Движение контингента: who was in a class at the start of a span, came, and left. Pure.

Events are counted, not persons. The first day in a class is the day of the event; leaving one class
for another on the same day is a move inside the school, a return after leaving an arrival from
outside (monitoring-mp1.md §4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

from journal.school.rules import Span

P = TypeVar("P", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ClassStay:
    """A pupil's stay in a class."""

    pupil_id: int
    class_group_id: int
    span: Span


@dataclass(slots=True)
class Moves:
    """Events of a class: of all that came and left, those inside the school apart."""

    arrived: int = 0
    arrived_inside: int = 0
    left: int = 0
    left_inside: int = 0


def joined(stays: Iterable[ClassStay]) -> dict[int, list[ClassStay]]:
    """The stays of each pupil in order; two that meet in one class are one."""
    found: dict[int, list[ClassStay]] = defaultdict(list)
    for stay in sorted(stays, key=lambda one: (one.pupil_id, one.span.starts_on)):
        own = found[stay.pupil_id]
        last = own[-1] if own else None
        same = last is not None and last.class_group_id == stay.class_group_id
        if last is not None and same and last.span.ends_before == stay.span.starts_on:
            span = Span(last.span.starts_on, stay.span.ends_before)
            own[-1] = ClassStay(stay.pupil_id, stay.class_group_id, span)
        else:
            own.append(stay)
    return found


def present_on(pupils: Mapping[int, list[ClassStay]], day: date) -> dict[int, int]:
    """How many pupils each class has on a day."""
    found: dict[int, int] = defaultdict(int)
    for stays in pupils.values():
        for stay in stays:
            found[stay.class_group_id] += stay.span.covers(day)
    return found


def moves(
    pupils: Mapping[int, list[ClassStay]], part: Callable[[int, date], P | None]
) -> dict[tuple[int, P], Moves]:
    """Events by class and part of the span; `part` gives None for days that do not count."""
    found: dict[tuple[int, P], Moves] = defaultdict(Moves)
    for stays in pupils.values():
        meeting = {
            later.span.starts_on
            for earlier, later in pairwise(stays)
            if earlier.span.ends_before == later.span.starts_on
        }
        for stay in stays:
            _arrival(found, stay, part, meeting)
            _leaving(found, stay, part, meeting)
    return found


def _arrival(
    found: dict[tuple[int, P], Moves],
    stay: ClassStay,
    part: Callable[[int, date], P | None],
    meeting: set[date],
) -> None:
    day = stay.span.starts_on
    where = part(stay.class_group_id, day)
    if where is not None:
        found[stay.class_group_id, where].arrived += 1
        found[stay.class_group_id, where].arrived_inside += day in meeting


def _leaving(
    found: dict[tuple[int, P], Moves],
    stay: ClassStay,
    part: Callable[[int, date], P | None],
    meeting: set[date],
) -> None:
    day = stay.span.ends_before
    where = None if day is None else part(stay.class_group_id, day)
    if where is not None:
        found[stay.class_group_id, where].left += 1
        found[stay.class_group_id, where].left_inside += day in meeting


def last_class(stays: Iterable[ClassStay], first: date, before: date) -> int | None:
    """The class of the last day in [first, before) on which the pupil was in one."""
    inside = [
        stay
        for stay in stays
        if stay.span.starts_on < before
        and (stay.span.ends_before is None or stay.span.ends_before > first)
    ]
    return inside[-1].class_group_id if inside else None
