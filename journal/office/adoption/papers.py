"""Whose consent is missing: the sheets to print, with the names already in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from journal.people.directory import NAME_COLUMNS, name_of
from journal.people.models import Person, Pupil, StaffMember
from journal.people.person_card import GuardianRef, guardians_of
from journal.people.queries import at_work
from journal.school.directory import in_class_on
from journal.school.models import ClassGroup, ClassMembership


@dataclass(frozen=True, slots=True)
class StaffSheet:
    """A member of staff whose consent is missing."""

    name: str
    position: str


@dataclass(frozen=True, slots=True)
class PupilSheet:
    """A pupil for whom a consent is missing, with the parent to sign, if one is entered."""

    name: str
    class_name: str
    born_on: date | None
    guardian: str | None


def staff_without_consent(session: Session, day: date) -> list[StaffSheet]:
    """Staff at work in the order of names."""
    rows = session.execute(
        select(*NAME_COLUMNS, StaffMember.position)
        .join(Person, Person.id == StaffMember.person_id)
        .where(
            at_work(day),
            or_(StaffMember.consent_on.is_(None), StaffMember.consent_withdrawn_on.is_not(None)),
        )
        .order_by(Person.sort_key, StaffMember.id)
    )
    return [StaffSheet(name_of(row), row.position) for row in rows]


def pupils_without_consent(session: Session, class_id: int, day: date) -> list[PupilSheet]:
    """Pupils of the class for whom nobody has signed, in the order of names. Two queries."""
    rows = session.execute(
        select(
            Pupil.id,
            *NAME_COLUMNS,
            Person.born_on,
            ClassGroup.name.label("class_name"),
            Pupil.consent_on,
            Pupil.consent_withdrawn_on,
        )
        .join(Person, Person.id == Pupil.person_id)
        .join(ClassMembership, ClassMembership.pupil_id == Pupil.id)
        .join(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .where(ClassGroup.id == class_id, in_class_on(day))
        .order_by(Person.sort_key, Pupil.id)
    ).all()
    guardians = guardians_of(session, [row.id for row in rows])
    return [
        PupilSheet(name_of(row), row.class_name, row.born_on, _signer(guardians[row.id]))
        for row in rows
        if (row.consent_on is None or row.consent_withdrawn_on is not None)
        and not any(_holds(one) for one in guardians[row.id])
    ]


def _signer(guardians: list[GuardianRef]) -> str | None:
    return guardians[0].name if guardians else None


def _holds(one: GuardianRef) -> bool:
    return one.consent_on is not None and one.consent_withdrawn_on is None
