"""The classes of a year and everybody's stays in them, for counts of the whole school."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from journal.people.models import Person, Pupil
from journal.people.rules import class_list_name
from journal.school.headcount import ClassStay
from journal.school.models import ClassGroup, ClassMembership
from journal.school.rules import Span


@dataclass(frozen=True, slots=True)
class YearClass:
    """класс; `study_form` is full_time, part_time or extramural."""

    id: int
    name: str
    grade: int
    letter: str
    study_form: str


def year_classes(session: Session, academic_year_id: int) -> list[YearClass]:
    """The classes by parallel, then letter."""
    rows = session.execute(
        select(
            ClassGroup.id,
            ClassGroup.name,
            ClassGroup.grade,
            ClassGroup.letter,
            ClassGroup.study_form,
        )
        .where(ClassGroup.academic_year_id == academic_year_id)
        .order_by(ClassGroup.grade, ClassGroup.name)
    )
    return [YearClass(row[0], row[1], row[2], row[3] or "", row[4]) for row in rows]


def year_stays(session: Session, academic_year_id: int) -> list[ClassStay]:
    """Every stay in a class of the year."""
    rows = session.execute(
        select(
            ClassMembership.pupil_id,
            ClassMembership.class_group_id,
            ClassMembership.starts_on,
            ClassMembership.ends_before,
        )
        .join(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .where(ClassGroup.academic_year_id == academic_year_id)
    )
    return [ClassStay(row[0], row[1], Span(row[2], row[3])) for row in rows]


class NamedStay(NamedTuple):
    """A pupil's stay in a class of the year."""

    pupil_id: int
    name: str
    class_group_id: int
    span: Span


def named_stays(session: Session, academic_year_id: int) -> list[NamedStay]:
    """Every stay in a class of the year, in the order of names. One query."""
    rows = session.execute(_named().where(ClassGroup.academic_year_id == academic_year_id))
    return _stays(rows)


def stays_of_class(session: Session, class_id: int, *, academic_year_id: int) -> list[NamedStay]:
    """Every stay in the year of whoever was in the class at some time, his other classes included,
    in the order of names. One query."""
    values = {"class_id": class_id, "year_id": academic_year_id}
    return _stays(session.execute(_of_class(), values))


@cache
def _of_class() -> Any:
    in_class = ClassMembership.class_group_id == bindparam("class_id")
    inside = select(ClassMembership.pupil_id).where(in_class)
    return _named().where(
        ClassGroup.academic_year_id == bindparam("year_id"), ClassMembership.pupil_id.in_(inside)
    )


def _named() -> Any:
    return (
        select(
            *(ClassMembership.pupil_id, Person.surname, Person.given_name),
            *(ClassMembership.class_group_id, ClassMembership.starts_on),
            ClassMembership.ends_before,
        )
        .join(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .join(Pupil, Pupil.id == ClassMembership.pupil_id)
        .join(Person, Person.id == Pupil.person_id)
        .order_by(Person.sort_key, Pupil.id, ClassMembership.starts_on)
    )


def _stays(rows: Iterable[Any]) -> list[NamedStay]:
    return [
        NamedStay(row[0], class_list_name(row[1], row[2]), row[3], Span(row[4], row[5]))
        for row in rows
    ]
