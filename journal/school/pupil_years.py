"""A pupil with every stay in a class and its academic year, for a look at a whole year."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.people.models import Person, Pupil
from journal.people.rules import class_list_name
from journal.school.models import AcademicYear, ClassGroup, ClassMembership
from journal.school.rules import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class YearStay:
    """A stay in a class, half-open, and the span of its academic year."""

    class_group_id: int
    class_name: str
    class_teacher_id: int | None
    year_id: int
    year_name: str
    year: Span
    span: Span


@dataclass(frozen=True, slots=True)
class StayedPupil:
    """His stays in the order of their beginning."""

    pupil_id: int
    name: str
    stays: tuple[YearStay, ...]

    def years(self) -> dict[int, str]:
        """The years he was at school, by number."""
        return {one.year_id: one.year_name for one in self.stays}

    def in_year(self, year_id: int) -> tuple[YearStay, ...]:
        """His stays of the year."""
        return tuple(one for one in self.stays if one.year_id == year_id)


def stayed_pupil(session: Session, pupil_id: int) -> StayedPupil | None:
    """One query; None for a pupil of another school."""
    rows = session.execute(
        select(
            *(Person.surname, Person.given_name, ClassGroup.id, ClassGroup.name),
            *(ClassGroup.class_teacher_id, AcademicYear.id, AcademicYear.name),
            *(AcademicYear.starts_on, AcademicYear.ends_before),
            *(ClassMembership.starts_on, ClassMembership.ends_before),
        )
        .select_from(Pupil)
        .join(Person, Person.id == Pupil.person_id)
        .outerjoin(ClassMembership, ClassMembership.pupil_id == Pupil.id)
        .outerjoin(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .outerjoin(AcademicYear, AcademicYear.id == ClassGroup.academic_year_id)
        .where(Pupil.id == pupil_id)
        .order_by(ClassMembership.starts_on)
    ).all()
    if not rows:
        return None
    stays = tuple(_stay(*row[2:]) for row in rows if row[2] is not None)
    return StayedPupil(pupil_id, class_list_name(rows[0][0], rows[0][1]), stays)


def _stay(*row: object) -> YearStay:
    facts = dict(zip(_FACTS, row[:5], strict=True))
    return YearStay(**facts, year=Span(*row[5:7]), span=Span(*row[7:9]))  # type: ignore[arg-type]


_FACTS = ("class_group_id", "class_name", "class_teacher_id", "year_id", "year_name")
