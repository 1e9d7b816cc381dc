"""Lessons as a calendar needs them: the columns it shows, every statement compiled once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, literal, select
from sqlalchemy.orm import Session

from journal.attendance.pupil_facts import SetTask
from journal.grading.models import Work, WorkType
from journal.lessons.models import Homework, Lesson
from journal.lessons.queries.agenda import Days
from journal.people.models import Person, StaffMember
from journal.people.rules import short_name
from journal.school.models import (
    ClassMembership,
    Course,
    Room,
    StudyGroup,
    StudyGroupClass,
    Subject,
)
from journal.school.pupil_queries import stays_on_roster


class FeedLesson(NamedTuple):
    """A lesson of the feed's owner; the fields stand as they are selected.

    A tuple, because a year makes a thousand of them. `pupil_id` is 0 in the feed of a teacher.
    """

    pupil_id: int
    id: int
    course_id: int
    held_on: date
    starts_at: datetime
    ends_at: datetime
    staff_id: int
    planned_staff_id: int | None
    cancelled: bool
    distance: bool
    room: str | None
    subject: str
    subgroup: str
    classes_key: str
    homework_id: int | None
    homework_text: str | None
    nothing_set: bool | None
    due_on: date | None

    @property
    def task(self) -> SetTask | None:
        """The homework set in it."""
        if self.homework_id is None:
            return None
        return SetTask(self.homework_text or "", bool(self.nothing_set), self.due_on, None)


def pupil_feed(session: Session, pupil_id: int, span: Days) -> list[FeedLesson]:
    """The lessons on whose roster the pupil is, in order of time. One query."""
    return _read(session, _of_pupil(), span, pupil_id)


def staff_feed(session: Session, staff_id: int, span: Days) -> list[FeedLesson]:
    """The lessons he holds, in order of time. One query."""
    return _read(session, _of_staff(), span, staff_id)


def _read(session: Session, query: Any, span: Days, owner_id: int) -> list[FeedLesson]:
    parameters = {"first": span.starts_on, "before": span.ends_before, "owner": owner_id}
    return list(map(FeedLesson._make, session.execute(query, parameters)))


def _columns(pupil_id: Any) -> tuple[Any, ...]:
    """In the order of FeedLesson."""
    return (
        pupil_id,
        *(Lesson.id, Lesson.course_id, Lesson.held_on, Lesson.starts_at, Lesson.ends_at),
        *(Lesson.staff_id, Lesson.replaced_staff_id),
        *(Lesson.status == "cancelled", Lesson.mode == "distance", Room.name),
        *(Subject.name, StudyGroup.name, StudyGroup.classes_key),
        *(Homework.id, Homework.text, Homework.nothing_set, Homework.due_on),
    )


def _in_span() -> Any:
    return and_(Lesson.held_on >= bindparam("first"), Lesson.held_on < bindparam("before"))


@cache
def _of_pupil() -> Any:
    """From the pupil to his courses, then to their lessons: outer joins hold SQLite to it."""
    on_roster = stays_on_roster(ClassMembership, Lesson.held_on)
    return (
        select(*_columns(ClassMembership.pupil_id))
        .select_from(ClassMembership)
        .outerjoin(
            StudyGroupClass, StudyGroupClass.class_group_id == ClassMembership.class_group_id
        )
        .outerjoin(StudyGroup, StudyGroup.id == StudyGroupClass.study_group_id)
        .outerjoin(Course, Course.study_group_id == StudyGroup.id)
        .outerjoin(Subject, Subject.id == Course.subject_id)
        .join(Lesson, and_(Lesson.course_id == Course.id, _in_span(), on_roster))
        .outerjoin(Room, Room.id == Lesson.room_id)
        .outerjoin(Homework, Homework.lesson_id == Lesson.id)
        .where(ClassMembership.pupil_id == bindparam("owner"))
        .order_by(Lesson.held_on, Lesson.lesson_number, Lesson.id)
    )


@cache
def _of_staff() -> Any:
    return (
        select(*_columns(literal(0)))
        .select_from(Lesson)
        .join(Course, Course.id == Lesson.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .outerjoin(Room, Room.id == Lesson.room_id)
        .outerjoin(Homework, Homework.lesson_id == Lesson.id)
        .where(Lesson.staff_id == bindparam("owner"), _in_span())
        .order_by(Lesson.held_on, Lesson.lesson_number, Lesson.id)
    )


def teachers_of(session: Session, lessons: Collection[FeedLesson]) -> dict[int, str]:
    """Фамилия И. О. of everybody who holds or would hold one of them. One query."""
    ids = {one.staff_id for one in lessons} | {one.planned_staff_id for one in lessons}
    rows = session.execute(_names(), {"ids": [one for one in ids if one is not None]})
    return {row[0]: short_name(row[1], row[2], row[3]) for row in rows}


@cache
def _names() -> Any:
    return (
        select(StaffMember.id, Person.surname, Person.given_name, Person.patronymic)
        .join(Person, Person.id == StaffMember.person_id)
        .where(StaffMember.id.in_(bindparam("ids", expanding=True)))
    )


def assessments_of(session: Session, lessons: Collection[FeedLesson], span: Days) -> dict[int, str]:
    """What is written in a lesson, by its kind of work: what the school takes for an assessment."""
    parameters: dict[str, Any] = {"first": span.starts_on, "before": span.ends_before}
    parameters["courses"] = list({one.course_id for one in lessons})
    return {row[0]: row[1] for row in session.execute(_assessments(), parameters)}


@cache
def _assessments() -> Any:
    return (
        select(Work.lesson_id, WorkType.name)
        .join(Lesson, Lesson.id == Work.lesson_id)
        .join(WorkType, WorkType.id == Work.work_type_id)
        .where(
            Lesson.course_id.in_(bindparam("courses", expanding=True)),
            _in_span(),
            WorkType.assessment,
        )
        .order_by(Work.id)
    )
