"""The guardians of the demonstration school: one person, whatever the number of children. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from journal.demo.model import Employee
from journal.demo.names import Name, draw_adult
from journal.demo.pupils import DemoPupil, Family

_FATHER_SHARE = 0.62
_MOTHER_SHARE = 0.96


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoGuardian:
    """законный представитель of the children in `files`; relation as in the table."""

    name: Name
    relation: str
    phone: str
    email: str | None
    declined: bool
    files: tuple[str, ...]


def staff_phone(one: Employee) -> str:
    """The phone of a member of staff (invented: code 900, block 200)."""
    return f"+7 900 200-{one.number[:2]}-{one.number[2:]}"


def staff_email(one: Employee) -> str:
    """The e-mail of a member of staff."""
    return f"staff{one.number}@example.org"


def make_guardians(
    rng: Random, pupils: Sequence[DemoPupil], staff: Sequence[Employee]
) -> tuple[DemoGuardian, ...]:
    """Mothers, fathers, some grandmothers. A mother of the staff keeps her name and phone, by
    which an import knows that she is one person."""
    children: dict[Family, list[str]] = {}
    for one in pupils:
        children.setdefault(one.family, []).append(one.file)
    by_number = {one.number: one for one in staff}
    found: list[DemoGuardian] = []
    for family, files in children.items():
        if family.mother:
            found.append(_staff_mother(by_number[family.mother], tuple(files)))
        found += _parents(rng, family, tuple(files), 3000 + family.number * 10)
    return tuple(found)


def _staff_mother(mother: Employee, files: tuple[str, ...]) -> DemoGuardian:
    return DemoGuardian(
        name=mother.name,
        relation="mother",
        phone=staff_phone(mother),
        email=staff_email(mother),
        declined=False,
        files=files,
    )


def _parents(
    rng: Random, family: Family, files: tuple[str, ...], number: int
) -> Iterator[DemoGuardian]:
    shown = family.number == 0  # the family whose logins are printed: both parents, reachable
    lone_father = rng.random() > _MOTHER_SHARE and not shown
    if not family.mother and not lone_father:
        surname = None if rng.random() < 0.12 and not shown else family.surname
        yield _guardian(rng, "mother", surname, files, number, reachable=shown)
    if shown or lone_father or rng.random() < _FATHER_SHARE:
        father = _guardian(rng, "father", family.surname, files, number + 1)
        given = family.father or father.name.given_name
        yield replace(father, name=replace(father.name, given_name=given))
    if rng.random() < 0.03:
        yield _guardian(rng, rng.choice(("other", "guardian")), None, files, number + 2)


def _guardian(
    rng: Random,
    relation: str,
    surname: str | None,
    files: tuple[str, ...],
    number: int,
    *,
    reachable: bool = False,
) -> DemoGuardian:
    chance = rng.random()
    return DemoGuardian(
        name=draw_adult(rng, "м" if relation == "father" else "ж", surname),
        relation=relation,
        phone=f"+7 900 {300 + number // 10000}-{number // 100 % 100:02}-{number % 100:02}",
        email=f"parent{number}@example.org" if reachable or chance < 0.7 else None,
        declined=not reachable and chance > 0.97,
        files=files,
    )
