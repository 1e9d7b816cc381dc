"""Reads of people. Sign-in reads across organisations: nobody is bound yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, bindparam, exists, func, literal, select
from sqlalchemy.orm import Session

from journal.access import STAFF_ROLES, Actor, Membership, Role
from journal.core.clock import local_date
from journal.core.tenancy import across
from journal.people.models import (
    Account,
    Guardian,
    GuardianLink,
    Organisation,
    Person,
    Pupil,
    RoleAssignment,
    StaffMember,
)
from journal.people.rules import normal_login, short_name

NOTHING_UNREAD: ColumnElement[int] = literal(0)


def load_actor(
    session: Session,
    *,
    account_id: int,
    session_epoch: int | None,
    organisation_id: int | None,
    client_address: str | None,
    now: datetime,
    unread: ColumnElement[int] = NOTHING_UNREAD,
) -> Actor | None:
    """The actor of a session cookie in one query; None when the session is no longer good. A job,
    which has no session, asks without an epoch.

    `organisation_id` is the one chosen in the session; the first of the account otherwise. Who left
    the staff stays the parent he is. `unread` counts what is kept above for `:account_id`.
    """
    with across(session, "who signed in is known only after this query"):
        rows = session.execute(_actor_query(unread), {"account_id": account_id}).all()
    memberships = _memberships(rows, now)
    if not (memberships and rows[0].active and session_epoch in (None, rows[0].session_epoch)):
        return None
    return Actor(
        account_id,
        login=rows[0].login,
        memberships=memberships,
        current=_chosen(memberships, organisation_id),
        client_address=client_address,
        must_change_password=rows[0].password_is_temporary,
        locale=rows[0].locale,
        unread=rows[0].unread,
    )


def _chosen(memberships: Sequence[Membership], organisation_id: int | None) -> Membership:
    chosen = (one for one in memberships if one.organisation_id == organisation_id)
    return next(chosen, memberships[0])


_ACCOUNT = (
    Account.login,
    Account.active,
    Account.session_epoch,
    Account.password_is_temporary,
    Account.locale,
)
_PERSON = (
    Person.id.label("person_id"),
    Person.organisation_id,
    Person.surname,
    Person.given_name,
    Person.patronymic,
    Organisation.short_name,
    Organisation.time_zone,
    StaffMember.id.label("staff_id"),
    StaffMember.left_on,
    Pupil.id.label("pupil_id"),
    Guardian.id.label("guardian_id"),
    RoleAssignment.role,
)


@cache
def _actor_query(unread: ColumnElement[int]) -> Any:
    return (
        select(*_ACCOUNT, *_PERSON, unread.label("unread"))
        .join(Person, Person.account_id == Account.id)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(StaffMember, StaffMember.person_id == Person.id)
        .outerjoin(Pupil, Pupil.person_id == Person.id)
        .outerjoin(Guardian, Guardian.person_id == Person.id)
        .outerjoin(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(Account.id == bindparam("account_id"))
        .order_by(Person.organisation_id, Person.id)
    )


def _has_left(row: Row[Any], now: datetime) -> bool:
    return row.left_on is not None and row.left_on <= local_date(now, row.time_zone)


def _memberships(rows: Sequence[Row[Any]], now: datetime) -> tuple[Membership, ...]:
    left = tuple([_has_left(row, now) for row in rows])
    return _held(tuple([_Held(*row[_OF_PERSON]) for row in rows]), left)


class _Held(NamedTuple):
    """What makes a membership, as the columns of the query stand."""

    person_id: int
    organisation_id: int
    surname: str
    given_name: str
    patronymic: str | None
    short_name: str
    time_zone: str
    staff_id: int | None
    left_on: date | None
    pupil_id: int | None
    guardian_id: int | None
    role: str | None


_OF_PERSON = slice(len(_ACCOUNT), len(_ACCOUNT) + len(_PERSON))


@lru_cache(maxsize=512)
def _held(rows: tuple[_Held, ...], left: tuple[bool, ...]) -> tuple[Membership, ...]:
    """The memberships these rows mean: the same values as long as the rows are the same, with
    the permissions that were worked out of their roles."""
    roles: dict[int, set[Role]] = {}
    for row, gone in zip(rows, left, strict=True):
        if row.role and not (row.role in STAFF_ROLES and gone):
            roles.setdefault(row.person_id, set()).add(Role(row.role))
    found: dict[int, Membership] = {}
    for row, gone in zip(rows, left, strict=True):
        if row.person_id not in roles or row.person_id in found:
            continue
        found[row.person_id] = Membership(
            organisation_id=row.organisation_id,
            organisation_name=row.short_name,
            time_zone=row.time_zone,
            person_id=row.person_id,
            name=short_name(row.surname, row.given_name, row.patronymic),
            roles=frozenset(roles[row.person_id]),
            staff_id=None if gone else row.staff_id,
            pupil_id=row.pupil_id,
            guardian_id=row.guardian_id,
        )
    return tuple(found.values())


def account_by_login(session: Session, login: str) -> Account | None:
    """The account a login names; accounts are global, no organisation is needed."""
    return session.scalar(select(Account).where(Account.login == normal_login(login)))


def organisation_ids(session: Session) -> list[int]:
    """Every organisation; for jobs and commands."""
    return list(session.scalars(select(Organisation.id).order_by(Organisation.id)))


def organisation_by_code(session: Session, code: str) -> int | None:
    """The organisation with that code."""
    return session.scalar(select(Organisation.id).where(Organisation.code == code))


def name_of_account(session: Session, account_id: int | None, organisation_id: int) -> str | None:
    """Фамилия И. О. of the account's person in the organisation: who entered a value."""
    row = session.execute(
        select(Person.surname, Person.given_name, Person.patronymic)
        .where(Person.account_id == account_id, Person.organisation_id == organisation_id)
        .limit(1)
    ).one_or_none()
    return short_name(*row) if row else None


def one_of_each_role(session: Session, organisation_id: int) -> dict[Role, int]:
    """A different person for every role held in the organisation, as far as there are enough.

    People with few roles come first, then guardians with many children: good to show the program.
    """
    roles: dict[int, set[Role]] = {}
    held = select(RoleAssignment.person_id, RoleAssignment.role).where(
        RoleAssignment.organisation_id == organisation_id
    )
    for person_id, role in session.execute(held):
        roles.setdefault(person_id, set()).add(Role(role))
    children = _numbers_of_children(session, organisation_id)
    order = sorted(roles, key=lambda p: (len(roles[p]), -children.get(p, 0), p))
    chosen: dict[Role, int] = {}
    for role in Role:
        holders = [person for person in order if role in roles[person]]
        free = [person for person in holders if person not in chosen.values()]
        if holders:
            chosen[role] = (free or holders)[0]
    return chosen


def _numbers_of_children(session: Session, organisation_id: int) -> dict[int, int]:
    rows = session.execute(
        select(Guardian.person_id, func.count().label("number"))
        .join(GuardianLink, GuardianLink.guardian_id == Guardian.id)
        .where(Guardian.organisation_id == organisation_id)
        .group_by(Guardian.person_id)
    )
    return {row.person_id: row.number for row in rows}


@dataclass(frozen=True, slots=True)
class SchoolLabel:
    """An organisation as the command line speaks of it."""

    id: int
    code: str
    name: str
    demonstration: bool


def schools(session: Session) -> list[SchoolLabel]:
    """Every organisation, the oldest first. Organisations are no school's rows."""
    columns = (
        Organisation.id,
        Organisation.code,
        Organisation.short_name,
        Organisation.demonstration,
    )
    return [SchoolLabel(*row) for row in session.execute(select(*columns).order_by(columns[0]))]


def anybody_can_sign_in(session: Session) -> bool:
    """Whether a password was ever given to anybody."""
    return session.scalar(select(exists().where(Account.password_hash.is_not(None)))) is True


def holders_of_role(session: Session, organisation_id: int, role: Role) -> dict[str, int]:
    """Persons with that role by their login."""
    rows = session.execute(
        select(Account.login, Person.id)
        .join(Person, Person.account_id == Account.id)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(RoleAssignment.role == role.value, Person.organisation_id == organisation_id)
    )
    return {row.login: row.id for row in rows}


def first_holder(session: Session, organisation_id: int, role: Role) -> int | None:
    """The holder of a role with the lowest personnel number, else the first by name."""
    rows = session.execute(
        select(Person.id, StaffMember.personnel_number, Person.sort_key)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .outerjoin(StaffMember, StaffMember.person_id == Person.id)
        .where(RoleAssignment.role == role.value, Person.organisation_id == organisation_id)
    )
    order = sorted((_number_order(number), key, person_id) for person_id, number, key in rows)
    return order[0][2] if order else None


def _number_order(number: str | None) -> tuple[int, int, str]:
    """Numbers as numbers, then other numbers as text, then nobody's."""
    if number is None:
        return 2, 0, ""
    return (0, int(number), number) if number.isdecimal() else (1, 0, number)


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """An organisation as official papers name it."""

    id: int
    code: str
    full_name: str
    short_name: str
    municipality: str
    time_zone: str


def organisation_cards(
    session: Session, organisation_ids: Collection[int]
) -> dict[int, OrganisationCard]:
    """The cards of organisations by id. Organisations are no school's rows."""
    rows = session.execute(
        select(
            Organisation.id,
            Organisation.code,
            Organisation.full_name,
            Organisation.short_name,
            func.coalesce(Organisation.municipality, ""),
            Organisation.time_zone,
        ).where(Organisation.id.in_(list(organisation_ids)))
    )
    return {row[0]: OrganisationCard(*row) for row in rows}


def organisation_card(session: Session, organisation_id: int) -> OrganisationCard:
    """The card of an organisation that is there."""
    return organisation_cards(session, [organisation_id])[organisation_id]


def school_ids(session: Session) -> list[int]:
    """Every school, in no order; the regional centre is none."""
    return list(session.scalars(select(Organisation.id).where(Organisation.kind == "school")))


def person_of_staff(session: Session, staff_id: int) -> int | None:
    """The person of a member of staff who has not left."""
    return session.scalar(
        select(StaffMember.person_id).where(
            StaffMember.id == staff_id, StaffMember.left_on.is_(None)
        )
    )
