"""Reads of people. Who acts is read by `people.actors`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from journal.access import STAFF_ROLES, Role
from journal.core.tenancy import across
from journal.people.models import (
    Account,
    Guardian,
    GuardianLink,
    Organisation,
    Person,
    RoleAssignment,
    StaffMember,
)
from journal.people.rules import normal_login, short_name


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


def administered(session: Session) -> list[SchoolLabel]:
    """The organisations that have an administrator of their own, the oldest first."""
    held = select(RoleAssignment.organisation_id).where(
        RoleAssignment.role == Role.ADMINISTRATOR.value
    )
    with across(session, "the command line names organisations with an administrator"):
        found = set(session.scalars(held.distinct()))
    return [one for one in schools(session) if one.id in found]


def anybody_can_sign_in(session: Session) -> bool:
    """Whether a password was ever given to anybody."""
    return session.scalar(select(exists().where(Account.password_hash.is_not(None)))) is True


def holders_of_role(
    session: Session, organisation_id: int, role: Role, *, day: date
) -> dict[str, int]:
    """Persons who have that role on the day by their login."""
    rows = session.execute(
        select(Account.login, Person.id)
        .join(Person, Person.account_id == Account.id)
        .where(*_holding(organisation_id, role, day))
    )
    return {row.login: row.id for row in rows}


def first_holder(session: Session, organisation_id: int, role: Role, *, day: date) -> int | None:
    """The holder of a role on the day with the lowest personnel number, else the first by name."""
    rows = session.execute(
        select(Person.id, StaffMember.personnel_number, Person.sort_key)
        .outerjoin(StaffMember, StaffMember.person_id == Person.id)
        .where(*_holding(organisation_id, role, day))
    )
    order = sorted((_number_order(number), key, person_id) for person_id, number, key in rows)
    return order[0][2] if order else None


def _holding(organisation_id: int, role: Role, day: date) -> list[ColumnElement[bool]]:
    """Persons of the organisation who have the role; of the staff those who have not left."""
    given = select(RoleAssignment.person_id).where(RoleAssignment.role == role.value)
    held = [Person.organisation_id == organisation_id, Person.id.in_(given)]
    if role in STAFF_ROLES:
        held.append(Person.id.in_(select(StaffMember.person_id).where(at_work(day))))
    return held


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


def at_work(day: date) -> ColumnElement[bool]:
    """Members of staff who have not left by that day: access, roles and notices are theirs."""
    return or_(StaffMember.left_on.is_(None), StaffMember.left_on > day)


def person_of_staff(session: Session, staff_id: int) -> int | None:
    """The person of a member of staff who has not left."""
    return session.scalar(
        select(StaffMember.person_id).where(
            StaffMember.id == staff_id, StaffMember.left_on.is_(None)
        )
    )
