"""Pupils by their numbers, with the class they are in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from journal.people.models import Person, Pupil
from journal.people.rules import class_list_name
from journal.school.directory import in_class_on
from journal.school.models import AcademicYear, ClassGroup, ClassMembership


@dataclass(frozen=True, slots=True)
class NamedPupil:
    """A pupil and his class on the day."""

    pupil_id: int
    name: str
    class_name: str
    class_group_id: int


def named_pupils(session: Session, pupil_ids: Collection[int], *, day: date) -> list[NamedPupil]:
    """Those of them who are in a class on the day, by class and name."""
    rows = session.execute(
        select(Pupil.id, Person.surname, Person.given_name, ClassGroup.name, ClassGroup.id)
        .join(Person, Person.id == Pupil.person_id)
        .join(ClassMembership, and_(ClassMembership.pupil_id == Pupil.id, in_class_on(day)))
        .join(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .where(Pupil.id.in_(list(pupil_ids)))
        .order_by(ClassGroup.grade, ClassGroup.name, Person.sort_key)
    )
    return [NamedPupil(row[0], class_list_name(row[1], row[2]), row[3], row[4]) for row in rows]


def classes_of_year(session: Session, pupil_id: int, *, day: date) -> list[int]:
    """The classes the pupil was in during the academic year the day lies in."""
    rows = session.scalars(
        select(ClassMembership.class_group_id)
        .join(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .join(AcademicYear, AcademicYear.id == ClassGroup.academic_year_id)
        .where(
            ClassMembership.pupil_id == pupil_id,
            AcademicYear.starts_on <= day,
            AcademicYear.ends_before > day,
        )
        .distinct()
    )
    return list(rows)


def pupil_by_file(session: Session, personal_file: str) -> int | None:
    """The pupil with that number of the personal file."""
    return session.scalar(select(Pupil.id).where(Pupil.personal_file == personal_file))
