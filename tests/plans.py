"""Lesson plans for the cast: a few topics of one hour, followed by a course."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.lessons.models import LessonPlan, PlanCourse, PlanTopic
from journal.school.models import Course, StudyGroup
from tests.cast import Cast

TITLES = ("Доли и дроби", "Сложение дробей", "Контрольная по дробям")


def give_plan(
    session: Session, course_id: int, titles: Sequence[str] = TITLES, **first: str
) -> dict[str, int]:
    """The course's own plan; topic ids by title. `first` are facts of the first topic. Commits."""
    course = session.get_one(Course, course_id)
    group = session.get_one(StudyGroup, course.study_group_id)
    place = {"organisation_id": course.organisation_id}
    plan = LessonPlan(
        academic_year_id=course.academic_year_id,
        classes_key=group.classes_key,
        subgroup=group.name,
        subject_id=course.subject_id,
        **place,
    )
    session.add(plan)
    session.flush()
    session.add(PlanCourse(course_id=course_id, lesson_plan_id=plan.id, **place))
    topics = [
        PlanTopic(lesson_plan_id=plan.id, position=n, title=title, hours=1, **place)
        for n, title in enumerate(titles, 1)
    ]
    for name, value in first.items():
        setattr(topics[0], name, value)
    session.add_all(topics)
    session.commit()
    return {topic.title: topic.id for topic in topics}


def plan_titles(session: Session, course_id: int) -> list[str]:
    """The titles of the course's plan in their order."""
    return list(
        session.scalars(
            select(PlanTopic.title)
            .join(PlanCourse, PlanCourse.lesson_plan_id == PlanTopic.lesson_plan_id)
            .where(PlanCourse.course_id == course_id)
            .order_by(PlanTopic.position)
        )
    )


def plan_id(session: Session, course_id: int) -> int:
    """The plan the course follows."""
    found = select(PlanCourse.lesson_plan_id).where(PlanCourse.course_id == course_id)
    return session.scalars(found).one()


def own(cast: Cast) -> str:
    """The address of the own teacher's plan."""
    return f"/plans/{cast.courses['own']}"
