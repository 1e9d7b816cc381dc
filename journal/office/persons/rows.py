"""A human being's own row: names with their keys, contacts; who may change whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission, Role
from journal.core.errors import Forbidden, NotFound
from journal.core.messages import N_
from journal.office.setup.rows import note
from journal.people.models import (
    Guardian,
    GuardianLink,
    Person,
    Pupil,
    RoleAssignment,
    StaffMember,
)
from journal.people.names import person_names
from journal.people.rules import name_keys
from journal.school.credential_targets import persons_of_own_classes


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What is known of a human being."""

    surname: str
    given_name: str
    patronymic: str | None = None
    sex: str | None = None
    born_on: date | None = None
    phone: str | None = None
    email: str | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What the table keeps, the keys of the name included."""
        sort_key, search_key = name_keys(self.surname, self.given_name, self.patronymic)
        return {**self.shown, "sort_key": sort_key, "search_key": search_key}

    @property
    def shown(self) -> dict[str, Any]:
        """What the log tells."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Whom:
    """A person with the rows he has here."""

    person: Person
    staff: StaffMember | None
    pupil: Pupil | None
    guardian: Guardian | None


def load_whom(session: Session, actor: Actor, person_id: int, *, today: date) -> Whom:
    """The person, for who may change him: the administrator everybody, a class teacher the pupils
    of his classes and their guardians. NotFound, Forbidden."""
    row = session.execute(
        select(Person, StaffMember, Pupil, Guardian)
        .outerjoin(StaffMember, StaffMember.person_id == Person.id)
        .outerjoin(Pupil, Pupil.person_id == Person.id)
        .outerjoin(Guardian, Guardian.person_id == Person.id)
        .where(Person.id == person_id)
    ).one_or_none()
    if row is None:
        raise NotFound()
    whom = Whom(*row)
    if not actor.may(Permission.MANAGE_SCHOOL):
        own = persons_of_own_classes(session, actor, today)
        if person_id not in own or whom.staff is not None:
            raise Forbidden(N_("You keep the pupils and parents of your own class only."))
    return whom


@dataclass(frozen=True, slots=True)
class Link:
    """Whose guardian in which degree, with both names."""

    row: GuardianLink
    child_person_id: int
    child: str
    guardian: str


def load_link(session: Session, actor: Actor, link_id: int, *, today: date) -> Link:
    """The link of a guardian and a child, for who may change the child. NotFound, Forbidden."""
    row = session.get(GuardianLink, link_id)
    if row is None:
        raise NotFound()
    child_person_id = session.get_one(Pupil, row.pupil_id).person_id
    load_whom(session, actor, child_person_id, today=today)
    guardian_person_id = session.get_one(Guardian, row.guardian_id).person_id
    names = person_names(session, [child_person_id, guardian_person_id])
    return Link(row, child_person_id, names[child_person_id], names[guardian_person_id])


def add_person(session: Session, actor: Actor, facts: PersonFacts) -> Person:
    """A new person of the actor's school; what he is here follows."""
    person = Person(organisation_id=actor.organisation_id, **facts.columns)
    session.add(person)
    session.flush()
    return person


def change_row(
    session: Session,
    actor: Actor,
    row: Any,
    facts: Mapping[str, Any],
    about: int | None,
    now: datetime,
) -> None:
    """Bring a row of a person in line, with what was and what is in the log."""
    hidden = {"sort_key", "search_key"}
    before = {name: getattr(row, name) for name in facts}
    changed = {name: value for name, value in facts.items() if before[name] != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if not changed:
        return
    session.flush()
    was = {name: before[name] for name in changed.keys() - hidden}
    told = {name: changed[name] for name in changed.keys() - hidden}
    note(session, actor, "change", row, before=was, after=told, now=now, about_id=about)


def hold_role(
    session: Session, actor: Actor, person_id: int, role: Role, *, held: bool, now: datetime
) -> None:
    """A role that comes and goes with an appointment; given or taken twice it changes nothing."""
    row = session.scalar(select(RoleAssignment).filter_by(person_id=person_id, role=role.value))
    if (row is not None) == held:
        return
    if row is not None:
        session.delete(row)
    else:
        give_role(session, actor, person_id, role)
    session.flush()
    was, told = ({"role": role.value}, None) if row is not None else (None, {"role": role.value})
    person = session.get_one(Person, person_id)
    note(session, actor, "change", person, before=was, after=told, now=now, about_id=person_id)


def give_role(session: Session, actor: Actor, person_id: int, role: Role) -> None:
    """The role that comes with a row: pupil, parent."""
    held = select(RoleAssignment.id).filter_by(person_id=person_id, role=role.value)
    if session.scalar(held) is None:
        place = {"organisation_id": actor.organisation_id, "person_id": person_id}
        session.add(RoleAssignment(role=role.value, **place))
        session.flush()
