"""The way of pupils through classes: stays, movements, subgroups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.people.directory import ACCESS_COLUMNS, NAME_COLUMNS, AccessState, access_of, name_of
from journal.people.models import Account, Person, Pupil
from journal.school.models import (
    ClassGroup,
    ClassMembership,
    GroupMembership,
    Movement,
    StudyGroup,
    Subject,
)
from journal.school.rules import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassStay:
    """A pupil's stay in a class."""

    class_group_id: int
    class_name: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementRow:
    """движение: kind is transfer, leaving or return; `class_name` the class moved to."""

    happens_on: date
    kind: str
    class_name: str | None
    order_number: str | None
    order_date: date | None
    destination: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubgroupStay:
    """A pupil's place in a subgroup."""

    subject: str
    group_name: str
    classes: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilHistory:
    """Everything dated of one pupil, in order of time."""

    stays: tuple[ClassStay, ...]
    movements: tuple[MovementRow, ...]
    subgroups: tuple[SubgroupStay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPupil:
    """A pupil of a class with his stay in it; one who left and returned comes twice."""

    pupil_id: int
    person_id: int
    name: str
    personal_file: str
    span: Span
    access: AccessState


def pupil_history(session: Session, pupil_id: int) -> PupilHistory:
    """Classes, movements and subgroups of one pupil. Three queries."""
    return PupilHistory(
        stays=_stays(session, pupil_id),
        movements=_movements(session, pupil_id),
        subgroups=_subgroups(session, pupil_id),
    )


def _stays(session: Session, pupil_id: int) -> tuple[ClassStay, ...]:
    rows = session.execute(
        select(
            ClassGroup.id, ClassGroup.name, ClassMembership.starts_on, ClassMembership.ends_before
        )
        .join(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .where(ClassMembership.pupil_id == pupil_id)
        .order_by(ClassMembership.starts_on)
    )
    return tuple(
        ClassStay(class_group_id=class_id, class_name=name, span=Span(starts_on, ends_before))
        for class_id, name, starts_on, ends_before in rows
    )


def _movements(session: Session, pupil_id: int) -> tuple[MovementRow, ...]:
    rows = session.execute(
        select(
            Movement.happens_on,
            Movement.kind,
            ClassGroup.name.label("class_name"),
            Movement.order_number,
            Movement.order_date,
            Movement.destination,
        )
        .outerjoin(ClassGroup, ClassGroup.id == Movement.class_group_id)
        .where(Movement.pupil_id == pupil_id)
        .order_by(Movement.happens_on, Movement.id)
    )
    return tuple(MovementRow(**row) for row in rows.mappings())


def _subgroups(session: Session, pupil_id: int) -> tuple[SubgroupStay, ...]:
    rows = session.execute(
        select(
            Subject.name.label("subject"),
            StudyGroup.name,
            StudyGroup.classes_key,
            GroupMembership.starts_on,
            GroupMembership.ends_before,
        )
        .join(StudyGroup, StudyGroup.id == GroupMembership.study_group_id)
        .join(Subject, Subject.id == StudyGroup.subject_id)
        .where(GroupMembership.pupil_id == pupil_id)
        .order_by(Subject.sort_key, GroupMembership.starts_on)
    )
    return tuple(
        SubgroupStay(
            subject=row.subject,
            group_name=row.name,
            classes=row.classes_key,
            span=Span(row.starts_on, row.ends_before),
        )
        for row in rows
    )


def class_pupils(session: Session, class_group_id: int) -> list[ClassPupil]:
    """Everybody who is or was in the class, in the order of names. One query."""
    rows = session.execute(
        select(
            Pupil.id.label("pupil_id"),
            Person.id.label("person_id"),
            *NAME_COLUMNS,
            Pupil.personal_file,
            ClassMembership.starts_on,
            ClassMembership.ends_before,
            *ACCESS_COLUMNS,
        )
        .join(ClassMembership, ClassMembership.pupil_id == Pupil.id)
        .join(Person, Person.id == Pupil.person_id)
        .outerjoin(Account, Account.id == Person.account_id)
        .where(ClassMembership.class_group_id == class_group_id)
        .order_by(Person.sort_key, Pupil.id, ClassMembership.starts_on)
    )
    return [_class_pupil(row) for row in rows]


def _class_pupil(row: Any) -> ClassPupil:
    return ClassPupil(
        pupil_id=row.pupil_id,
        person_id=row.person_id,
        name=name_of(row),
        personal_file=row.personal_file,
        span=Span(row.starts_on, row.ends_before),
        access=access_of(row),
    )
