"""Reads of merging: likely duplicates, and the preview of one merge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Role
from journal.core.messages import Message
from journal.core.text import search_key, sort_key
from journal.office.merging.fields import Difference, differences
from journal.office.merging.plan import plan_merge
from journal.office.merging.rules import Known, Likely, likely_pairs, never_one
from journal.office.merging.words import OTHER, TABLES
from journal.office.persons.rows import Whom, load_whom
from journal.office.setup.rows import may_set_up
from journal.people.directory import roles_of
from journal.people.models import Account, Guardian, GuardianLink, Person, Pupil, StaffMember
from journal.people.names import people_found
from journal.people.rules import contact_keys, full_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One of the two cards, as the preview heads it."""

    person_id: int
    name: str
    roles: tuple[Role, ...]
    login: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a merge would do. With `refusals` it cannot be done."""

    kept: Card
    gone: Card
    differences: tuple[Difference, ...]
    moved: tuple[tuple[Message, int], ...]
    doubled: tuple[tuple[Message, int], ...]
    refusals: tuple[Message, ...]


_KNOWN = (
    select(
        Person.id,
        Person.surname,
        Person.given_name,
        Person.patronymic,
        Person.search_key,
        Person.born_on,
        Person.phone,
        Person.email,
        StaffMember.id.label("staff_id"),
        Pupil.id.label("pupil_id"),
        Guardian.id.label("guardian_id"),
    )
    .outerjoin(StaffMember, StaffMember.person_id == Person.id)
    .outerjoin(Pupil, Pupil.person_id == Person.id)
    .outerjoin(Guardian, Guardian.person_id == Person.id)
)


def known_people(session: Session, person_ids: Collection[int] | None = None) -> list[Known]:
    """Everybody here, or those, as far as likeness goes. Two queries."""
    query = _KNOWN if person_ids is None else _KNOWN.where(Person.id.in_(person_ids))
    rows = session.execute(query).all()
    children = _children(session)
    return [_known(row, children.get(row.guardian_id, [])) for row in rows]


def _known(row: Any, children: Collection[int]) -> Known:
    return Known(
        person_id=row.id,
        name=full_name(row.surname, row.given_name, row.patronymic),
        name_key=row.search_key,
        first_names=search_key(f"{row.given_name} {row.patronymic or ''}"),
        born_on=row.born_on,
        contacts=contact_keys(row.phone, row.email),
        staff=row.staff_id is not None,
        pupil_id=row.pupil_id,
        guardian=row.guardian_id is not None,
        children=frozenset(children),
    )


def _children(session: Session) -> dict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for guardian_id, pupil_id in session.execute(
        select(GuardianLink.guardian_id, GuardianLink.pupil_id)
    ):
        found[guardian_id].append(pupil_id)
    return found


def likely_duplicates(session: Session, *, of: int | None = None) -> list[Likely]:
    """Who may stand in the lists twice, the surest first; `of` one person alone."""
    pairs = likely_pairs(known_people(session))
    return [pair for pair in pairs if of in (None, pair.one.person_id, pair.other.person_id)]


def preview(session: Session, actor: Actor, *, kept_id: int, gone_id: int, today: date) -> Preview:
    """What the merge would do, what differs, what is in its way. NotFound, Forbidden."""
    may_set_up(actor)
    kept, gone = (load_whom(session, actor, one, today=today) for one in (kept_id, gone_id))
    refusals = impossible(session, kept, gone)
    logins = _logins(session, kept, gone)
    roles = roles_of(session, [kept_id, gone_id])
    plan = None if refusals else plan_merge(session, kept, gone, today=today)
    return Preview(
        kept=_card(kept, roles, logins),
        gone=_card(gone, roles, logins),
        differences=tuple(differences(kept, gone, logins)),
        moved=_worded(plan.moved()) if plan else (),
        doubled=_worded(plan.doubled()) if plan else (),
        refusals=tuple(plan.clashes) if plan else refusals,
    )


def impossible(session: Session, kept: Whom, gone: Whom) -> tuple[Message, ...]:
    """Why the two cannot be one human being at all."""
    known = {one.person_id: one for one in known_people(session, [kept.person.id, gone.person.id])}
    why = never_one(known[kept.person.id], known[gone.person.id])
    return (why,) if why else ()


def _logins(session: Session, kept: Whom, gone: Whom) -> dict[int, str]:
    ids = {one.person.account_id for one in (kept, gone)}
    query = select(Account.id, Account.login).where(Account.id.in_(ids - {None}))
    return {row.id: row.login for row in session.execute(query)}


def _card(whom: Whom, roles: dict[int, tuple[Role, ...]], logins: dict[int, str]) -> Card:
    person = whom.person
    return Card(
        person_id=person.id,
        name=full_name(person.surname, person.given_name, person.patronymic),
        roles=roles.get(person.id, ()),
        login=logins.get(person.account_id or 0),
    )


def _worded(tables: dict[str, int]) -> tuple[tuple[Message, int], ...]:
    return tuple((TABLES.get(table, OTHER), count) for table, count in tables.items())


def found_people(session: Session, text: str, *, but: int) -> list[Known]:
    """Whose name or login was typed, in the order of names; without that person."""
    ids = set(people_found(session, text)[0]) - {but}
    return sorted(known_people(session, ids), key=lambda one: sort_key(one.name)) if ids else []
