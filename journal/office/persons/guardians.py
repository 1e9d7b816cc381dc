"""Commands on guardians: one person for all his children here, a member of staff included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Role
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.office.persons.rows import PersonFacts, Whom, add_person, change_row, give_role
from journal.office.setup.rows import note
from journal.people.models import Guardian, GuardianLink, Person
from journal.people.rules import contact_keys, full_name


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """Whose guardian: relation is mother, father, guardian or other."""

    relation: str
    declined_e_service: bool = False


def known_person(session: Session, facts: PersonFacts) -> Person | None:
    """The same full name and the same phone or e-mail is one person, as in the import."""
    wanted = set(contact_keys(facts.phone, facts.email))
    namesakes = session.scalars(
        select(Person).where(Person.search_key == facts.columns["search_key"]).order_by(Person.id)
    )
    for person in namesakes:
        if wanted & set(contact_keys(person.phone, person.email)):
            return person
    return None


def add_guardian(
    session: Session,
    actor: Actor,
    *,
    child: Whom,
    person: PersonFacts,
    link: LinkFacts,
    now: datetime,
) -> int:
    """Enter a guardian of the child; one who is known already is linked. Returns the person.

    RuleViolation: surname.
    """
    if child.pupil is None:
        raise NotFound()
    row = known_person(session, person) or add_person(session, actor, person)
    if row.id == child.person.id:
        raise RuleViolation("surname", N_("Nobody is his own guardian. Correct the name."))
    guardian = _guardian(session, actor, row)
    twice = select(GuardianLink.id).filter_by(guardian_id=guardian.id, pupil_id=child.pupil.id)
    if session.scalar(twice) is not None:
        raise RuleViolation("surname", N_("This person is a guardian of the pupil already."))
    _link(session, actor, guardian.id, child.pupil.id, link, row, now)
    return row.id


def _link(
    session: Session,
    actor: Actor,
    guardian_id: int,
    pupil_id: int,
    link: LinkFacts,
    person: Person,
    now: datetime,
) -> None:
    facts = {"relation": link.relation, "declined_e_service": link.declined_e_service}
    place = {"organisation_id": actor.organisation_id, "guardian_id": guardian_id}
    added = GuardianLink(pupil_id=pupil_id, **place, **facts)
    session.add(added)
    session.flush()
    give_role(session, actor, person.id, Role.PARENT)
    told = {"name": full_name(person.surname, person.given_name, person.patronymic), **facts}
    note(session, actor, "create", added, after=told, now=now, about_id=pupil_id)


def _guardian(session: Session, actor: Actor, person: Person) -> Guardian:
    found = session.scalar(select(Guardian).where(Guardian.person_id == person.id))
    if found is None:
        found = Guardian(organisation_id=actor.organisation_id, person_id=person.id)
        session.add(found)
        session.flush()
    return found


def save_guardian(
    session: Session, actor: Actor, *, whom: Whom, person: PersonFacts, now: datetime
) -> None:
    """Change a guardian's own data."""
    if whom.guardian is None:
        raise NotFound()
    change_row(session, actor, whom.person, person.columns, whom.person.id, now)


def save_link(
    session: Session, actor: Actor, *, link: GuardianLink, facts: LinkFacts, now: datetime
) -> None:
    """Change the relation and whether the family takes the electronic service."""
    values = {"relation": facts.relation, "declined_e_service": facts.declined_e_service}
    change_row(session, actor, link, values, link.pupil_id, now)


def unlink(session: Session, actor: Actor, *, link: GuardianLink, now: datetime) -> None:
    """No guardian of this child any more; without children he sees nobody's diary."""
    told = {"relation": link.relation}
    note(session, actor, "delete", link, before=told, now=now, about_id=link.pupil_id)
    session.delete(link)
    session.flush()
