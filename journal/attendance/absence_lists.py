"""Absences and excuses as lists: of a class's day, of the school's day. Counts: see `counting`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence
from journal.lessons.models import Lesson
from journal.people.models import Person, Pupil
from journal.people.rules import class_list_name
from journal.school.directory import in_class_on
from journal.school.models import ClassGroup, ClassMembership


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """One state of a pupil in a lesson; `minutes` of a lateness only."""

    lesson_id: int
    pupil_id: int
    code: str
    minutes: int | None


def absences_of_lessons(session: Session, lesson_ids: Collection[int]) -> list[AbsenceRow]:
    """Every entry of those lessons."""
    rows = session.execute(_entries_query(), {"lesson_ids": list(lesson_ids)})
    return [AbsenceRow(row[0], row[1], row[2], row[3]) for row in rows]


@cache
def _entries_query() -> Any:
    return select(Absence.lesson_id, Absence.pupil_id, Absence.code, Absence.minutes).where(
        Absence.lesson_id.in_(bindparam("lesson_ids", expanding=True))
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
    """Every entry of the day by class and name, pupil by pupil; who is in no class that day is
    left out."""
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
        .order_by(
            ClassGroup.grade, ClassGroup.name, Person.sort_key, Pupil.id, Lesson.lesson_number
        )
    )
    return [DayAbsence(row[0], class_list_name(row[1], row[2]), *row[3:]) for row in rows]
