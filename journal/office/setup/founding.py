"""A school that begins with nothing: its organisation and the one person who sets it up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.audit import Change, Origin, record
from journal.core.tenancy import bind
from journal.grading.defaults import add_default_work_types
from journal.people.models import Organisation, Person, RoleAssignment, StaffMember
from journal.people.rules import name_keys


def found_school(session: Session, *, name: str, origin: Origin, now: datetime) -> int:
    """Make a school of that name with an administrator who is to enter his own name.

    Binds the session to the school; returns its id.
    """
    organisation = Organisation(kind="school", code="1", full_name=name, short_name=name)
    session.add(organisation)
    session.flush()
    bind(session, {organisation.id})
    here = {"organisation_id": organisation.id}
    sort_key, search_key = name_keys("Администратор", "Журнала", None)
    keys = {"sort_key": sort_key, "search_key": search_key}
    person = Person(surname="Администратор", given_name="Журнала", **keys, **here)
    session.add(person)
    session.flush()
    staff = {"personnel_number": "1", "position": "Администратор журнала"}
    session.add(StaffMember(person_id=person.id, **staff, **here))
    session.add(RoleAssignment(person_id=person.id, role=Role.ADMINISTRATOR.value, **here))
    add_default_work_types(session, organisation.id)
    session.flush()
    founded = Change(
        action="create", object_type="organisation", object_id=organisation.id, after={"name": name}
    )
    record(session, organisation_id=organisation.id, origin=origin, change=founded, now=now)
    return organisation.id
