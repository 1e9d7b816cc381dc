"""A timetable without conflicts: a greedy beginning, then repair by exchanging hours. Pure.

Every class fills its days from the first lesson without gaps, so the hours of a class are a
permutation of its places; a conflict is a teacher in two places at once. Blocks of several classes
are placed first and stay. The search exchanges two hours of one class as long as conflicts remain.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from random import Random

from journal.demo.model import Block, Placement, SchoolClass

Place = tuple[int, int]  # weekday 1–6, lesson number
_MAX_STEPS = 60_000
_TABU = 12


class Unsolvable(Exception):
    """No timetable was found within the steps allowed; another seed may find one."""


def solve(
    classes: Sequence[SchoolClass],
    blocks: Sequence[Block],
    rng: Random,
    pinned: Iterable[Placement] = (),
) -> tuple[Placement, ...]:
    """Weekly places of every block. `pinned` places are kept as they are."""
    search = _Search(classes, blocks, rng, tuple(pinned))
    search.run()
    return tuple(search.placements())


def day_lengths(hours: int, days: int) -> list[int]:
    """Lessons of every weekday, the longer days in the middle of the week."""
    base, more = divmod(hours, days)
    lengths = [base] * days
    for day in (1, 2, 3, 0, 4, 5)[:more] if days > 5 else (1, 2, 3, 0)[:more]:
        lengths[day] += 1
    return lengths


class _Search:
    """The state of one search: what stands at each place of each class, who is busy when."""

    def __init__(
        self,
        classes: Sequence[SchoolClass],
        blocks: Sequence[Block],
        rng: Random,
        pinned: tuple[Placement, ...],
    ) -> None:
        self.rng, self.blocks = rng, blocks
        self.places = {one.name: self._places(one) for one in classes}
        self.table: dict[str, dict[Place, int]] = {one.name: {} for one in classes}
        self.fixed: dict[str, set[Place]] = defaultdict(set)
        self.busy: Counter[tuple[int, Place]] = Counter()
        self.teachers = [tuple(block.teachers) for block in blocks]
        self.left = [block.sessions for block in blocks]
        for one in pinned:
            self._fix(one.block, (one.weekday, one.number))
        self._place_shared()
        self._fill()

    def _places(self, one: SchoolClass) -> list[Place]:
        hours = sum(block.sessions for block in self.blocks if one.name in block.classes)
        lengths = day_lengths(hours, one.days_per_week)
        return [(day, n) for day, length in enumerate(lengths, 1) for n in range(1, length + 1)]

    def _put(self, name: str, place: Place, block: int) -> None:
        self.table[name][place] = block
        for teacher in self.teachers[block]:
            self.busy[teacher, place] += 1

    def _fix(self, block: int, place: Place) -> None:
        """Put a session where it stays: the teachers are counted once for all its classes."""
        first, *others = self.blocks[block].classes
        self._put(first, place, block)
        for name in self.blocks[block].classes:
            self.fixed[name].add(place)
        for name in others:
            self.table[name][place] = block
        self.left[block] -= 1

    def _place_shared(self) -> None:
        for index, block in enumerate(self.blocks):
            while len(block.classes) > 1 and self.left[index]:
                self._fix(index, self._common_place(index))

    def _common_place(self, index: int) -> Place:
        block = self.blocks[index]
        first = self.places[block.classes[0]]
        days = {day for day, _ in self._places_of(index)}
        free = [
            place
            for place in first
            if all(place in self.places[n] and place not in self.table[n] for n in block.classes)
            and not any(self.busy[teacher, place] for teacher in self.teachers[index])
            and place[0] not in days
        ]
        if not free:
            raise Unsolvable(f"no common place for {block.classes}")
        return self.rng.choice(free)

    def _places_of(self, index: int) -> list[Place]:
        name = self.blocks[index].classes[0]
        return [place for place, block in self.table[name].items() if block == index]

    def _fill(self) -> None:
        for name, places in self.places.items():
            rest = [
                index
                for index, block in enumerate(self.blocks)
                if name in block.classes
                for _ in range(self.left[index])
            ]
            self.rng.shuffle(rest)
            free = [place for place in places if place not in self.table[name]]
            for place, block in zip(free, rest, strict=True):
                self._put(name, place, block)

    def run(self) -> None:
        """Exchange hours until nobody is in two places and no class has a subject twice a day."""
        tabu: dict[tuple[str, Place, int], int] = {}
        for step in range(_MAX_STEPS):
            troubled = self._troubled()
            if not troubled:
                return
            name, place = self.rng.choice(troubled)
            other = self._best_exchange(name, place, tabu, step)
            tabu[name, place, self.table[name][place]] = step + _TABU
            tabu[name, other, self.table[name][other]] = step + _TABU
            self._exchange(name, place, other)
        raise Unsolvable("conflicts remain")

    def _troubled(self) -> list[tuple[str, Place]]:
        return [
            (name, place)
            for name, table in self.table.items()
            for place, block in table.items()
            if place not in self.fixed[name] and self._cost(name, place, block)
        ]

    def _cost(self, name: str, place: Place, block: int) -> int:
        cost = 4 * sum(self.busy[teacher, place] > 1 for teacher in self.teachers[block])
        table = self.table[name]
        same = sum(1 for (day, _), other in table.items() if day == place[0] and other == block)
        days = len({day for day, _ in self.places[name]})
        allowed = -(-self.blocks[block].sessions // days)
        return cost + 2 * max(0, same - allowed)

    def _best_exchange(
        self, name: str, place: Place, tabu: dict[tuple[str, Place, int], int], step: int
    ) -> Place:
        table = self.table[name]
        best: list[Place] = []
        least: float = float("inf")
        for other in self.places[name]:
            if other in self.fixed[name] or table[other] == table[place]:
                continue
            cost = self._cost_after(name, place, other)
            if tabu.get((name, other, table[place]), 0) > step:
                cost += 3
            if cost < least:
                best, least = [other], cost
            elif cost == least:
                best.append(other)
        return self.rng.choice(best)

    def _cost_after(self, name: str, place: Place, other: Place) -> int:
        before = self._pair_cost(name, place, other)
        self._exchange(name, place, other)
        after = self._pair_cost(name, place, other)
        self._exchange(name, place, other)
        return after - before

    def _pair_cost(self, name: str, place: Place, other: Place) -> int:
        table = self.table[name]
        return self._cost(name, place, table[place]) + self._cost(name, other, table[other])

    def _exchange(self, name: str, place: Place, other: Place) -> None:
        table = self.table[name]
        first, second = table[place], table[other]
        for block, old, new in ((first, place, other), (second, other, place)):
            for teacher in self.teachers[block]:
                self.busy[teacher, old] -= 1
                self.busy[teacher, new] += 1
        table[place], table[other] = second, first

    def placements(self) -> Iterable[Placement]:
        """The result, each session of a block of several classes once."""
        for name, table in self.table.items():
            for (day, number), block in sorted(table.items()):
                if self.blocks[block].classes[0] == name:
                    yield Placement(block, day, number)
