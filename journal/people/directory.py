"""Lists of people as the administrator sees them, and the state of their access.

Passwords are not among the columns anywhere: only whether one was issued and replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.paging import Page, page_of
from journal.people.models import (
    Account,
    Guardian,
    GuardianLink,
    Person,
    Pupil,
    RoleAssignment,
    StaffMember,
)
from journal.people.rules import full_name
from journal.people.searching import person_matches


class AccessStage(StrEnum):
    """How far a person is on the way to an own password."""

    NEVER = "never"  # no password was ever made
    INVITED = "invited"  # a link was sent, no password is there yet
    ISSUED = "issued"  # a temporary one is in somebody's hands
    OWN = "own"  # replaced by an own one
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessState:
    """The account of a person, if any; instants are UTC."""

    stage: AccessStage
    login: str | None = None
    issued_at: datetime | None = None
    set_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow:
    """сотрудник in the list."""

    person_id: int
    staff_id: int
    name: str
    personnel_number: str
    position: str
    roles: tuple[Role, ...]
    phone: str | None
    email: str | None
    left_on: date | None
    access: AccessState


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildRef:
    """A child of a guardian; `relation` is a code (mother, father, trustee, other)."""

    pupil_id: int
    person_id: int
    link_id: int
    name: str
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianRow:
    """законный представитель in the list."""

    person_id: int
    name: str
    phone: str | None
    email: str | None
    access: AccessState
    children: tuple[ChildRef, ...]


ACCESS_COLUMNS = (
    Account.login,
    Account.active,
    Account.password_hash.is_not(None).label("has_password"),
    Account.password_is_temporary,
    Account.credentials_issued_at,
    Account.password_set_at,
)
NAME_COLUMNS = (Person.surname, Person.given_name, Person.patronymic)


def access_of(row: Any) -> AccessState:
    """The state of access from a row that selected ACCESS_COLUMNS (outer joined)."""
    if row.login is None or not row.has_password:
        invited = row.login is not None and row.credentials_issued_at is not None
        stage = AccessStage.INVITED if invited else AccessStage.NEVER
        return AccessState(stage=stage, login=row.login, issued_at=row.credentials_issued_at)
    stage = AccessStage.ISSUED if row.password_is_temporary else AccessStage.OWN
    return AccessState(
        stage=stage if row.active else AccessStage.BLOCKED,
        login=row.login,
        issued_at=row.credentials_issued_at,
        set_at=row.password_set_at,
    )


def name_of(row: Any) -> str:
    """Фамилия Имя Отчество from a row that selected NAME_COLUMNS."""
    return full_name(row.surname, row.given_name, row.patronymic)


def staff_page(
    session: Session, *, text: str = "", role: Role | None = None, page: int = 1
) -> Page[StaffRow]:
    """Staff in the order of names. Three queries."""
    query = _staff_query()
    if text:
        query = query.where(person_matches(text, StaffMember.personnel_number))
    if role is not None:
        query = query.where(
            Person.id.in_(select(RoleAssignment.person_id).where(RoleAssignment.role == role))
        )
    rows, number, total = page_of(session, query, page)
    roles = roles_of(session, [row.person_id for row in rows])
    return Page(tuple(_staff_row(row, roles.get(row.person_id, ())) for row in rows), number, total)


def staff_list(session: Session) -> list[StaffRow]:
    """All staff in the order of names. Two queries."""
    rows = session.execute(_staff_query()).all()
    roles = roles_of(session, [row.person_id for row in rows])
    return [_staff_row(row, roles.get(row.person_id, ())) for row in rows]


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of the staff as a list of names shows him."""

    staff_id: int
    person_id: int
    name: str
    position: str


def colleagues(session: Session) -> list[Colleague]:
    """Who is at work, in the order of names. One statement."""
    query = (
        select(StaffMember.id, StaffMember.person_id, StaffMember.position, *NAME_COLUMNS)
        .join(Person, Person.id == StaffMember.person_id)
        .where(StaffMember.left_on.is_(None))
        .order_by(Person.sort_key, Person.id)
    )
    return [
        Colleague(row.id, row.person_id, name_of(row), row.position)
        for row in session.execute(query)
    ]


def _staff_query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Person.id.label("person_id"),
            *NAME_COLUMNS,
            Person.phone,
            Person.email,
            StaffMember.id.label("staff_id"),
            StaffMember.personnel_number,
            StaffMember.position,
            StaffMember.left_on,
            *ACCESS_COLUMNS,
        )
        .join(StaffMember, StaffMember.person_id == Person.id)
        .outerjoin(Account, Account.id == Person.account_id)
        .order_by(Person.sort_key, Person.id)
    )


def _staff_row(row: Any, roles: tuple[Role, ...]) -> StaffRow:
    return StaffRow(
        person_id=row.person_id,
        staff_id=row.staff_id,
        name=name_of(row),
        personnel_number=row.personnel_number,
        position=row.position,
        roles=roles,
        phone=row.phone,
        email=row.email,
        left_on=row.left_on,
        access=access_of(row),
    )


def roles_of(session: Session, person_ids: Collection[int]) -> dict[int, tuple[Role, ...]]:
    """The roles of those persons, in the order of the grants table."""
    rows = session.execute(
        select(RoleAssignment.person_id, RoleAssignment.role).where(
            RoleAssignment.person_id.in_(list(person_ids))
        )
    )
    found: dict[int, list[Role]] = {}
    for person_id, role in rows:
        found.setdefault(person_id, []).append(Role(role))
    order = list(Role)
    return {one: tuple(sorted(roles, key=order.index)) for one, roles in found.items()}


def guardian_page(session: Session, *, text: str = "", page: int = 1) -> Page[GuardianRow]:
    """Guardians in the order of names, with their children. Three queries."""
    query = (
        select(
            Person.id.label("person_id"),
            *NAME_COLUMNS,
            Person.phone,
            Person.email,
            Guardian.id.label("guardian_id"),
            *ACCESS_COLUMNS,
        )
        .join(Guardian, Guardian.person_id == Person.id)
        .outerjoin(Account, Account.id == Person.account_id)
        .order_by(Person.sort_key, Person.id)
    )
    if text:
        query = query.where(person_matches(text))
    rows, number, total = page_of(session, query, page)
    children = children_of(session, [row.guardian_id for row in rows])
    shown = (_guardian_row(row, children.get(row.guardian_id, [])) for row in rows)
    return Page(tuple(shown), number, total)


def _guardian_row(row: Any, children: Iterable[ChildRef]) -> GuardianRow:
    return GuardianRow(
        person_id=row.person_id,
        name=name_of(row),
        phone=row.phone,
        email=row.email,
        access=access_of(row),
        children=tuple(children),
    )


def children_of(session: Session, guardian_ids: Collection[int]) -> dict[int, list[ChildRef]]:
    """The children of each guardian, in the order of names."""
    rows = session.execute(
        select(
            GuardianLink.id.label("link_id"),
            GuardianLink.guardian_id,
            GuardianLink.relation,
            Pupil.id.label("pupil_id"),
            Person.id.label("person_id"),
            *NAME_COLUMNS,
        )
        .join(Pupil, Pupil.id == GuardianLink.pupil_id)
        .join(Person, Person.id == Pupil.person_id)
        .where(GuardianLink.guardian_id.in_(list(guardian_ids)))
        .order_by(Person.sort_key, Pupil.id)
    )
    found: dict[int, list[ChildRef]] = {}
    for row in rows:
        found.setdefault(row.guardian_id, []).append(_child(row))
    return found


def _child(row: Any) -> ChildRef:
    return ChildRef(
        pupil_id=row.pupil_id,
        person_id=row.person_id,
        link_id=row.link_id,
        name=name_of(row),
        relation=row.relation,
    )
