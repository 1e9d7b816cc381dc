"""One person as the administrator sees him: who he is here, his family, his access."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.errors import NotFound
from journal.people.directory import (
    ACCESS_COLUMNS,
    NAME_COLUMNS,
    AccessState,
    ChildRef,
    access_of,
    children_of,
    name_of,
    roles_of,
)
from journal.people.models import (
    Account,
    Guardian,
    GuardianLink,
    Person,
    Pupil,
    StaffMember,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFacts:
    """What is known of a member of staff."""

    staff_id: int
    personnel_number: str
    position: str
    left_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilFacts:
    """What is known of a pupil."""

    pupil_id: int
    personal_file: str
    enrolled_on: date
    enrolment_order: str | None
    consent_on: date | None
    consent_withdrawn_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianRef:
    """A guardian of the pupil; consent and refusal are of this child."""

    link_id: int
    person_id: int
    name: str
    relation: str
    phone: str | None
    email: str | None
    declined_e_service: bool
    consent_on: date | None
    consent_withdrawn_on: date | None
    access: AccessState


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """Everything people knows of one person; classes are asked of the school."""

    person_id: int
    name: str
    sex: str | None
    born_on: date | None
    phone: str | None
    email: str | None
    roles: tuple[Role, ...]
    access: AccessState
    staff: StaffFacts | None
    pupil: PupilFacts | None
    children: Sequence[ChildRef]
    guardians: Sequence[GuardianRef]

    @property
    def link_ids(self) -> tuple[int, ...]:
        """The rows that tie him to his children."""
        return tuple(child.link_id for child in self.children)


def person_card(session: Session, person_id: int) -> PersonCard:
    """The card of a person of the bound organisation; raises NotFound. At most four queries."""
    row = _person_row(session, person_id)
    if row is None:
        raise NotFound()
    children = children_of(session, [row.guardian_id]) if row.guardian_id else {}
    return PersonCard(
        person_id=person_id,
        name=name_of(row),
        sex=row.sex,
        born_on=row.born_on,
        phone=row.phone,
        email=row.email,
        roles=roles_of(session, [person_id]).get(person_id, ()),
        access=access_of(row),
        staff=_staff_facts(row),
        pupil=_pupil_facts(row),
        children=children.get(row.guardian_id, []),
        guardians=guardians_of(session, [row.pupil_id])[row.pupil_id] if row.pupil_id else [],
    )


_PERSON = (
    *NAME_COLUMNS,
    Person.sex,
    Person.born_on,
    Person.phone,
    Person.email,
    *ACCESS_COLUMNS,
    StaffMember.id.label("staff_id"),
    StaffMember.personnel_number,
    StaffMember.position,
    StaffMember.left_on,
    Pupil.id.label("pupil_id"),
    Pupil.personal_file,
    Pupil.enrolled_on,
    Pupil.enrolment_order,
    Pupil.consent_on,
    Pupil.consent_withdrawn_on,
    Guardian.id.label("guardian_id"),
)


def _person_row(session: Session, person_id: int) -> Any:
    query = (
        select(*_PERSON)
        .select_from(Person)
        .outerjoin(Account, Account.id == Person.account_id)
        .outerjoin(StaffMember, StaffMember.person_id == Person.id)
        .outerjoin(Pupil, Pupil.person_id == Person.id)
        .outerjoin(Guardian, Guardian.person_id == Person.id)
        .where(Person.id == person_id)
    )
    return session.execute(query).one_or_none()


def _staff_facts(row: Any) -> StaffFacts | None:
    if row.staff_id is None:
        return None
    return StaffFacts(
        staff_id=row.staff_id,
        personnel_number=row.personnel_number,
        position=row.position,
        left_on=row.left_on,
    )


def _pupil_facts(row: Any) -> PupilFacts | None:
    if row.pupil_id is None:
        return None
    return PupilFacts(
        pupil_id=row.pupil_id,
        personal_file=row.personal_file,
        enrolled_on=row.enrolled_on,
        enrolment_order=row.enrolment_order,
        consent_on=row.consent_on,
        consent_withdrawn_on=row.consent_withdrawn_on,
    )


def guardians_of(session: Session, pupil_ids: Sequence[int]) -> dict[int, list[GuardianRef]]:
    """The guardians of each of those pupils, in the order of names; an empty list where none."""
    rows = session.execute(
        select(
            GuardianLink.id.label("link_id"),
            GuardianLink.pupil_id,
            GuardianLink.relation,
            GuardianLink.declined_e_service,
            GuardianLink.consent_on,
            GuardianLink.consent_withdrawn_on,
            Person.id.label("person_id"),
            *NAME_COLUMNS,
            Person.phone,
            Person.email,
            *ACCESS_COLUMNS,
        )
        .join(Guardian, Guardian.id == GuardianLink.guardian_id)
        .join(Person, Person.id == Guardian.person_id)
        .outerjoin(Account, Account.id == Person.account_id)
        .where(GuardianLink.pupil_id.in_(list(pupil_ids)))
        .order_by(Person.sort_key, Person.id)
    )
    found: dict[int, list[GuardianRef]] = {pupil_id: [] for pupil_id in pupil_ids}
    for row in rows:
        found[row.pupil_id].append(_guardian_ref(row))
    return found


def _guardian_ref(row: Any) -> GuardianRef:
    return GuardianRef(
        link_id=row.link_id,
        person_id=row.person_id,
        name=name_of(row),
        relation=row.relation,
        phone=row.phone,
        email=row.email,
        declined_e_service=row.declined_e_service,
        consent_on=row.consent_on,
        consent_withdrawn_on=row.consent_withdrawn_on,
        access=access_of(row),
    )


def links_of(session: Session, guardian_id: int) -> tuple[int, ...]:
    """The rows that tie a guardian to his children."""
    query = select(GuardianLink.id).where(GuardianLink.guardian_id == guardian_id)
    return tuple(session.scalars(query))
