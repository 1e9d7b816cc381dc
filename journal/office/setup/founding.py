"""An organisation that begins with nothing: its details and the one person who goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.audit import Change, Origin, record
from journal.core.tenancy import acting_for, bind
from journal.grading.defaults import add_default_work_types
from journal.people.models import Organisation, Person, RoleAssignment, StaffMember
from journal.people.rules import name_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPerson:
    """Who gets the first login. `contacts`: phone, email."""

    surname: str
    given_name: str
    patronymic: str | None = None
    position: str
    role: Role
    contacts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Founded:
    """Ids of what was made."""

    organisation_id: int
    person_id: int


def found_school(session: Session, *, name: str, origin: Origin, now: datetime) -> int:
    """Make a school of that name with an administrator who is to enter his own name.

    Binds the session to the school; returns its id.
    """
    facts = {"kind": "school", "code": "1", "full_name": name, "short_name": name}
    first = FirstPerson(
        surname="Администратор",
        given_name="Журнала",
        position="Администратор журнала",
        role=Role.ADMINISTRATOR,
    )
    founded = found_organisation(session, facts, first, origin=origin, now=now)
    bind(session, {founded.organisation_id})
    return founded.organisation_id


def found_organisation(
    session: Session,
    facts: Mapping[str, str | None],
    first: FirstPerson,
    *,
    origin: Origin,
    now: datetime,
) -> Founded:
    """Make an organisation of these columns and its first person; both are logged in its chain."""
    organisation = Organisation(**facts)
    session.add(organisation)
    session.flush()
    with acting_for(session, {organisation.id}):
        person_id = _add_person(session, organisation.id, first)
        if organisation.kind == "school":
            add_default_work_types(session, organisation.id)
        session.flush()
        founded = Change(
            action="create",
            object_type="organisation",
            object_id=organisation.id,
            after={"name": organisation.short_name},
        )
        record(session, organisation_id=organisation.id, origin=origin, change=founded, now=now)
    return Founded(organisation.id, person_id)


def _add_person(session: Session, organisation_id: int, first: FirstPerson) -> int:
    here = {"organisation_id": organisation_id}
    names = (first.surname, first.given_name, first.patronymic)
    keys = dict(zip(("sort_key", "search_key"), name_keys(*names), strict=True))
    named = dict(zip(("surname", "given_name", "patronymic"), names, strict=True))
    person = Person(**named, **keys, **first.contacts, **here)
    session.add(person)
    session.flush()
    staff = {"personnel_number": "1", "position": first.position}
    session.add(StaffMember(person_id=person.id, **staff, **here))
    session.add(RoleAssignment(person_id=person.id, role=first.role.value, **here))
    return person.id
