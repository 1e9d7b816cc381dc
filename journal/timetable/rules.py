"""Pure rules of the timetable: when two lessons cannot be at the same time, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from journal.core.messages import N_, Message


class Reason(StrEnum):
    """Why two lessons cannot be held at once."""

    TEACHER = "teacher"
    ROOM = "room"
    CLASS = "class"
    PUPIL = "pupil"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """What a lesson takes. `members` are the pupils of a subgroup; empty `group` = the classes."""

    staff_id: int
    room_id: int | None
    group_id: int
    group: str
    classes: frozenset[str]
    members: frozenset[int] = frozenset()


def clash(one: Taking, other: Taking) -> frozenset[Reason]:
    """Why the two cannot be held at the same time; empty when they can. Symmetric."""
    found = set()
    if one.staff_id == other.staff_id:
        found.add(Reason.TEACHER)
    if one.room_id is not None and one.room_id == other.room_id:
        found.add(Reason.ROOM)
    if one.group_id == other.group_id or _whole_class_twice(one, other):
        found.add(Reason.CLASS)
    elif one.members & other.members:
        found.add(Reason.PUPIL)
    return frozenset(found)


def _whole_class_twice(one: Taking, other: Taking) -> bool:
    """A whole class and anything else of it; two subgroups may share the hour."""
    return bool(one.classes & other.classes) and not (one.group and other.group)


_WORDS: dict[Reason, Message] = {
    Reason.TEACHER: N_("the teacher has another lesson then: %(lesson)s"),
    Reason.ROOM: N_("the room is taken then: %(lesson)s"),
    Reason.CLASS: N_("the class has another lesson then: %(lesson)s"),
    Reason.PUPIL: N_("some pupils have another lesson then: %(lesson)s"),
}


def clash_words(reasons: Iterable[Reason], lesson: str) -> list[Message]:
    """The reasons as sentences, in a fixed order; `lesson` names the other one."""
    found = frozenset(reasons)
    return [
        Message(words.key, {"lesson": lesson})
        for reason, words in _WORDS.items()
        if reason in found
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherBells:
    """`instead_id` rings instead of `schedule_id` on a weekday, or on one date; no grades = all."""

    schedule_id: int
    instead_id: int
    weekday: int | None
    held_on: date | None
    grades: frozenset[int]


def bells_on(
    schedule_id: int, day: date, weekday: int, grade: int, others: Iterable[OtherBells]
) -> int:
    """The bell schedule of the day: a date outdoes a weekday, a named grade outdoes all.

    `weekday` is the one whose lessons are held that day, which a moved day changes.
    """
    fitting = [
        one
        for one in others
        if one.schedule_id == schedule_id
        and (not one.grades or grade in one.grades)
        and (one.held_on == day or (one.held_on is None and one.weekday == weekday))
    ]
    best = max(fitting, key=lambda one: (one.held_on is not None, bool(one.grades)), default=None)
    return best.instead_id if best else schedule_id


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPlace:
    """A weekly lesson where it stands; `times` are the usual bells of its group, if they ring."""

    id: int
    weekday: int
    number: int
    week_kind: str
    times: tuple[time, time] | None
    taking: Taking

    def meets(self, other: WeekPlace) -> bool:
        """Whether both are on at the same time in some week; shifts are told apart by bells."""
        if self.weekday != other.weekday or {self.week_kind, other.week_kind} == {"odd", "even"}:
            return False
        if self.times is None or other.times is None:
            return self.number == other.number
        return self.times[0] < other.times[1] and other.times[0] < self.times[1]


@dataclass(frozen=True, slots=True)
class Conflict:
    """The id of the other lesson and why both cannot be."""

    other: int
    reasons: frozenset[Reason]


def week_conflicts(places: Iterable[WeekPlace]) -> dict[int, tuple[Conflict, ...]]:
    """The conflicts of each lesson that has any. Symmetric: each names the other."""
    found: dict[int, dict[int, frozenset[Reason]]] = {}
    for one, other in _near(places):
        if other.id in found.get(one.id, {}) or not one.meets(other):
            continue
        reasons = clash(one.taking, other.taking)
        if reasons:
            found.setdefault(one.id, {})[other.id] = reasons
            found.setdefault(other.id, {})[one.id] = reasons
    return {
        key: tuple(Conflict(other, reasons) for other, reasons in sorted(others.items()))
        for key, others in found.items()
    }


def _near(places: Iterable[WeekPlace]) -> Iterator[tuple[WeekPlace, WeekPlace]]:
    """Pairs that share a day and a teacher, a room or a class: nothing else can conflict."""
    buckets: dict[tuple[str, int, object], list[WeekPlace]] = {}
    for one in places:
        keys: list[tuple[str, object]] = [("teacher", one.taking.staff_id)]
        keys += [("room", one.taking.room_id)] if one.taking.room_id is not None else []
        keys += [("class", name) for name in one.taking.classes]
        for kind, value in keys:
            bucket = buckets.setdefault((kind, one.weekday, value), [])
            yield from ((one, other) for other in bucket)
            bucket.append(one)


def conflicts_with(wanted: WeekPlace, places: Iterable[WeekPlace]) -> tuple[Conflict, ...]:
    """What a lesson would run into where it is wanted."""
    found = []
    for other in places:
        if other.id != wanted.id and wanted.meets(other):
            reasons = clash(wanted.taking, other.taking)
            if reasons:
                found.append(Conflict(other.id, reasons))
    return tuple(found)
