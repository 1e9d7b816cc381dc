"""Lessons of one day of a class: what its attendance is written in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from journal.lessons.models import Lesson, Unlock
from journal.lessons.queries.agenda import TEACHER
from journal.lessons.rules import EntryKind, Grant, LessonFacts
from journal.lessons.rules.class_head import ClassHead
from journal.lessons.rules.unlocks import lessons_from_text
from journal.people.models import StaffMember
from journal.people.rules import short_name
from journal.school.models import Course, StudyGroup, StudyGroupClass, Subject
from journal.school.titles import subject_title


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLesson:
    """A lesson with pupils of the class. `grants` are running unlocks of its course for the asker;
    `shared`: its group draws from other classes too."""

    id: int
    course_id: int
    group_id: int
    subject_id: int
    number: int
    held_on: date
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    taken_at: datetime | None
    version: int
    subject: str
    classes_key: str
    teacher: str
    grants: tuple[Grant, ...]

    @property
    def shared(self) -> bool:
        """Whether pupils of several classes may sit in it."""
        return "," in self.classes_key

    @property
    def facts(self) -> LessonFacts:
        """As an edit window sees it, without the state of its term."""
        return LessonFacts(
            lesson_id=self.id,
            held_on=self.held_on,
            starts_at=self.starts_at,
            cancelled=self.cancelled,
        )


def lessons_of_class_day(
    session: Session,
    head: ClassHead,
    *,
    day: date,
    now: datetime,
    lesson_ids: Collection[int] | None = None,
) -> list[ClassLesson]:
    """Its whole lessons, its subgroups, its share of cross-class groups, in order of time; of them
    only those named, if any are."""
    asked = {"class_id": head.id, "day": day, "staff_id": head.writer or 0, "now": now}
    if lesson_ids is not None:
        asked["lesson_ids"] = list(lesson_ids)
    rows = session.execute(_query(named=lesson_ids is not None), asked).all()
    return [_lesson(list(same)) for _, same in groupby(rows, key=lambda row: row.id)]


class CoursePlace(NamedTuple):
    """The course a lesson belongs to, and the group it is held for."""

    course_id: int
    group_id: int


def courses_of_class_day(
    session: Session, *, class_id: int, day: date, lesson_ids: Collection[int]
) -> dict[int, CoursePlace]:
    """Those of the lessons that the class has on the day, with their courses."""
    asked = {"lesson_ids": list(lesson_ids), "day": day, "class_id": class_id}
    rows = session.execute(_courses_query(), asked)
    return {row[0]: CoursePlace(row[1], row[2]) for row in rows}


@cache
def _courses_query() -> Any:
    return (
        select(Lesson.id, Lesson.course_id, Course.study_group_id)
        .join(Course, Course.id == Lesson.course_id)
        .join(StudyGroupClass, StudyGroupClass.study_group_id == Course.study_group_id)
        .where(
            Lesson.id.in_(bindparam("lesson_ids", expanding=True)),
            Lesson.held_on == bindparam("day"),
            StudyGroupClass.class_group_id == bindparam("class_id"),
        )
    )


_COLUMNS = (
    Lesson.id,
    Lesson.course_id,
    Course.study_group_id,
    Course.subject_id,
    Lesson.lesson_number,
    Lesson.held_on,
    Lesson.starts_at,
    Lesson.ends_at,
    Lesson.status,
    Lesson.attendance_taken_at,
    Lesson.version,
    Subject.name.label("subject"),
    StudyGroup.name.label("subgroup"),
    StudyGroup.classes_key,
    TEACHER.surname,
    TEACHER.given_name,
    TEACHER.patronymic,
    Unlock.id.label("unlock_id"),
    Unlock.staff_id.label("unlock_staff"),
    Unlock.kinds,
    Unlock.lessons.label("unlock_lessons"),
    Unlock.lessons_from,
    Unlock.lessons_before,
    Unlock.expires_at,
)


@cache
def _query(*, named: bool) -> Select[*tuple[Any, ...]]:
    running = and_(
        Unlock.course_id == Lesson.course_id,
        Unlock.staff_id == bindparam("staff_id"),
        Unlock.status == "granted",
        Unlock.expires_at > bindparam("now"),
    )
    query = (
        select(*_COLUMNS)
        .join(Course, Course.id == Lesson.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(StudyGroupClass, StudyGroupClass.study_group_id == StudyGroup.id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(StaffMember, StaffMember.id == Lesson.staff_id)
        .join(TEACHER, TEACHER.id == StaffMember.person_id)
        .outerjoin(Unlock, running)
        .where(
            StudyGroupClass.class_group_id == bindparam("class_id"),
            Lesson.held_on == bindparam("day"),
        )
        .order_by(Lesson.starts_at, Lesson.lesson_number, StudyGroup.name, Lesson.id)
    )
    if named:
        query = query.where(Lesson.id.in_(bindparam("lesson_ids", expanding=True)))
    return query


def _lesson(rows: list[Any]) -> ClassLesson:
    row = rows[0]
    return ClassLesson(
        id=row.id,
        course_id=row.course_id,
        group_id=row.study_group_id,
        subject_id=row.subject_id,
        number=row.lesson_number,
        held_on=row.held_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        cancelled=row.status == "cancelled",
        taken_at=row.attendance_taken_at,
        version=row.version,
        subject=subject_title(row.subject, row.subgroup),
        classes_key=row.classes_key,
        teacher=short_name(row.surname, row.given_name, row.patronymic),
        grants=tuple(_grant(one) for one in rows if one.unlock_id is not None),
    )


def _grant(row: Any) -> Grant:
    return Grant(
        id=row.unlock_id,
        staff_id=row.unlock_staff,
        kinds=frozenset(EntryKind(kind) for kind in row.kinds.split(",")),
        lessons_from=row.lessons_from,
        lessons_before=row.lessons_before,
        expires_at=row.expires_at,
        lesson_ids=frozenset(one.id for one in lessons_from_text(row.unlock_lessons)),
    )
