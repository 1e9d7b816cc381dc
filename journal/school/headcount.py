"""Движение контингента: who was in a class at the start of a span, came, and left. Pure.

Events are counted, not persons. The first day in a class is the day of the event; leaving one class
for another on the same day is a move inside the school, a return after leaving an arrival from
outside (monitoring-mp1.md §4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
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


def present_on(pupils: Mapping[int, list[ClassStay]], day: date) -> dict[int, list[int]]:
    """The pupils each class has on a day."""
    found: dict[int, list[int]] = defaultdict(list)
    for pupil_id, stays in pupils.items():
        for stay in stays:
            if stay.span.covers(day):
                found[stay.class_group_id].append(pupil_id)
    return found


@dataclass(frozen=True, slots=True)
class MoveEvent:
    """A pupil came to a class or left it; `other` is the class of this school he came from or
    went to, None outside."""

    pupil_id: int
    class_group_id: int
    day: date
    arrival: bool
    other: int | None


def events(pupils: Mapping[int, list[ClassStay]]) -> Iterator[MoveEvent]:
    """Every beginning and end of a stay, pupil by pupil, in order of time."""
    for pupil_id, stays in pupils.items():
        for before, stay, after in zip([None, *stays], stays, [*stays[1:], None], strict=False):
            first, end = stay.span.starts_on, stay.span.ends_before
            met = before is not None and before.span.ends_before == first
            place = pupil_id, stay.class_group_id
            yield MoveEvent(*place, first, True, before.class_group_id if before and met else None)
            if end is not None:
                meets = after is not None and after.span.starts_on == end
                other = after.class_group_id if after and meets else None
                yield MoveEvent(*place, end, False, other)


def moves(
    happened: Iterable[MoveEvent], part: Callable[[int, date], P | None]
) -> dict[tuple[int, P], Moves]:
    """Events by class and part of the span; `part` gives None for days that do not count."""
    found: dict[tuple[int, P], Moves] = defaultdict(Moves)
    for one in happened:
        where = part(one.class_group_id, one.day)
        if where is not None:
            _add(found[one.class_group_id, where], one)
    return found


def _add(own: Moves, one: MoveEvent) -> None:
    inside = one.other is not None
    if one.arrival:
        own.arrived += 1
        own.arrived_inside += inside
    else:
        own.left += 1
        own.left_inside += inside


def last_class(stays: Iterable[ClassStay], first: date, before: date) -> int | None:
    """The class of the last day in [first, before) on which the pupil was in one."""
    inside = [
        stay
        for stay in stays
        if stay.span.starts_on < before
        and (stay.span.ends_before is None or stay.span.ends_before > first)
    ]
    return inside[-1].class_group_id if inside else None
