"""The load of a demonstration school: classes, courses and who teaches them. Pure.

Hours follow the federal plan closely enough for every course to look familiar.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from journal.demo.model import Block, DemoCourse, Employee, SchoolClass
from journal.demo.names import DATA

TALK = "Разговоры о важном"
SPORT = "Физическая культура"
HALVES = ("1 группа", "2 группа")
BOYS_GIRLS = ("мальчики", "девочки")
PROFILES = ("технологический", "гуманитарный")
_SIZES: dict[int, tuple[int, ...]] = {
    1: (27, 26),
    2: (28, 27),
    3: (28, 26),
    4: (29, 27),
    5: (30, 28),
    6: (28, 28),
}
_SIZES |= {7: (27, 28), 8: (28, 26), 9: (29, 27), 10: (25, 24), 11: (24,)}
_PROFILE_PAIRS = (
    ("Практикум по физике", "Практикум по обществознанию"),
    ("Практикум по математике", "Практикум по русскому языку"),
)
_FORTNIGHTLY = {
    5: ("Функциональная грамотность", "Финансовая грамотность"),
    6: ("Функциональная грамотность", "Финансовая грамотность"),
    10: ("Россия — мои горизонты", "Финансовая грамотность"),
    11: ("Россия — мои горизонты", "Финансовая грамотность"),
}
_ONE, _HALF = Decimal(1), Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Subject:
    """A row of data/subjects.csv; `family` chooses phrases for topics, homework and works."""

    name: str
    short: str
    area: str
    scale: str
    family: str


@cache
def subjects() -> dict[str, Subject]:
    """Every subject of the school by name, in curriculum order."""
    return {row["name"]: Subject(**row) for row in rows_of("subjects.csv")}


def rows_of(file: str) -> list[dict[str, str]]:
    """The rows of a «;»-separated table of data/."""
    with (DATA / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def school_classes() -> tuple[SchoolClass, ...]:
    """Twenty-one classes: А and Б in every parallel, 11А alone."""
    return tuple(
        SchoolClass(name=f"{grade}{letter}", grade=grade, letter=letter, size=size)
        for grade, sizes in _SIZES.items()
        for letter, size in zip("АБ", sizes, strict=False)
    )


def blocks(classes: Iterable[SchoolClass]) -> tuple[Block, ...]:
    """What must be put into the timetable, teachers not yet named."""
    found = [block for one in classes for block in _class_blocks(one)]
    tens = tuple(one.name for one in classes if one.grade == 10)
    for pair in _PROFILE_PAIRS:
        found.append(_together(tens, 10, zip(pair, PROFILES, strict=True), 2))
        found.append(_together(("11А",), 11, zip(pair, PROFILES, strict=True), 2))
    found.append(_together(tens, 10, [(SPORT, "юноши"), (SPORT, "девушки")], 2))
    return tuple(found)


def _class_blocks(one: SchoolClass) -> list[Block]:
    found = []
    for row in rows_of("load.csv"):
        hours = int(row[str(one.grade)] or 0)
        if hours and not (one.grade == 10 and row["subject"] == SPORT):
            groups = _subgroups(row["split"], one.grade)
            parts = [(row["subject"], group) for group in groups]
            found.append(_together((one.name,), one.grade, parts, hours))
    if one.grade in _FORTNIGHTLY:
        found.append(_alternating(one, *_FORTNIGHTLY[one.grade]))
    return found


def _subgroups(split: str, grade: int) -> tuple[str, ...]:
    if split == "halves":
        return HALVES
    return BOYS_GIRLS if split == "sexes" and 5 <= grade <= 8 else ("",)


def _together(
    names: tuple[str, ...], grade: int, parts: Iterable[tuple[str, str]], hours: int
) -> Block:
    courses = tuple(
        DemoCourse(
            classes=names, grade=grade, subject=subject, subgroup=group, hours=Decimal(hours)
        )
        for subject, group in parts
    )
    return Block(names, courses, hours)


def _alternating(one: SchoolClass, odd: str, even: str) -> Block:
    courses = tuple(
        DemoCourse(classes=(one.name,), grade=one.grade, subject=name, hours=_HALF, week=week)
        for name, week in ((odd, "odd"), (even, "even"))
    )
    return Block((one.name,), courses, 1)


def teach(
    wanted: Sequence[Block],
    staff: Sequence[Employee],
    leaders: dict[str, int],
    wishes: Mapping[tuple[str, str, str], int],
) -> tuple[Block, ...]:
    """Name a teacher for every course: the same one for a subject family of a class, evenly.

    `leaders` maps a class to the index of its class teacher: in grades 1–4 she teaches nearly
    everything, elsewhere the talk hour and her own subjects. `wishes` are settled beforehand:
    (class, group of colleagues, subgroup) -> index.
    """
    assigned: dict[str, int] = {}
    weights: Counter[int] = Counter()
    kept = dict(wishes)
    courses = [course for block in wanted for course in block.courses]
    for course in sorted(courses, key=lambda c: (-len(c.classes), -c.hours, c.grade, c.key)):
        busy = {assigned[c.key] for c in _siblings(course, wanted) if c.key in assigned}
        chosen = _teacher(course, staff, leaders, kept, weights, busy)
        assigned[course.key] = chosen
        weights[chosen] += int(course.hours * 2)
        kept[(course.classes[0], staff[chosen].key, course.subgroup)] = chosen
    return tuple(
        replace(block, courses=tuple(replace(c, teacher=assigned[c.key]) for c in block.courses))
        for block in wanted
    )


def _siblings(course: DemoCourse, wanted: Sequence[Block]) -> tuple[DemoCourse, ...]:
    block = next(block for block in wanted if course in block.courses)
    return tuple(other for other in block.courses if other is not course)


def _teacher(
    course: DemoCourse,
    staff: Sequence[Employee],
    leaders: dict[str, int],
    kept: dict[tuple[str, str, str], int],
    weights: Counter[int],
    busy: set[int],
) -> int:
    leader = leaders[course.classes[0]]
    if course.subject == TALK or (course.grade <= 4 and _able(staff[leader], course)):
        return leader
    able = [i for i, one in enumerate(staff) if _able(one, course) and i not in busy]
    if course.grade > 4:
        able = [i for i in able if staff[i].key != "primary"]
    for index in able:
        if kept.get((course.classes[0], staff[index].key, course.subgroup)) == index:
            return index
    if leader in able:
        return leader
    return min(able, key=lambda index: (weights[index], index))


def _able(one: Employee, course: DemoCourse) -> bool:
    exact = f"{course.subject}:{course.subgroup}"
    if course.subgroup in (*BOYS_GIRLS, "юноши", "девушки"):
        return exact in one.subjects
    return course.subject in one.subjects


def weekly_hours(chosen: Iterable[Block]) -> dict[int, Decimal]:
    """Hours a week of every teacher."""
    hours: dict[int, Decimal] = defaultdict(Decimal)
    for block in chosen:
        for course in block.courses:
            hours[course.teacher] += course.hours
    return dict(hours)
