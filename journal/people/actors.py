"""The actor of a session. Sign-in reads across organisations: nobody is bound yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, bindparam, literal, select
from sqlalchemy.orm import Session

from journal.access import STAFF_ROLES, Actor, Membership, Role
from journal.core.clock import local_date
from journal.core.tenancy import across
from journal.people.models import (
    Account,
    Guardian,
    Organisation,
    Person,
    Pupil,
    RoleAssignment,
    StaffMember,
)
from journal.people.rules import short_name

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
