"""The pupils of the demonstration school, family by family. Pure.

Everything follows from the year alone, so that a demonstration made tomorrow shows the same
people; what happened to them since September is in `movements`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from journal.demo.model import Employee, SchoolClass
from journal.demo.names import Name, draw_surname, masculine, name_lists, patronymic, surname_for

FAMILY_CLASSES = ("5А", "10А")  # the two children of the parent whose login is printed
_STAFF_CHILDREN = (("6Б", "8А"), ("3А",))
_SIBLING_SHARE = 0.16


@dataclass(frozen=True, slots=True)
class Family:
    """Children of one house: the surname in the man's form and the father's given name.

    `mother` is the personnel number of a mother who works here.
    """

    number: int
    surname: str
    father: str | None
    mother: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPupil:
    """обучающийся. `skill` is the mean of the marks he would get; `health` scales illness."""

    file: str
    name: Name
    sex: str
    born_on: date
    class_name: str
    enrolled_on: date
    email: str | None
    skill: float
    health: float
    family: Family


@dataclass(frozen=True, slots=True)
class _Remarkable:
    """A pupil whose name screens stumble over: sixty letters, two letters, the same twice."""

    class_name: str
    sex: str
    surname: str
    father: str | None
    given_name: str


_REMARKABLE = (
    _Remarkable("8Б", "ж", "Рождественский-Преображенский", "Дмитрий", "Александра-Виктория"),
    _Remarkable("6А", "м", "Смирнов", "Сергей", "Артём"),
    _Remarkable("6А", "м", "Смирнов", "Сергей", "Артём"),
    _Remarkable("4А", "м", "Ли", None, "Ян"),
    _Remarkable("7А", "ж", "Соловьёв", "Фёдор", "Алёна"),
)


def make_pupils(
    rng: Random, classes: Sequence[SchoolClass], staff: Sequence[Employee], first_year: int
) -> tuple[DemoPupil, ...]:
    """Everybody who learns here on 1 September, class by class."""
    by_name = {one.name: one for one in classes}
    seats = [one for one in classes for _ in range(one.size)]
    drafts: list[tuple[SchoolClass, Family, _Remarkable | None]] = []
    for family, names, draft in _families(rng, seats, staff):
        drafts += [(by_name[name], family, draft) for name in names]
    places = {one.name: place for place, one in enumerate(classes)}
    drafts.sort(key=lambda draft: (places[draft[0].name], draft[1].surname, draft[1].number))
    return tuple(
        _pupil(rng, one, family, draft, first_year, number)
        for number, (one, family, draft) in enumerate(drafts, 1001)
    )


def _families(
    rng: Random, seats: Sequence[SchoolClass], staff: Sequence[Employee]
) -> Iterator[tuple[Family, tuple[str, ...], _Remarkable | None]]:
    """Families with the classes of their children: the known ones first, then by chance."""
    fathers = name_lists()["fathers"]
    left = [one.name for one in seats]
    number = 0
    for names, surname, father, mother, draft in _known(rng, staff):
        for name in names:
            left.remove(name)
        yield Family(number, surname, father, mother), names, draft
        number += 1
    rng.shuffle(left)
    while left:
        group = [left.pop()]
        while left and len(group) < 3 and rng.random() < _SIBLING_SHARE:
            if left[-1][:-1] in {name[:-1] for name in group}:  # same parallel: twins are rare
                break
            group.append(left.pop())
        yield Family(number, draw_surname(rng), rng.choice(fathers)), tuple(group), None
        number += 1


def with_birthdays(pupils: Sequence[DemoPupil], today: date) -> tuple[DemoPupil, ...]:
    """The same, but two of each class shown first have their birthdays in the coming days."""
    found, left = (
        [],
        {name: [today + timedelta(1), today + timedelta(3)] for name in FAMILY_CLASSES},
    )
    for pupil in pupils:
        days = left.get(pupil.class_name)
        if days and pupil.family.number:
            pupil = replace(pupil, born_on=_moved(pupil.born_on, days.pop()))
        found.append(pupil)
    return tuple(found)


def _moved(born_on: date, day: date) -> date:
    """That day, of the year in which the age stays the one of the class (from 1 October on)."""
    first = born_on.year if born_on.month >= 10 else born_on.year - 1
    leap = (day.month, day.day) == (2, 29)
    return date(first if day.month >= 10 else first + 1, day.month, 28 if leap else day.day)


def _known(
    rng: Random, staff: Sequence[Employee]
) -> Iterator[tuple[tuple[str, ...], str, str | None, str | None, _Remarkable | None]]:
    fathers = name_lists()["fathers"]
    yield FAMILY_CLASSES, "Семёнов", "Алексей", None, None
    women = [one for one in staff if one.sex == "ж" and one.key in ("foreign", "primary")]
    for names, mother in zip(_STAFF_CHILDREN, (women[-1], women[1]), strict=True):
        surname = masculine(mother.name.surname)
        yield names, surname, rng.choice(fathers), mother.number, None
    for one in _REMARKABLE:
        yield (one.class_name,), one.surname, one.father, None, one


def _pupil(
    rng: Random,
    one: SchoolClass,
    family: Family,
    draft: _Remarkable | None,
    first_year: int,
    number: int,
) -> DemoPupil:
    sex = draft.sex if draft else rng.choice("мж")
    name = _name(rng, sex, family, draft)
    return DemoPupil(
        file=f"{name.surname[0]}-{number}",
        name=name,
        sex=sex,
        born_on=date(first_year - 7 - one.grade, 10, 1) + timedelta(days=rng.randrange(365)),
        class_name=one.name,
        enrolled_on=date(first_year - one.grade + 1, 9, 1),
        email=f"pupil{number}@example.org" if one.grade >= 8 and rng.random() < 0.5 else None,
        skill=_skill(rng, family),
        health=rng.choice((0.3, 0.6, 1.0, 1.0, 1.3, 2.2)),
        family=family,
    )


def _skill(rng: Random, family: Family) -> float:
    """Between 2.75 and 4.95; the children whose diaries are shown first do well enough."""
    drawn = min(4.95, max(2.75, rng.gauss(4.2, 0.5)))
    return max(drawn, 4.2) if family.number == 0 else drawn


def _name(rng: Random, sex: str, family: Family, draft: _Remarkable | None) -> Name:
    given = rng.choice(name_lists()["girls" if sex == "ж" else "boys"])
    father = family.father
    return Name(
        surname_for(family.surname, sex),
        draft.given_name if draft else given,
        patronymic(father, sex) if father else None,
    )


def newcomer(rng: Random, class_name: str, day: date, number: int, grade: int) -> DemoPupil:
    """Somebody who comes from another school on `day`."""
    family = Family(9000 + number, draw_surname(rng), rng.choice(name_lists()["fathers"]))
    letter = class_name.removeprefix(str(grade))
    one = SchoolClass(name=class_name, grade=grade, letter=letter, size=1)
    first_year = day.year if day.month >= 9 else day.year - 1
    made = _pupil(rng, one, family, None, first_year, number)
    return replace(made, enrolled_on=day)
