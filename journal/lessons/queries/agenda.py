"""Lessons of days, as lists for people: a teacher's day, a class's day, the school's day.

Every read returns `AgendaRow`s: columns, never entities. The session is bound to one organisation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from journal.lessons.models import Homework, Lesson
from journal.lessons.rules.filling import FIRST_GRADE_WITH_HOMEWORK, NOT_MARKED
from journal.people.models import Person, StaffMember
from journal.people.rules import short_name
from journal.school.models import (
    Course,
    Room,
    StudyGroup,
    StudyGroupClass,
    Subject,
)
from journal.school.titles import classes_words, course_title, subject_title

DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class Days:
    """Days of lessons, half-open."""

    starts_on: date
    ends_before: date

    @classmethod
    def one(cls, day: date) -> Days:
        """A single day."""
        return cls(day, day + timedelta(days=1))

    def covers(self, day: date) -> bool:
        """Whether the day is among them."""
        return self.starts_on <= day < self.ends_before


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One lesson in a list. `teacher` holds it; `planned_teacher` is whom he replaces, if any."""

    lesson_id: int
    course_id: int
    held_on: date
    number: int
    starts_at: datetime
    ends_at: datetime
    staff_id: int
    planned_staff_id: int | None
    cancelled: bool
    distance: bool
    attendance_taken: bool
    topic: str | None
    has_homework: bool
    year_id: int
    classes_key: str
    group: str
    grade: int
    subject: str
    scale: str
    room: str | None
    teacher: str
    planned_teacher: str | None

    @property
    def has_topic(self) -> bool:
        """Whether a topic was entered."""
        return bool(self.topic)

    @property
    def title(self) -> str:
        """«5Б, математика»."""
        return course_title(self.classes_key, self.subject, self.group)

    @property
    def classes(self) -> str:
        """«10А, 10Б»."""
        return classes_words(self.classes_key)

    @property
    def subject_title(self) -> str:
        """«математика», «английский язык (1 группа)»."""
        return subject_title(self.subject, self.group)


def class_lessons(session: Session, *, class_group_id: int, day: date) -> list[AgendaRow]:
    """The day of a class: its whole lessons, its subgroups and its share of cross-class groups."""
    asked = {"class_id": class_group_id, "day": day}
    return lesson_rows(session.execute(_class_query(), asked))


@cache
def _class_query() -> Any:
    own = StudyGroupClass.class_group_id == bindparam("class_id")
    return (
        lesson_query()
        .join(StudyGroupClass, StudyGroupClass.study_group_id == StudyGroup.id)
        .where(own, Lesson.held_on == bindparam("day"))
    )


def school_lessons(session: Session, *, day: date) -> list[AgendaRow]:
    """Every lesson of the school's day."""
    return _rows(session, lesson_query().where(Lesson.held_on == day))


def lacks() -> ColumnElement[bool]:
    """The twin of `filling.missing` for a lesson that has begun; needs Homework joined outside."""
    return and_(
        Lesson.status != "cancelled",
        or_(
            Lesson.attendance_taken_at.is_(None),
            func.coalesce(Lesson.topic, "") == "",
            and_(
                Homework.id.is_(None),
                StudyGroup.grade >= FIRST_GRADE_WITH_HOMEWORK,
                Subject.scale != NOT_MARKED,
            ),
        ),
    )


def within(span: Days) -> ColumnElement[bool]:
    """Whether the lesson lies in those days."""
    return and_(Lesson.held_on >= span.starts_on, Lesson.held_on < span.ends_before)


TEACHER = aliased(Person, name="teacher")
_PLANNED = aliased(Person, name="planned")
_PLANNED_STAFF = aliased(StaffMember, name="planned_staff")
_LESSON = (
    Lesson.id,
    Lesson.course_id,
    Lesson.held_on,
    Lesson.lesson_number,
    Lesson.starts_at,
    Lesson.ends_at,
    Lesson.staff_id,
    Lesson.replaced_staff_id,
    Lesson.status,
    Lesson.mode,
    Lesson.attendance_taken_at.is_not(None).label("attendance_taken"),
    Lesson.topic,
    Homework.id.is_not(None).label("has_homework"),
    Course.academic_year_id,
    StudyGroup.classes_key,
    StudyGroup.name,
    StudyGroup.grade,
    Subject.name,
    Subject.scale,
    Room.name,
)
_NAMES = (
    TEACHER.surname,
    TEACHER.given_name,
    TEACHER.patronymic,
    _PLANNED.surname,
    _PLANNED.given_name,
    _PLANNED.patronymic,
)


def nameless_query(*, lessons_first: bool = False) -> Select[*tuple[Any, ...]]:
    """The columns of `AgendaRow` without the names of teachers, in order of time.

    `lessons_first` keeps SQLite from beginning with subjects or groups (it does not move the left
    side of an outer join): for statements that name their lessons.
    """
    return (
        select(*_LESSON)
        .join(Course, Course.id == Lesson.course_id, isouter=lessons_first)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id, isouter=lessons_first)
        .join(Subject, Subject.id == Course.subject_id, isouter=lessons_first)
        .outerjoin(Homework, Homework.lesson_id == Lesson.id)
        .outerjoin(Room, Room.id == Lesson.room_id)
        .order_by(Lesson.starts_at, Lesson.lesson_number, StudyGroup.grade, Lesson.id)
    )


def lesson_query() -> Select[*tuple[Any, ...]]:
    """The columns of `AgendaRow`, in order of time."""
    return (
        nameless_query()
        .add_columns(*_NAMES)
        .join(StaffMember, StaffMember.id == Lesson.staff_id)
        .join(TEACHER, TEACHER.id == StaffMember.person_id)
        .outerjoin(_PLANNED_STAFF, _PLANNED_STAFF.id == Lesson.replaced_staff_id)
        .outerjoin(_PLANNED, _PLANNED.id == _PLANNED_STAFF.person_id)
    )


def _rows(session: Session, query: Select[*tuple[Any, ...]]) -> list[AgendaRow]:
    return lesson_rows(session.execute(query))


def lesson_rows(rows: Iterable[Any]) -> list[AgendaRow]:
    """What either query selected, as values."""
    return [_row(tuple(row)) for row in rows]


def _row(values: tuple[Any, ...]) -> AgendaRow:
    teacher, planned = values[20:23], values[23:26]
    facts = (*values[:8], values[8] == "cancelled", values[9] == DISTANCE, *values[10:20])
    names = (
        short_name(*teacher) if teacher else "",
        short_name(*planned) if planned and planned[0] else None,
    )
    return AgendaRow(*(*facts, *names))
