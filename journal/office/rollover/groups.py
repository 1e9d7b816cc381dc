"""Pure rules of groups in the coming year: which there will be, and who is in them as last year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from journal.office.rollover.rules import Going, TurnPlan
from journal.people.rules import class_parts

Load = Mapping[str, Sequence["Taught"]]


@dataclass(frozen=True, slots=True)
class Taught:
    """A course: the subject, the subgroup, who taught it last and how much."""

    subject_id: int
    subgroup: str
    staff_id: int | None
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Member:
    """A pupil's place in a subgroup on the last day of the ending year."""

    pupil_id: int
    key: str
    subject_id: int
    subgroup: str


@dataclass(frozen=True, slots=True)
class Place:
    """A named subgroup of the coming year: its classes, its subject, its name."""

    key: str
    subject_id: int
    subgroup: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """What the roll-over proposes: courses by the classes of their group, and who is placed where.

    `undivided` are subgroups nobody was placed into: they are divided by hand.
    """

    courses: Mapping[str, tuple[Taught, ...]]
    members: Mapping[Place, tuple[int, ...]]
    undivided: tuple[Place, ...]

    @property
    def across(self) -> list[str]:
        """The sets of classes that share a group."""
        return sorted(key for key in self.courses if "," in key)

    @property
    def placed(self) -> int:
        """How many places are filled."""
        return sum(len(ids) for ids in self.members.values())


def propose_groups(
    plan: TurnPlan,
    fresh: Iterable[str],
    load: Load,
    members: Iterable[Member],
    old: Mapping[int, str],
) -> Groups:
    """Courses and places for the classes made now (`fresh`); `old` are the ending year's names.

    A class gets the courses its parallel had, with the teacher of its own pupils where one taught
    the subject; classes that shared a group share it again when all of them go on.
    """
    made = set(fresh)
    before = {name: old[class_id] for class_id, name in plan.classes.items() if name}
    courses = {
        name: _with_own(_template(load, name), load.get(before.get(name, ""), ()))
        for name in plan.new_classes
        if name in made
    }
    courses |= _across(load, made, before)
    named = [
        Place(key, one.subject_id, one.subgroup)
        for key, taught in courses.items()
        for one in taught
        if one.subgroup
    ]
    placed = _placed(plan.goings, dict.fromkeys(named), members)
    undivided = tuple(place for place in dict.fromkeys(named) if not placed.get(place))
    return Groups(courses=courses, members=placed, undivided=undivided)


def _template(load: Load, name: str) -> Sequence[Taught]:
    """What a class of this name had, else the first class of its parallel."""
    if name in load:
        return load[name]
    same = [key for key in load if "," not in key and class_parts(key)[0] == class_parts(name)[0]]
    return load[min(same)] if same else ()


def _with_own(template: Iterable[Taught], own: Iterable[Taught]) -> tuple[Taught, ...]:
    known = {(one.subject_id, one.subgroup): one.staff_id for one in own}
    return tuple(
        Taught(
            one.subject_id,
            one.subgroup,
            known.get((one.subject_id, one.subgroup)) or one.staff_id,
            one.hours,
        )
        for one in template
    )


def _across(load: Load, made: set[str], before: Mapping[str, str]) -> dict[str, tuple[Taught, ...]]:
    """Groups of several classes: those the same classes had, else those their pupils had."""
    after = {old: name for name, old in before.items()}
    shared = [key for key in load if "," in key]
    moved = {_key(after.get(name, "") for name in key.split(",")): key for key in shared}
    found = {}
    for key in sorted({*shared, *moved}):
        if not key or not set(key.split(",")) <= made:
            continue
        own = load.get(moved.get(key, ""), ())
        found[key] = _with_own(load.get(key) or own, own)
    return found


def _key(names: Iterable[str]) -> str:
    """The canonical list of classes; empty when one of them does not go on."""
    known = sorted(names, key=class_parts)
    return ",".join(known) if all(known) else ""


def _placed(
    goings: Iterable[Going], places: Iterable[Place], members: Iterable[Member]
) -> dict[Place, tuple[int, ...]]:
    """Each pupil into the subgroup of his coming class that is called as his last one was."""
    homes: defaultdict[tuple[str, int, str, bool], list[Place]] = defaultdict(list)
    for place in places:
        for name in place.key.split(","):
            homes[name, place.subject_id, place.subgroup, "," in place.key].append(place)
    goes = {one.pupil.pupil_id: one.class_name for one in goings}
    found: defaultdict[Place, list[int]] = defaultdict(list)
    for one in members:
        coming = goes.get(one.pupil_id) or ""
        home = homes.get((coming, one.subject_id, one.subgroup, "," in one.key), [])
        if len(home) == 1 and one.pupil_id not in found[home[0]]:
            found[home[0]].append(one.pupil_id)
    return {place: tuple(ids) for place, ids in found.items() if ids}
