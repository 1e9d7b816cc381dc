"""Who is one human being: guardians of several children, and members of staff with children."""

from __future__ import annotations

from collections.abc import Sequence

from journal.documents.cells import folded
from journal.people.rules import contact_keys
from journal.transfer.school.rows import GuardianRow, StaffRow

NameKey = tuple[str, str, str]


def name_key(row: GuardianRow | StaffRow) -> NameKey:
    """The full name as it is compared."""
    return folded(row.surname), folded(row.given_name), folded(row.patronymic or "")


def contacts(row: GuardianRow | StaffRow) -> tuple[str, ...]:
    """Phone and e-mail as they are compared."""
    return contact_keys(row.phone, row.email)


def same_persons(rows: Sequence[GuardianRow | StaffRow]) -> list[int]:
    """For each row the index of the first row of the same human being (its own, if none).

    The same full name and the same phone or e-mail is one person; without either nobody is.
    """
    first: dict[tuple[NameKey, str], int] = {}
    person = list(range(len(rows)))
    for index, row in enumerate(rows):
        name = name_key(row)
        known = [(name, contact) for contact in contacts(row)]
        met = {_root(person, first[key]) for key in known if key in first}
        root = min(met, default=index)
        for other in (*met, index):
            person[other] = root
        for key in known:
            first.setdefault(key, root)
    return [_root(person, index) for index in range(len(rows))]


def _root(person: list[int], index: int) -> int:
    while person[index] != index:
        index = person[index]
    return index
