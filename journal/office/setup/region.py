"""Organisations a regional centre works with: itself, and schools it makes a cabinet for.

A school made here may keep another journal: it has a coordinator and no more.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.audit import Change, Origin, record
from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.core.tenancy import acting_for
from journal.people.models import Organisation, Person, RoleAssignment, StaffMember
from journal.people.rules import name_keys

SCHOOL, CENTRE = "school", "regional_centre"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The person a cabinet is made for."""

    surname: str
    given_name: str
    patronymic: str | None = None
    position: str = "Координатор мониторинга"
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """An organisation to be made with the one person who works for it here."""

    kind: str
    code: str
    full_name: str
    short_name: str
    contact: Contact
    municipality: str | None = None
    type_name: str | None = None
    website: str | None = None
    time_zone: str = "Europe/Moscow"
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Founded:
    """Ids of what was made."""

    organisation_id: int
    person_id: int


def found_organisation(
    session: Session, wanted: Founding, *, origin: Origin, now: datetime
) -> Founded:
    """Make it with its coordinator (a school) or operator (a centre). No login yet.

    Raises RuleViolation for a code another organisation has.
    """
    taken = select(Organisation.id).where(Organisation.code == wanted.code)
    if session.scalar(taken) is not None:
        raise RuleViolation("code", N_("Another organisation has this code. Correct it."))
    kept = {one.name: getattr(wanted, one.name) for one in fields(wanted) if one.name != "contact"}
    organisation = Organisation(**kept)
    session.add(organisation)
    session.flush()
    with acting_for(session, {organisation.id}):
        role = Role.REGIONAL_OPERATOR if wanted.kind == CENTRE else Role.MONITORING_COORDINATOR
        person_id = add_member(session, organisation.id, wanted.contact, role)
        founded = Change(
            action="create",
            object_type="organisation",
            object_id=organisation.id,
            after={"code": wanted.code, "name": wanted.short_name},
        )
        record(session, organisation_id=organisation.id, origin=origin, change=founded, now=now)
    return Founded(organisation.id, person_id)


def add_member(session: Session, organisation_id: int, contact: Contact, role: Role) -> int:
    """A member of staff with that role; the session is bound to the organisation."""
    here = {"organisation_id": organisation_id}
    sort_key, search_key = name_keys(contact.surname, contact.given_name, contact.patronymic)
    names = {one.name: getattr(contact, one.name) for one in fields(contact)}
    position = names.pop("position")
    person = Person(sort_key=sort_key, search_key=search_key, **names, **here)
    session.add(person)
    session.flush()
    taken = set(session.scalars(select(StaffMember.personnel_number).filter_by(**here)))
    number = next(str(n) for n in range(1, len(taken) + 2) if str(n) not in taken)
    work = {"personnel_number": number, "position": position}
    session.add(StaffMember(person_id=person.id, **work, **here))
    session.add(RoleAssignment(person_id=person.id, role=role.value, **here))
    session.flush()
    return person.id
