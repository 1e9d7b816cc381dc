"""The staff of the demonstration school: who works there, in which room, leading which class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from random import Random

from journal.access.roles import Role
from journal.demo.load import rows_of
from journal.demo.model import Employee, SchoolClass
from journal.demo.names import draw_adult

SUBSTITUTE_KEY = "newcomer"
_WOMEN_SHARE = 0.88
_FIRST_NUMBER = 2001
_HALLS = {"sport_men": "Спортзал 1", "sport_women": "Спортзал 2", "crafts_boys": "Мастерская"}
# Who leads the classes from the fifth grade on: one colleague of each group in turn.
_LEADING = (
    "maths",
    "russian",
    "foreign",
    "society",
    "physics",
    "biology",
    "geography",
    "chemistry",
)


def make_staff(rng: Random) -> tuple[Employee, ...]:
    """The office first, then the teachers; personnel numbers in that order. Last comes the
    mathematician who takes over courses with the second timetable."""
    numbers = map(str, count(_FIRST_NUMBER))
    rooms = iter(f"{floor}{room:02}" for floor in (2, 3) for room in range(1, 20))
    found = [_officer(rng, row, next(numbers)) for row in rows_of("office.csv")]
    for row in rows_of("positions.csv"):
        for place in range(int(row["count"])):
            room = _HALLS.get(row["key"]) or (
                f"1{place + 1:02}" if row["key"] == "primary" else next(rooms)
            )
            found.append(_teacher(rng, row, next(numbers), room))
    found.append(_second_maths(rng, next(numbers), next(rooms)))
    return tuple(_with_teaching_deputy(found))


def _officer(rng: Random, row: dict[str, str], number: str) -> Employee:
    return Employee(
        number=number,
        key=row["key"],
        name=draw_adult(rng, row["sex"]),
        sex=row["sex"],
        birth_year=rng.randint(1966, 1988),
        position=row["position"],
        roles=tuple(Role(role) for role in row["roles"].split(",")),
    )


def _teacher(rng: Random, row: dict[str, str], number: str, room: str) -> Employee:
    sex = row["sex"] or ("ж" if rng.random() < _WOMEN_SHARE else "м")
    return Employee(
        number=number,
        key=row["key"],
        name=draw_adult(rng, sex),
        sex=sex,
        birth_year=rng.randint(1962, 2001),
        position=row["position"],
        roles=(Role.TEACHER,),
        subjects=frozenset(row["subjects"].split(",")),
        room=room,
    )


def _second_maths(rng: Random, number: str, room: str) -> Employee:
    row = next(row for row in rows_of("positions.csv") if row["key"] == "maths")
    return replace(_teacher(rng, row, number, room), key=SUBSTITUTE_KEY, subjects=frozenset())


def _with_teaching_deputy(staff: Sequence[Employee]) -> Iterator[Employee]:
    """The third historian is a deputy as well: one person, two roles."""
    historians = [one.number for one in staff if one.key == "society"]
    for one in staff:
        if one.number == historians[-1]:
            position = "Заместитель директора по научно-методической работе, учитель истории"
            yield replace(one, position=position, roles=(Role.DEPUTY_DIRECTOR, Role.TEACHER))
        else:
            yield one


def lead_classes(
    staff: Sequence[Employee], classes: Sequence[SchoolClass]
) -> tuple[tuple[Employee, ...], dict[str, int]]:
    """The staff with the class teachers' role added, and class -> index of its class teacher."""
    primary = [i for i, one in enumerate(staff) if one.key == "primary"]
    others = _in_turn(staff)
    leaders = {one.name: primary.pop(0) if one.grade <= 4 else next(others) for one in classes}
    chosen = set(leaders.values())
    return (
        tuple(
            replace(one, roles=(*one.roles, Role.CLASS_TEACHER)) if index in chosen else one
            for index, one in enumerate(staff)
        ),
        leaders,
    )


def _in_turn(staff: Sequence[Employee]) -> Iterator[int]:
    teachers = [(i, one) for i, one in enumerate(staff) if Role.DEPUTY_DIRECTOR not in one.roles]
    for place in count():
        for key in _LEADING:
            group = [i for i, one in teachers if one.key == key]
            if place < len(group):
                yield group[place]
