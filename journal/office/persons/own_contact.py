"""A member of staff keeps his own name, position and contacts: the coordinator of a monitoring."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.errors import Forbidden, NotFound
from journal.office.persons.rows import change_row
from journal.people.models import Organisation, Person, StaffMember
from journal.people.rules import name_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnContact:
    """«Данные координатора»."""

    surname: str
    given_name: str
    patronymic: str | None
    position: str
    phone: str | None
    email: str | None


def own_contact(session: Session, actor: Actor) -> OwnContact:
    """What is known of the actor here."""
    person, staff = _rows(session, actor)
    return OwnContact(
        surname=person.surname,
        given_name=person.given_name,
        patronymic=person.patronymic,
        position=staff.position,
        phone=person.phone,
        email=person.email,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutSchool:
    """What the coordinator may say of the school: not its code and place, the region's keys."""

    type_name: str | None
    full_name: str
    short_name: str
    website: str | None


def save_about_school(session: Session, actor: Actor, facts: AboutSchool, *, now: datetime) -> None:
    """Change the actor's own organisation. Forbidden for who does not post its data."""
    if not actor.may(Permission.POST_MONITORING):
        raise Forbidden()
    row = session.get_one(Organisation, actor.organisation_id)
    change_row(session, actor, row, asdict(facts), None, now)


def save_own_contact(session: Session, actor: Actor, facts: OwnContact, *, now: datetime) -> None:
    """Change the actor's own rows; both are logged."""
    person, staff = _rows(session, actor)
    typed = asdict(facts)
    position = {"position": typed.pop("position")}
    sort_key, search_key = name_keys(facts.surname, facts.given_name, facts.patronymic)
    named = {**typed, "sort_key": sort_key, "search_key": search_key}
    change_row(session, actor, person, named, person.id, now)
    change_row(session, actor, staff, position, person.id, now)


def _rows(session: Session, actor: Actor) -> tuple[Person, StaffMember]:
    row = session.execute(
        select(Person, StaffMember)
        .join(StaffMember, StaffMember.person_id == Person.id)
        .where(Person.id == actor.current.person_id)
    ).one_or_none()
    if row is None:
        raise NotFound()
    return row[0], row[1]
