"""The courses of a teacher, with counts of his lessons in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from journal.lessons.models import Homework, Lesson
from journal.lessons.queries.agenda import lacks
from journal.school.models import Course, CourseTeacher, StudyGroup, Subject
from journal.school.rules import Span
from journal.school.titles import course_title


@dataclass(frozen=True, slots=True)
class Load:
    """нагрузка: a span in which the course is taught, hours a week."""

    course_id: int
    hours: Decimal
    span: Span


def loads_of_staff(session: Session, *, staff_id: int, year_id: int) -> list[Load]:
    """The loads of one member of staff in the year, in order of their start."""
    rows = session.execute(
        select(
            CourseTeacher.course_id,
            CourseTeacher.weekly_hours,
            CourseTeacher.starts_on,
            CourseTeacher.ends_before,
        )
        .join(Course, Course.id == CourseTeacher.course_id)
        .where(CourseTeacher.staff_id == staff_id, Course.academic_year_id == year_id)
        .order_by(CourseTeacher.starts_on, CourseTeacher.id)
    )
    return [Load(row[0], row[1], Span(row[2], row[3])) for row in rows]


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A course in a list with counts of the teacher's own lessons in it: `held` have ended,
    `lacking` of them lack something, `substituted` were held instead of somebody else."""

    course_id: int
    classes_key: str
    group: str
    grade: int
    subject: str
    held: int
    lacking: int
    substituted: int
    last_substituted: date | None

    @property
    def title(self) -> str:
        """«5Б, математика»."""
        return course_title(self.classes_key, self.subject, self.group)


def courses_of_staff(
    session: Session, *, staff_id: int, year_id: int, now: datetime
) -> list[CourseLine]:
    """Courses the member of staff teaches or ever held a lesson of in the year, by class."""
    ended = and_(Lesson.ends_at <= now, Lesson.status != "cancelled")
    instead = Lesson.replaced_staff_id.is_not(None)
    course = (Course.id, StudyGroup.classes_key, StudyGroup.name, StudyGroup.grade, Subject.name)
    counts = (
        func.count(case((ended, Lesson.id))),
        func.count(case((and_(ended, lacks()), Lesson.id))),
        func.count(case((instead, Lesson.id))),
        func.max(case((instead, Lesson.held_on))),
    )
    rows = session.execute(
        select(*course, *counts)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .outerjoin(Lesson, and_(Lesson.course_id == Course.id, Lesson.staff_id == staff_id))
        .outerjoin(Homework, Homework.lesson_id == Lesson.id)
        .where(Course.academic_year_id == year_id, Course.id.in_(_courses_held(staff_id)))
        .group_by(*course, Subject.sort_key)
        .order_by(StudyGroup.grade, StudyGroup.classes_key, Subject.sort_key, StudyGroup.name)
    )
    return [CourseLine(*tuple(row)) for row in rows]


def _courses_held(staff_id: int) -> Any:
    taught = select(CourseTeacher.course_id).where(CourseTeacher.staff_id == staff_id)
    return taught.union(select(Lesson.course_id).where(Lesson.staff_id == staff_id))
