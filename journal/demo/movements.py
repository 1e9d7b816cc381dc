"""What happened to the pupils since September, as far as `today`: movements and memberships. Pure.

A movement has its own school day of the year; those that lie in the future have not happened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from journal.demo.calendar import YearCalendar
from journal.demo.load import BOYS_GIRLS, HALVES
from journal.demo.model import Block, DemoCourse, SchoolClass
from journal.demo.pupils import DemoPupil, newcomer

OPEN_END = date.max
_COLLEGE = "ГБПОУ «Зеленоборский политехнический колледж»"
_OTHER_SCHOOL = "МБОУ «СОШ № 14» г. Зеленоборска"
# kind, class it concerns, the class gone to, ordinal of the school day it happens on
_PLAN = (
    ("transfer", "7А", "7Б", 5),
    ("leaving", "4Б", None, 9),
    ("arrival", "6А", None, 12),
    ("transfer", "5Б", "5А", 15),
    ("leaving", "10Б", None, 20),
    ("arrival", "3Б", None, 24),
    ("leaving", "8А", None, 30),
    ("transfer", "2А", "2Б", 41),
    ("return", "4Б", "4А", 44),
    ("arrival", "9Б", None, 52),
    ("leaving", "6Б", None, 70),
    ("arrival", "1Б", None, 82),
    ("transfer", "9А", "9Б", 90),
    ("leaving", "11А", None, 110),
    ("arrival", "5Б", None, 128),
)
_REGROUPED_AFTER = 25  # school days until some change their half of the foreign language
_LATEST_CLASS = "8Б"  # where somebody has just arrived and has no marks yet


@dataclass(frozen=True, slots=True)
class DemoMovement:
    """движение of the pupil `file`; `happens_on` is the first day in the new state."""

    file: str
    happens_on: date
    kind: str
    class_name: str | None
    destination: str | None


@dataclass(frozen=True, slots=True)
class Stay:
    """A pupil's days in a class or a group, half-open."""

    file: str
    place: str
    starts_on: date
    ends_before: date = OPEN_END

    def holds(self, day: date) -> bool:
        """Whether the day is inside."""
        return self.starts_on <= day < self.ends_before


@dataclass(frozen=True, slots=True)
class Population:
    """Everybody who was here this year, what moved, and where each belongs on which days."""

    pupils: tuple[DemoPupil, ...]
    movements: tuple[DemoMovement, ...]
    stays: tuple[Stay, ...]  # in classes
    seats: tuple[Stay, ...]  # in subgroups; the place is the course's key


def populate(
    rng: Random,
    pupils: Sequence[DemoPupil],
    classes: Sequence[SchoolClass],
    blocks: Iterable[Block],
    calendar: YearCalendar,
    today: date,
) -> Population:
    """Let the year happen until `today`."""
    days = list(calendar.school_days(grade=5, days_per_week=5))
    moved, arrived = _happen(rng, pupils, classes, days, today)
    everybody = (*pupils, *arrived)
    stays = tuple(_class_stays(everybody, moved, calendar))
    seats = tuple(_group_stays(everybody, stays, blocks, _regrouping_day(days, today)))
    return Population(everybody, tuple(moved), stays, seats)


def _regrouping_day(days: Sequence[date], today: date) -> date | None:
    return days[_REGROUPED_AFTER] if days[_REGROUPED_AFTER] <= today else None


def _happen(
    rng: Random,
    pupils: Sequence[DemoPupil],
    classes: Sequence[SchoolClass],
    days: Sequence[date],
    today: date,
) -> tuple[list[DemoMovement], list[DemoPupil]]:
    grades = {one.name: one.grade for one in classes}
    free = [one for one in pupils if one.family.number > 10]
    moved: list[DemoMovement] = []
    arrived: list[DemoPupil] = []
    for kind, name, to, ordinal in _PLAN:
        day = days[ordinal]
        if day > today:
            continue
        if kind == "arrival":
            number = 2001 + len(arrived)
            arrived.append(newcomer(rng, name, day, number, grades[name]))
        else:
            moved.append(_movement(kind, name, to, day, free, moved))
    latest = _latest_day(days, today)
    if latest:
        arrived.append(newcomer(Random("latest"), _LATEST_CLASS, latest, 2100, 8))
    return moved, arrived


def _latest_day(days: Sequence[date], today: date) -> date | None:
    """The last school day so far, once the year is three days old and while it lasts."""
    past = [day for day in days if day <= today]
    return past[-1] if 3 <= len(past) < len(days) else None


def _movement(
    kind: str,
    name: str,
    to: str | None,
    day: date,
    free: Sequence[DemoPupil],
    before: Sequence[DemoMovement],
) -> DemoMovement:
    gone = {one.file for one in before}
    if kind == "return":
        left = [one.file for one in before if one.kind == "leaving"]
        file = next(one.file for one in free if one.file in left and one.class_name == name)
        return DemoMovement(file, day, "return", to, None)
    leaving = [one for one in free if one.class_name == name and one.file not in gone]
    chosen = leaving[len(leaving) // 2]
    destination = None
    if kind == "leaving":
        destination = _COLLEGE if name[:-1] in ("10", "11") else _OTHER_SCHOOL
    return DemoMovement(chosen.file, day, kind, to, destination)


def _class_stays(
    pupils: Iterable[DemoPupil], moved: Sequence[DemoMovement], calendar: YearCalendar
) -> Iterator[Stay]:
    by_file = defaultdict(list)
    for movement in moved:
        by_file[movement.file].append(movement)
    for one in pupils:
        start: date | None = max(one.enrolled_on, calendar.starts_on)
        place = one.class_name
        for movement in by_file[one.file]:
            if start is not None:
                yield Stay(one.file, place, start, movement.happens_on)
            start = None if movement.kind == "leaving" else movement.happens_on
            place = movement.class_name or place
        if start is not None:
            yield Stay(one.file, place, start)


def _group_stays(
    pupils: Sequence[DemoPupil],
    stays: Sequence[Stay],
    blocks: Iterable[Block],
    regrouped_on: date | None,
) -> Iterator[Stay]:
    known = {one.file: one for one in pupils}
    in_class = defaultdict(list)
    for stay in stays:
        in_class[stay.place].append(stay)
    for block in blocks:
        groups = {c.subgroup: c for c in block.courses if c.subgroup}
        for name in block.classes if groups else ():
            for stay in in_class[name]:
                yield from _seats(known[stay.file], stay, groups, regrouped_on)


def _seats(
    pupil: DemoPupil,
    stay: Stay,
    groups: dict[str, DemoCourse],
    regrouped_on: date | None,
) -> Iterator[Stay]:
    chosen = _group_of(pupil, tuple(groups))
    key = groups[chosen].key
    changes = (
        groups.keys() == set(HALVES)
        and _ordinal(pupil) % 29 == 9
        and regrouped_on
        and stay.starts_on < regrouped_on < stay.ends_before
    )
    if regrouped_on and changes:
        other = next(group for group in groups if group != chosen)
        yield Stay(stay.file, key, stay.starts_on, regrouped_on)
        yield Stay(stay.file, groups[other].key, regrouped_on, stay.ends_before)
    else:
        yield Stay(stay.file, key, stay.starts_on, stay.ends_before)


def _group_of(pupil: DemoPupil, groups: tuple[str, ...]) -> str:
    """By sex where the groups are of one sex, else every other one of the list."""
    if set(groups) in ({*BOYS_GIRLS}, {"юноши", "девушки"}):
        return groups[pupil.sex == "ж"]
    return groups[_ordinal(pupil) % 2]


def _ordinal(pupil: DemoPupil) -> int:
    """The number of the personal file: pupils of a class have consecutive ones."""
    return int(pupil.file.rpartition("-")[2])


def order_date(happens_on: date) -> date:
    """The day of the order: shortly before."""
    return happens_on - timedelta(days=2)
