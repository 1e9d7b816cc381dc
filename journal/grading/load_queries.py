"""Reads of the load guard: assessments of classes, lessons of their day, homework that is due."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.orm import Session

from journal.core.db import UtcDateTime
from journal.grading.models import Work, WorkType
from journal.grading.rules.load import Assessment, ClassLesson, DueHomework
from journal.lessons.models import Homework, Lesson
from journal.people.models import Person, StaffMember
from journal.people.rules import short_name
from journal.school.models import (
    ClassGroup,
    ClassMembership,
    Course,
    StudyGroup,
    StudyGroupClass,
    Subject,
)
from journal.school.pupil_queries import stays_on_roster
from journal.school.titles import subject_title

_ASSESSMENT = (
    Lesson.id,
    ClassGroup.name,
    Lesson.held_on,
    Lesson.lesson_number,
    Subject.id,
    Subject.name,
    StudyGroup.name.label("subgroup"),
    Person.surname,
    Person.given_name,
    Person.patronymic,
    func.coalesce(Work.caption, WorkType.name).label("work"),
)
_DUE = (
    ClassGroup.name,
    ClassGroup.grade,
    Lesson.id,
    Subject.name,
    StudyGroup.name,
    Homework.minutes,
)


def classes_of_group(session: Session, study_group_id: int) -> list[int]:
    """The classes a group draws its pupils from."""
    return list(
        session.scalars(
            select(StudyGroupClass.class_group_id).where(
                StudyGroupClass.study_group_id == study_group_id
            )
        )
    )


def _of_classes(query: Select[*tuple[Any, ...]], class_ids: Collection[int]) -> Any:
    """Lessons of the classes that are not cancelled, from their groups on."""
    return (
        query.select_from(ClassGroup)
        .join(StudyGroupClass, StudyGroupClass.class_group_id == ClassGroup.id)
        .join(StudyGroup, StudyGroup.id == StudyGroupClass.study_group_id)
        .join(Course, Course.study_group_id == StudyGroup.id)
        .join(Lesson, and_(Lesson.course_id == Course.id, Lesson.status != "cancelled"))
        .where(ClassGroup.id.in_(list(class_ids)))
    )


def assessments(
    session: Session, class_ids: Collection[int], *, first: date, before: date
) -> list[Assessment]:
    """The assessments of the classes on [first, before), by day and lesson. One query."""
    query = (
        _of_classes(select(*_ASSESSMENT), class_ids)
        .join(Subject, Subject.id == Course.subject_id)
        .join(Work, Work.lesson_id == Lesson.id)
        .join(WorkType, WorkType.id == Work.work_type_id)
        .join(StaffMember, StaffMember.id == Lesson.staff_id)
        .join(Person, Person.id == StaffMember.person_id)
        .where(WorkType.assessment, Lesson.held_on >= first, Lesson.held_on < before)
        .order_by(Lesson.held_on, Lesson.lesson_number, Work.id)
    )
    return [_assessment(row) for row in session.execute(query)]


def _assessment(row: Any) -> Assessment:
    return Assessment(
        lesson_id=row[0],
        class_name=row[1],
        held_on=row[2],
        number=row[3],
        subject_id=row[4],
        subject=subject_title(row[5], row.subgroup),
        teacher=short_name(row.surname, row.given_name, row.patronymic),
        work=row.work,
        whole=not row.subgroup,
    )


def class_lessons(session: Session, class_ids: Collection[int], *, day: date) -> list[ClassLesson]:
    """The lessons of the classes that day. One query."""
    query = _of_classes(select(ClassGroup.name, Lesson.lesson_number), class_ids)
    rows = session.execute(query.where(Lesson.held_on == day))
    return [ClassLesson(class_name=row[0], number=row[1]) for row in rows]


def homework_due(session: Session, class_ids: Collection[int], *, day: date) -> list[DueHomework]:
    """Homework with minutes that the classes are to have ready on the day. One query."""
    query = (
        _of_classes(select(*_DUE), class_ids)
        .join(Subject, Subject.id == Course.subject_id)
        .join(Homework, Homework.lesson_id == Lesson.id)
        .where(Homework.due_on == day, Homework.minutes.is_not(None))
    )
    return [
        DueHomework(
            class_name=row[0],
            grade=row[1],
            lesson_id=row[2],
            subject=row[3],
            subgroup=row[4],
            minutes=row[5],
        )
        for row in session.execute(query)
    ]


class AheadWork(NamedTuple):
    """An assessment that a pupil has before him."""

    held_on: date
    number: int
    subject: str
    work: str


def works_ahead_select() -> Any:
    """A branch beside `lessons.queries.homework.task_selects`.

    Assessments in lessons of pupil_ids on [ahead_from, ahead_before) that are not over (now): «a»,
    work, pupil, lesson, course, subject, name, day, lesson number, nothing of a file, work,
    no instant and no day.
    """
    nothing = cast(null(), Integer)
    name = func.coalesce(Work.caption, WorkType.name)
    return (
        select(
            *(literal("a"), Work.id, ClassMembership.pupil_id, Lesson.id, Course.id),
            *(Subject.name, name, Lesson.held_on, Lesson.lesson_number),
            *(nothing, cast(null(), String), nothing, Work.id),
            *(cast(null(), UtcDateTime), cast(null(), Date)),
        )
        .select_from(ClassMembership)
        .join(StudyGroupClass, StudyGroupClass.class_group_id == ClassMembership.class_group_id)
        .join(StudyGroup, StudyGroup.id == StudyGroupClass.study_group_id)
        .join(Course, Course.study_group_id == StudyGroup.id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(Lesson, _ahead())
        .join(Work, Work.lesson_id == Lesson.id)
        .join(WorkType, and_(WorkType.id == Work.work_type_id, WorkType.assessment))
        .where(ClassMembership.pupil_id.in_(bindparam("pupil_ids", expanding=True)))
    )


def _ahead() -> ColumnElement[bool]:
    return and_(
        Lesson.course_id == Course.id,
        Lesson.status != "cancelled",
        Lesson.held_on >= bindparam("ahead_from"),
        Lesson.held_on < bindparam("ahead_before"),
        Lesson.ends_at > bindparam("now"),
        stays_on_roster(ClassMembership, Lesson.held_on),
    )


def read_works_ahead(rows: Iterable[Any]) -> list[AheadWork]:
    """The works of such rows, by day and lesson."""
    found = [
        AheadWork(row.due_on, row.minutes, row.subject, row.text) for row in rows if row.what == "a"
    ]
    return sorted(found, key=lambda one: (one.held_on, one.number))
