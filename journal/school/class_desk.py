"""What a class teacher's desk reads of the school: own classes, and the pupils of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, bindparam, or_, select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.errors import Forbidden, NotFound
from journal.core.messages import N_
from journal.people.models import Person, Pupil
from journal.people.rules import class_list_name
from journal.school.directory import in_class_on
from journal.school.models import AcademicYear, ClassGroup, ClassMembership
from journal.school.rules import Span


class NoClassKept(NotFound):
    """The actor is a class teacher to whom no class is given."""

    def __init__(self) -> None:
        super().__init__(N_("No class is in your care. The administrator appoints class teachers."))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnClass:
    """класс of its class teacher, with the span of its academic year."""

    id: int
    name: str
    grade: int
    year_id: int
    year: Span


def own_classes(
    session: Session, actor: Actor, *, class_id: int | None, today: date
) -> tuple[OwnClass, list[OwnClass]]:
    """The class asked for (the first of the present year without one) and all his of that year.

    NotFound for a class of another school, NoClassKept for one who keeps none; Forbidden for a
    class of the school that is not his.
    """
    staff_id = actor.current.staff_id or 0
    mine, asked = _classes(session, staff_id, class_id)
    if class_id is not None:
        if asked is None:
            raise NotFound()
        if asked not in mine:
            raise Forbidden(N_("This class is kept by another class teacher."))
        return asked, [one for one in mine if one.year_id == asked.year_id]
    year_id = _present_year(mine, today)
    present = [one for one in mine if one.year_id == year_id]
    if not present:
        raise NoClassKept()
    return present[0], present


def _classes(
    session: Session, staff_id: int, class_id: int | None
) -> tuple[list[OwnClass], OwnClass | None]:
    asked = {"staff_id": staff_id, "class_id": class_id}
    rows = session.execute(_classes_query(), asked).all()
    found = [(row.class_teacher_id, _own_class(row)) for row in rows]
    mine = [one for teacher_id, one in found if teacher_id == staff_id]
    return mine, next((one for _, one in found if one.id == class_id), None)


@cache
def _classes_query() -> Any:
    mine = ClassGroup.class_teacher_id == bindparam("staff_id")
    return (
        select(*_OWN_CLASS)
        .join(AcademicYear, AcademicYear.id == ClassGroup.academic_year_id)
        .where(or_(mine, ClassGroup.id == bindparam("class_id")))
        .order_by(AcademicYear.starts_on, ClassGroup.grade, ClassGroup.name)
    )


_OWN_CLASS = (
    ClassGroup.id,
    ClassGroup.name,
    ClassGroup.grade,
    ClassGroup.class_teacher_id,
    AcademicYear.id.label("year_id"),
    AcademicYear.starts_on,
    AcademicYear.ends_before,
)


def _own_class(row: Any) -> OwnClass:
    return OwnClass(
        id=row.id,
        name=row.name,
        grade=row.grade,
        year_id=row.year_id,
        year=Span(row.starts_on, row.ends_before),
    )


def _present_year(mine: list[OwnClass], today: date) -> int | None:
    """The year that has not ended (the first of them), else the latest."""
    going = [one for one in mine if one.year.ends_before is None or today < one.year.ends_before]
    chosen = going[0] if going else (mine[-1] if mine else None)
    return chosen.year_id if chosen else None


@dataclass(frozen=True, slots=True)
class DayPupil:
    """A pupil who is in the class that day."""

    pupil_id: int
    person_id: int
    name: str
    born_on: date | None


def pupils_on(session: Session, *, class_group_id: int, day: date) -> list[DayPupil]:
    """Who is in the class on the day, in the order of names."""
    rows = session.execute(_pupils_query(), {"class_id": class_group_id, "day": day})
    return [DayPupil(row[0], row[1], class_list_name(row[2], row[3]), row[4]) for row in rows]


def pupil_ids_on(session: Session, *, class_group_id: int, day: date) -> frozenset[int]:
    """Who is in the class on the day, for rules: names are not read."""
    asked = {"class_id": class_group_id, "day": day}
    return frozenset(session.scalars(_pupil_ids_query(), asked))


@cache
def _pupil_ids_query() -> Any:
    day: Any = bindparam("day", type_=Date)
    return select(ClassMembership.pupil_id).where(
        ClassMembership.class_group_id == bindparam("class_id"), in_class_on(day)
    )


@cache
def _pupils_query() -> Any:
    day: Any = bindparam("day", type_=Date)
    return (
        select(
            Pupil.id,
            Person.id.label("person_id"),
            Person.surname,
            Person.given_name,
            Person.born_on,
        )
        .join(ClassMembership, ClassMembership.pupil_id == Pupil.id)
        .join(Person, Person.id == Pupil.person_id)
        .where(ClassMembership.class_group_id == bindparam("class_id"), in_class_on(day))
        .order_by(Person.sort_key, Pupil.id)
    )
