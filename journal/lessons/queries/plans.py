"""Reads of lesson plans: the plan of a course, its lessons, and the plans one may take over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from journal.lessons.models import Lesson, LessonPlan, PlanCourse, PlanPin, PlanTopic
from journal.lessons.rules.planning import Slot, Topic
from journal.people.models import Person, StaffMember
from journal.people.rules import short_name
from journal.school.models import (
    Course,
    CourseTeacher,
    StudyGroup,
    Subject,
)
from journal.school.titles import course_title


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHead:
    """The plan a course follows: its version, and who saved it last."""

    id: int
    version: int
    classes_key: str
    subgroup: str
    changed_at: datetime | None
    changed_by: str | None


def plan_of_course(session: Session, course_id: int) -> PlanHead | None:
    """The plan of the course, or None."""
    row = session.execute(
        select(
            LessonPlan.id,
            LessonPlan.version,
            LessonPlan.classes_key,
            LessonPlan.subgroup,
            LessonPlan.changed_at,
            LessonPlan.changed_by,
        )
        .join(PlanCourse, PlanCourse.lesson_plan_id == LessonPlan.id)
        .where(PlanCourse.course_id == course_id)
    ).one_or_none()
    return PlanHead(**row._mapping) if row else None


_TOPIC = (
    PlanCourse.course_id,
    PlanTopic.id,
    PlanTopic.title,
    PlanTopic.hours,
    func.coalesce(PlanTopic.section, "").label("section"),
    func.coalesce(PlanTopic.homework, "").label("homework"),
    func.coalesce(PlanTopic.work_type_name, "").label("work_type"),
    PlanPin.from_day,
)
_SLOT = (
    Lesson.course_id,
    Lesson.id,
    Lesson.held_on,
    Lesson.ends_at,
    (Lesson.status == "cancelled").label("cancelled"),
    func.coalesce(Lesson.topic, "").label("written"),
    Lesson.plan_topic_id.label("topic_id"),
)


def topics_of_courses(session: Session, course_ids: Collection[int]) -> dict[int, list[Topic]]:
    """The topics of each course's plan in order, with the pins of the course. One query."""
    pinned = and_(PlanPin.course_id == PlanCourse.course_id, PlanPin.plan_topic_id == PlanTopic.id)
    rows = session.execute(
        select(*_TOPIC)
        .join(PlanTopic, PlanTopic.lesson_plan_id == PlanCourse.lesson_plan_id)
        .outerjoin(PlanPin, pinned)
        .where(PlanCourse.course_id.in_(list(course_ids)))
        .order_by(PlanCourse.course_id, PlanTopic.position)
    )
    found: dict[int, list[Topic]] = {}
    for row in rows:
        found.setdefault(row.course_id, []).append(Topic(**_facts(row)))
    return found


def slots_of_courses(session: Session, course_ids: Collection[int]) -> dict[int, list[Slot]]:
    """The lessons of each course in order of time. One query."""
    rows = session.execute(
        select(*_SLOT)
        .where(Lesson.course_id.in_(list(course_ids)))
        .order_by(Lesson.course_id, Lesson.starts_at, Lesson.id)
    )
    found: dict[int, list[Slot]] = {}
    for row in rows:
        course_id, id_, held_on, ends_at, cancelled, written, topic_id = row
        slot = Slot(
            id=id_,
            held_on=held_on,
            ends_at=ends_at,
            cancelled=cancelled,
            written=written,
            topic_id=topic_id,
        )
        found.setdefault(course_id, []).append(slot)
    return found


def _facts(row: Any) -> dict[str, Any]:
    """The columns under the names of the rule's fields."""
    return {name: value for name, value in row._mapping.items() if name != "course_id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCourse:
    """A course in a list of plans. `hours` a week are those taught on the day asked for."""

    course_id: int
    classes_key: str
    subgroup: str
    grade: int
    subject_id: int
    subject: str
    teachers: str
    plan_id: int | None
    hours: Decimal
    staff_ids: frozenset[int]

    @property
    def title(self) -> str:
        """«5Б, математика»."""
        return course_title(self.classes_key, self.subject, self.subgroup)


def _courses() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Course.id,
            StudyGroup.classes_key,
            StudyGroup.name,
            StudyGroup.grade,
            Subject.id,
            Subject.name,
            PlanCourse.lesson_plan_id,
        )
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .outerjoin(PlanCourse, PlanCourse.course_id == Course.id)
        .order_by(
            StudyGroup.grade,
            func.length(StudyGroup.classes_key),
            StudyGroup.classes_key,
            Subject.sort_key,
            StudyGroup.name,
        )
    )


def planned_courses(
    session: Session,
    *,
    year_id: int,
    day: date,
    staff_id: int | None = None,
    grade: int | None = None,
    subject_id: int | None = None,
) -> list[PlannedCourse]:
    """Courses of the year, of a teacher, a parallel or a subject, by class. Two queries."""
    query = _courses().where(Course.academic_year_id == year_id)
    if staff_id is not None:
        taught = exists().where(
            CourseTeacher.course_id == Course.id, CourseTeacher.staff_id == staff_id
        )
        query = query.where(taught)
    if grade is not None:
        query = query.where(StudyGroup.grade == grade)
    if subject_id is not None:
        query = query.where(Course.subject_id == subject_id)
    rows = session.execute(query).all()
    teaching = _teaching(session, [row[0] for row in rows], day)
    return [_planned(tuple(row), teaching.get(row[0], ())) for row in rows]


def _planned(row: tuple[Any, ...], taught: Sequence[tuple[int, str, Decimal]]) -> PlannedCourse:
    return PlannedCourse(
        course_id=row[0],
        classes_key=row[1],
        subgroup=row[2],
        grade=row[3],
        subject_id=row[4],
        subject=row[5],
        plan_id=row[6],
        teachers=", ".join(name for _, name, _ in taught),
        hours=sum((hours for _, _, hours in taught), Decimal(0)),
        staff_ids=frozenset(staff_id for staff_id, _, _ in taught),
    )


def _teaching(
    session: Session, course_ids: Collection[int], day: date
) -> dict[int, list[tuple[int, str, Decimal]]]:
    name = (Person.surname, Person.given_name, Person.patronymic)
    begun = CourseTeacher.starts_on <= day
    goes_on = or_(CourseTeacher.ends_before.is_(None), CourseTeacher.ends_before > day)
    rows = session.execute(
        select(CourseTeacher.course_id, CourseTeacher.staff_id, *name, CourseTeacher.weekly_hours)
        .join(StaffMember, StaffMember.id == CourseTeacher.staff_id)
        .join(Person, Person.id == StaffMember.person_id)
        .where(CourseTeacher.course_id.in_(list(course_ids)), begun, goes_on)
        .order_by(CourseTeacher.course_id, Person.sort_key)
    )
    found: dict[int, list[tuple[int, str, Decimal]]] = {}
    for course_id, staff_id, surname, given_name, patronymic, hours in rows:
        person = short_name(surname, given_name, patronymic)
        found.setdefault(course_id, []).append((staff_id, person, hours))
    return found


def grades_with_courses(session: Session, year_id: int) -> list[int]:
    """The parallels that have courses in the year."""
    return list(
        session.scalars(
            select(StudyGroup.grade)
            .where(StudyGroup.academic_year_id == year_id)
            .distinct()
            .order_by(StudyGroup.grade)
        )
    )
