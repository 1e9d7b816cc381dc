"""The weekly editor's page: a class's week of one version, what is left to place, what collides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.errors import NotFound
from journal.core.messages import Message
from journal.school.directory import RoomRow, room_rows
from journal.school.models import ClassGroup
from journal.timetable.loads import Load, loads
from journal.timetable.plan import (
    PlanSlot,
    VersionHead,
    group_members,
    place_of,
    plan_slots,
    version_head,
)
from journal.timetable.rules import (
    Conflict,
    Taking,
    WeekPlace,
    clash_words,
    conflicts_with,
    week_conflicts,
)
from journal.timetable.week import bells_of_class

NUMBERS_WITHOUT_BELLS = range(1, 9)
WISHED = -1  # the id of a lesson that is not placed yet


@dataclass(frozen=True, slots=True)
class Taken:
    """What is in the planner's hand: an hour of a course, or a placed lesson."""

    course_id: int | None = None
    slot_id: int | None = None


@dataclass(frozen=True, slots=True)
class EditorSlot:
    """A placed lesson and, in words, what it collides with."""

    slot: PlanSlot
    conflicts: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class EditorCell:
    """A weekday and number of the class. `against` says what stands against what is in the hand;
    None when the hand is empty."""

    weekday: int
    number: int
    slots: tuple[EditorSlot, ...]
    against: tuple[Message, ...] | None


@dataclass(frozen=True, slots=True)
class EditorRow:
    """One lesson number with its bell, if it rings."""

    number: int
    times: tuple[time, time] | None
    cells: tuple[EditorCell, ...]


@dataclass(frozen=True, slots=True)
class ClassSummary:
    """A class of the choice above the editor: hours left to place, lessons that collide."""

    id: int
    name: str
    left: Decimal
    conflicts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorPage:
    """Everything the page shows."""

    head: VersionHead
    class_id: int
    class_name: str
    classes: tuple[ClassSummary, ...]
    weekdays: tuple[int, ...]
    rows: tuple[EditorRow, ...]
    loads: tuple[Load, ...]
    taken: Taken
    chosen: EditorSlot | None
    chosen_load: Load | None
    rooms: tuple[RoomRow, ...]
    busy_rooms: frozenset[int]

    @property
    def in_hand(self) -> str | None:
        """What is in the hand, by name."""
        if self.chosen is not None:
            return self.chosen.slot.title
        wanted = (one for one in self.loads if one.course_id == self.taken.course_id)
        return next((one.title for one in wanted), None)


def editor_page(
    session: Session, timetable_id: int, *, class_id: int | None, taken: Taken
) -> EditorPage:
    """The week of a class. The number of queries does not depend on the school's size."""
    head = version_head(session, timetable_id)
    classes = _classes(session, head.academic_year_id)
    if not classes:
        raise NotFound()
    chosen = classes.get(class_id or 0) or next(iter(classes.values()))
    slots = plan_slots(session, head.id)
    every_load = loads(session, head, slots)
    groups = {one.group_id for one in slots if one.group}
    groups |= {one.group_id for one in every_load if one.group}
    book = _Book(head, slots, group_members(session, groups, head.span), every_load)
    bells = {n: (b.starts_at, b.ends_at) for n, b in bells_of_class(session, chosen.id).items()}
    return book.page(classes, chosen, bells, taken, room_rows(session))


@dataclass(frozen=True, slots=True)
class _Class:
    id: int
    name: str
    days: int


def _classes(session: Session, year_id: int) -> dict[int, _Class]:
    rows = session.execute(
        select(ClassGroup.id, ClassGroup.name, ClassGroup.days_per_week)
        .where(ClassGroup.academic_year_id == year_id)
        .order_by(ClassGroup.grade, ClassGroup.name)
    )
    return {row.id: _Class(row.id, row.name, row.days_per_week) for row in rows}


class _Book:
    """A version, read whole; pages are cut out of it purely."""

    def __init__(
        self,
        head: VersionHead,
        slots: Sequence[PlanSlot],
        members: Mapping[int, frozenset[int]],
        every_load: Sequence[Load],
    ) -> None:
        self._head, self._slots, self._loads = head, slots, every_load
        self._members = members
        self._places = [place_of(one, members.get(one.group_id, frozenset())) for one in slots]
        self._known = {one.id: one for one in slots}
        self._conflicts = week_conflicts(self._places)

    def page(
        self,
        classes: Mapping[int, _Class],
        chosen: _Class,
        bells: Mapping[int, tuple[time, time]],
        taken: Taken,
        rooms: Sequence[RoomRow],
    ) -> EditorPage:
        """The page of one class."""
        own = [one for one in self._slots if chosen.name in one.classes]
        weekdays = range(1, 7 if chosen.days > 5 or any(s.weekday == 6 for s in own) else 6)
        in_hand = self._known.get(taken.slot_id or 0)
        return EditorPage(
            head=self._head,
            class_id=chosen.id,
            class_name=chosen.name,
            classes=tuple(self._summaries(classes)),
            weekdays=tuple(weekdays),
            rows=tuple(self._rows(own, weekdays, bells, self._wish(taken))),
            loads=self._loads_of(chosen.name),
            taken=taken,
            chosen=self._shown(in_hand) if in_hand else None,
            chosen_load=self._load(in_hand.course_id) if in_hand else None,
            rooms=tuple(rooms),
            busy_rooms=self._busy_rooms(in_hand),
        )

    def _loads_of(self, name: str) -> tuple[Load, ...]:
        return tuple(one for one in self._loads if name in one.classes_key.split(","))

    def _load(self, course_id: int | None) -> Load | None:
        return next((one for one in self._loads if one.course_id == course_id), None)

    def _summaries(self, classes: Mapping[int, _Class]) -> list[ClassSummary]:
        left: dict[str, Decimal] = defaultdict(Decimal)
        for load in self._loads:
            for name in load.classes_key.split(","):
                left[name] += max(load.left, Decimal(0))
        collide: dict[str, int] = defaultdict(int)
        for slot_id in self._conflicts:
            for name in self._known[slot_id].classes:
                collide[name] += 1
        return [
            ClassSummary(one.id, one.name, left[one.name], collide[one.name])
            for one in classes.values()
        ]

    def _wish(self, taken: Taken) -> WeekPlace | None:
        """What is in the hand, as the rule of conflicts sees it; its place comes from the cell."""
        for place in self._places:
            if place.id == taken.slot_id:
                return place
        load = self._load(taken.course_id)
        if load is None or not load.teachers:
            return None
        taking = Taking(
            staff_id=load.teachers[0][0],
            room_id=None,
            group_id=load.group_id,
            group=load.group,
            classes=frozenset(load.classes_key.split(",")),
            members=self._members.get(load.group_id, frozenset()),
        )
        return WeekPlace(
            id=WISHED, weekday=1, number=1, week_kind="every", times=None, taking=taking
        )

    def _rows(
        self,
        own: Sequence[PlanSlot],
        weekdays: range,
        bells: Mapping[int, tuple[time, time]],
        wish: WeekPlace | None,
    ) -> list[EditorRow]:
        numbers = {*(bells or NUMBERS_WITHOUT_BELLS), *(one.number for one in own)}
        cells: dict[tuple[int, int], list[EditorSlot]] = defaultdict(list)
        for one in own:
            cells[one.weekday, one.number].append(self._shown(one))

        def cell(day: int, number: int) -> EditorCell:
            against = self._against(wish, day, number, bells.get(number))
            return EditorCell(day, number, tuple(cells.get((day, number), ())), against)

        return [
            EditorRow(number, bells.get(number), tuple(cell(day, number) for day in weekdays))
            for number in range(min(numbers), max(numbers) + 1)
        ]

    def _against(
        self, wish: WeekPlace | None, day: int, number: int, times: tuple[time, time] | None
    ) -> tuple[Message, ...] | None:
        if wish is None:
            return None
        there = replace(wish, weekday=day, number=number, times=times)
        return self._said(conflicts_with(there, self._places))

    def _shown(self, slot: PlanSlot) -> EditorSlot:
        return EditorSlot(slot, self._said(self._conflicts.get(slot.id, ())))

    def _said(self, conflicts: Sequence[Conflict]) -> tuple[Message, ...]:
        return tuple(
            words
            for one in conflicts
            for words in clash_words(one.reasons, self._known[one.other].title)
        )

    def _busy_rooms(self, slot: PlanSlot | None) -> frozenset[int]:
        """Rooms taken when the chosen lesson is on."""
        if slot is None:
            return frozenset()
        here = place_of(slot, frozenset())
        return frozenset(
            one.taking.room_id
            for one in self._places
            if one.id != slot.id and one.taking.room_id is not None and one.meets(here)
        )
