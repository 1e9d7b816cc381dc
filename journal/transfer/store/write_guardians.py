"""Writing guardians: one person for all his children, a member of staff included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from journal.access.roles import Role
from journal.people.models import Guardian, GuardianLink, Person, StaffMember
from journal.transfer.changes import Changes
from journal.transfer.school import same_persons
from journal.transfer.school.rows import GuardianRow, StaffRow
from journal.transfer.store.ground import Ground, change_pairs
from journal.transfer.store.write_frame import Ids
from journal.transfer.store.write_people import assign_roles, change_person, person_facts


def write_guardians(
    ground: Ground,
    changes: Changes[Any],
    ids: Ids,
    *,
    staff: Sequence[StaffRow],
    held: Sequence[GuardianRow],
) -> None:
    """Guardians: one person for all his children, a member of staff included."""
    people = _known_people(ground, staff, held, ids)
    rows: list[StaffRow | GuardianRow] = [*staff, *held, *changes.added]
    roots = same_persons(rows)
    by_root = {root: people[place] for place, root in enumerate(roots) if place in people}
    guardian_ids = _guardian_ids(ground)
    for place, row in enumerate(changes.added, start=len(staff) + len(held)):
        root = roots[place]
        if root not in by_root:
            by_root[root] = _new_person(ground, row)
        if by_root[root] not in guardian_ids:
            guardian_ids[by_root[root]] = _new_guardian(ground, by_root[root])
        _link(ground, guardian_ids[by_root[root]], row)
    _change_links(ground, changes, ids)
    ground.session.flush()


def _new_person(ground: Ground, row: GuardianRow) -> int:
    person = ground.owned(Person, **person_facts(row))
    ground.session.flush()
    return int(person.id)


def _new_guardian(ground: Ground, person_id: int) -> int:
    guardian = ground.owned(Guardian, person_id=person_id)
    assign_roles(ground, person_id, [Role.PARENT])
    ground.session.flush()
    return int(guardian.id)


def _link(ground: Ground, guardian_id: int, row: GuardianRow) -> None:
    pupil_id = ground.pupils[row.personal_file]
    ground.owned(GuardianLink, guardian_id=guardian_id, pupil_id=pupil_id, **_link_facts(row))


def _change_links(ground: Ground, changes: Changes[Any], ids: Ids) -> None:
    for found in change_pairs(changes, ids):
        link = ground.session.get_one(GuardianLink, found.id)
        for name, value in _link_facts(found.row).items():
            setattr(link, name, value)
        owner = ground.session.get_one(Guardian, link.guardian_id)
        change_person(ground, owner.person_id, found.row)


def _known_people(
    ground: Ground, staff: Sequence[StaffRow], held: Sequence[GuardianRow], ids: Ids
) -> dict[int, int]:
    """Place in [*staff, *held] to the id of the person there."""
    people = {
        row[0]: row[1]
        for row in ground.session.execute(
            select(StaffMember.personnel_number, StaffMember.person_id)
        )
    }
    links = {
        row[0]: row[1]
        for row in ground.session.execute(
            select(GuardianLink.id, Guardian.person_id).join(
                Guardian, Guardian.id == GuardianLink.guardian_id
            )
        )
    }
    found = {place: people[row.personnel_number] for place, row in enumerate(staff)}
    for place, row in enumerate(held, start=len(staff)):
        key = (row.personal_file, row.surname, row.given_name, row.patronymic, row.relation)
        found[place] = links[ids[key]]
    return found


def _guardian_ids(ground: Ground) -> dict[int, int]:
    rows = ground.session.execute(select(Guardian.person_id, Guardian.id))
    return {row[0]: row[1] for row in rows}


def _link_facts(row: GuardianRow) -> dict[str, Any]:
    return {
        "relation": row.relation,
        "declined_e_service": row.declined_e_service,
        "consent_on": row.consent_on,
    }
