"""What every command on a plan needs: who keeps it, its rows, its log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, record
from journal.core.errors import Forbidden
from journal.core.messages import N_
from journal.lessons.models import Lesson, LessonPlan, PlanCourse, PlanPin, PlanTopic
from journal.lessons.queries import load_course
from journal.lessons.rules import CourseHead
from journal.people.service import origin_of

NOT_YOURS = N_("The plan is kept by the teacher of the course. Here you may read it.")


def keeps_plan(actor: Actor, head: CourseHead) -> bool:
    """Whether the actor teaches the course and so keeps its plan."""
    staff_id = head.writer(actor)
    return staff_id is not None and any(one.staff_id == staff_id for one in head.teachers)


def own_plan_course(session: Session, actor: Actor, course_id: int, *, now: datetime) -> CourseHead:
    """The course, for who keeps its plan; NotFound or Forbidden for others."""
    head = load_course(session, actor, course_id, now=now)
    if not keeps_plan(actor, head):
        raise Forbidden(NOT_YOURS)
    return head


def followed(session: Session, course_id: int) -> LessonPlan | None:
    """The plan of the course, locked: one table is written at a time."""
    return session.scalar(
        select(LessonPlan)
        .join(PlanCourse, PlanCourse.lesson_plan_id == LessonPlan.id)
        .where(PlanCourse.course_id == course_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def own_plan(session: Session, head: CourseHead) -> LessonPlan:
    """The plan of exactly this course, made when there is none."""
    key = {
        "academic_year_id": head.year_id,
        "classes_key": head.classes_key,
        "subgroup": head.subgroup,
        "subject_id": head.subject_id,
    }
    plan = session.scalar(select(LessonPlan).filter_by(**key).with_for_update())
    if plan is None:
        plan = LessonPlan(organisation_id=head.organisation_id, version=1, **key)
        session.add(plan)
        session.flush()
    return plan


def follow(session: Session, head: CourseHead, plan_id: int) -> None:
    """Let the course follow the plan; its pins were those of another."""
    session.execute(delete(PlanPin).where(PlanPin.course_id == head.course_id))
    link = session.get(PlanCourse, head.course_id)
    if link is None:
        link = PlanCourse(organisation_id=head.organisation_id, course_id=head.course_id)
        session.add(link)
    link.lesson_plan_id = plan_id
    session.flush()


Topics = dict[int, dict[str, Any]]


def topics_of(session: Session, plan_id: int) -> Topics:
    """The topics of a plan by id, in order, as columns."""
    rows = session.execute(
        select(
            PlanTopic.id,
            PlanTopic.position,
            PlanTopic.section,
            PlanTopic.title,
            PlanTopic.hours,
            PlanTopic.homework,
            PlanTopic.work_type_name,
        )
        .where(PlanTopic.lesson_plan_id == plan_id)
        .order_by(PlanTopic.position)
    )
    return {row.id: dict(row._mapping) for row in rows}


def forget_topics(session: Session, topic_ids: Collection[int]) -> None:
    """The lessons that took them keep the words of their topic."""
    ids = list(topic_ids)
    if not ids:
        return
    options = {"synchronize_session": False}
    lessons = update(Lesson).where(Lesson.plan_topic_id.in_(ids)).values(plan_topic_id=None)
    for statement in (
        lessons,
        delete(PlanPin).where(PlanPin.plan_topic_id.in_(ids)),
        delete(PlanTopic).where(PlanTopic.id.in_(ids)),
    ):
        session.execute(statement, execution_options=options)


def touch(plan: LessonPlan, actor: Actor, now: datetime) -> None:
    """A new version, by whom and when."""
    plan.version += 1
    plan.changed_at = now
    plan.changed_by = actor.name


def log(
    session: Session,
    actor: Actor,
    plan: LessonPlan,
    action: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    *,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Append what became of the plan to the chain."""
    change = Change(
        action=action,
        object_type="lesson_plan",
        object_id=plan.id,
        before=before or None,
        after=after or None,
        reason=reason,
    )
    place, origin = plan.organisation_id, origin_of(actor)
    record(session, organisation_id=place, origin=origin, change=change, now=now)
