"""Absences and excuses as lists: of a class's day, of the school's day. Counts: see `counting`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Excuse
from journal.lessons.models import Lesson
from journal.people.models import Person, Pupil
from journal.people.rules import class_list_name, short_name
from journal.school.directory import in_class_on
from journal.school.models import ClassGroup, ClassMembership
from journal.school.rules import Span


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """One state of a pupil in a lesson; `minutes` of a lateness only."""

    lesson_id: int
    pupil_id: int
    code: str
    minutes: int | None


def absences_of_lessons(session: Session, lesson_ids: Collection[int]) -> list[AbsenceRow]:
    """Every entry of those lessons."""
    rows = session.execute(
        select(Absence.lesson_id, Absence.pupil_id, Absence.code, Absence.minutes).where(
            Absence.lesson_id.in_(list(lesson_ids))
        )
    )
    return [AbsenceRow(row[0], row[1], row[2], row[3]) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcuseRow:
    """оправдание of a pupil; `ends_before` exclusive. `confirmed` by the class teacher."""

    excuse_id: int
    pupil_id: int
    span: Span
    code: str
    text: str
    confirmed: bool
    submitted_by: str
    submitted_at: datetime


def excuses_of_class(session: Session, *, class_group_id: int, day: date) -> list[ExcuseRow]:
    """Those that wait for confirmation, and the confirmed ones that cover the day."""
    covers = and_(Excuse.starts_on <= day, day < Excuse.ends_before)
    rows = session.execute(
        select(*_EXCUSE)
        .join(ClassMembership, ClassMembership.pupil_id == Excuse.pupil_id)
        .join(Person, Person.id == Excuse.submitted_by)
        .where(
            ClassMembership.class_group_id == class_group_id,
            in_class_on(day),
            or_(Excuse.status == "submitted", and_(Excuse.status == "confirmed", covers)),
        )
        .order_by(Excuse.submitted_at, Excuse.id)
    )
    return [_excuse(row) for row in rows]


_EXCUSE = (
    Excuse.id,
    Excuse.pupil_id,
    Excuse.starts_on,
    Excuse.ends_before,
    Excuse.code,
    Excuse.text,
    Excuse.status,
    Excuse.submitted_at,
    Person.surname,
    Person.given_name,
    Person.patronymic,
)


def _excuse(row: Any) -> ExcuseRow:
    return ExcuseRow(
        excuse_id=row.id,
        pupil_id=row.pupil_id,
        span=Span(row.starts_on, row.ends_before),
        code=row.code,
        text=row.text,
        confirmed=row.status == "confirmed",
        submitted_by=short_name(row.surname, row.given_name, row.patronymic),
        submitted_at=row.submitted_at,
    )


@dataclass(frozen=True, slots=True)
class DayAbsence:
    """An entry of the school's day: pupil, class on that day, lesson number, code."""

    pupil_id: int
    name: str
    class_name: str
    number: int
    code: str


def absences_on(session: Session, *, day: date) -> list[DayAbsence]:
    """Every entry of the day by class and name; who is in no class that day is left out."""
    rows = session.execute(
        select(
            Pupil.id,
            Person.surname,
            Person.given_name,
            ClassGroup.name,
            Lesson.lesson_number,
            Absence.code,
        )
        .join(Lesson, Lesson.id == Absence.lesson_id)
        .join(Pupil, Pupil.id == Absence.pupil_id)
        .join(Person, Person.id == Pupil.person_id)
        .join(ClassMembership, and_(ClassMembership.pupil_id == Pupil.id, in_class_on(day)))
        .join(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .where(Lesson.held_on == day, Lesson.status != "cancelled")
        .order_by(ClassGroup.grade, ClassGroup.name, Person.sort_key, Lesson.lesson_number)
    )
    return [DayAbsence(row[0], class_list_name(row[1], row[2]), *row[3:]) for row in rows]
