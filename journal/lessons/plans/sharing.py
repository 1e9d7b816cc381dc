"""Taking a plan over, sharing it between courses, splitting one off."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.db import bulk_insert
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.lessons.models import Lesson, LessonPlan, PlanPin, PlanTopic
from journal.lessons.plans.store import (
    Topics,
    follow,
    followed,
    forget_topics,
    log,
    own_plan,
    own_plan_course,
    topics_of,
    touch,
)
from journal.lessons.plans.table import put_plan
from journal.lessons.queries.plan_sources import plan_sources
from journal.lessons.queries.plans import planned_courses
from journal.lessons.rules import CourseHead
from journal.lessons.rules.plan_table import TopicDraft


def take_plan(
    session: Session, actor: Actor, *, course_id: int, plan_id: int, base: int, now: datetime
) -> None:
    """Copy a colleague's plan, or last year's, in place of the course's own topics."""
    head = own_plan_course(session, actor, course_id, now=now)
    source = _source(session, head, plan_id)
    drafts = [
        TopicDraft(
            title=row["title"],
            hours=row["hours"],
            section=row["section"] or "",
            homework=row["homework"] or "",
            work_type=row["work_type_name"] or "",
        )
        for row in topics_of(session, plan_id).values()
    ]
    put_plan(session, actor, course_id=course_id, drafts=drafts, base=base, now=now, source=source)


def follow_plan(
    session: Session, actor: Actor, *, course_id: int, plan_id: int, now: datetime
) -> None:
    """Keep the course by the same plan as others of its parallel: what changes, changes in all."""
    head = own_plan_course(session, actor, course_id, now=now)
    _source(session, head, plan_id, this_year=True)
    plan = session.get_one(LessonPlan, plan_id)
    before = followed(session, course_id)
    follow(session, head, plan_id)
    was = {"plan": before.id if before else None, "course": course_id}
    log(session, actor, plan, "follow_plan", was, {"plan": plan_id, "course": course_id}, now=now)


def share_plan(
    session: Session, actor: Actor, *, course_id: int, others: Collection[int], now: datetime
) -> None:
    """Let other own courses of the subject and parallel follow the plan of this one."""
    head = own_plan_course(session, actor, course_id, now=now)
    plan = followed(session, course_id)
    if plan is None:
        raise RuleViolation("others", N_("There is no plan to share yet."))
    parallel = planned_courses(
        session,
        year_id=head.year_id,
        day=head.year.starts_on,
        staff_id=head.writer(actor),
        grade=head.grade,
        subject_id=head.subject_id,
    )
    known = {one.course_id for one in parallel}
    if not others or not set(others) <= known:
        raise RuleViolation("others", N_("Choose your own courses of this subject and parallel."))
    for other in sorted(others):
        follow_plan(session, actor, course_id=other, plan_id=plan.id, now=now)


def split_plan(session: Session, actor: Actor, *, course_id: int, now: datetime) -> None:
    """Give the course a copy of its own of the plan it shares with others."""
    head = own_plan_course(session, actor, course_id, now=now)
    shared = followed(session, course_id)
    if shared is None:
        raise NotFound()
    own = own_plan(session, head)
    if own.id == shared.id:
        raise RuleViolation(
            "split", N_("This is the plan of this course. Split the other courses off instead.")
        )
    pins = _pins(session, course_id)
    before = topics_of(session, own.id)
    copied = topics_of(session, shared.id)
    forget_topics(session, before.keys())
    rows = [{**row, "organisation_id": own.organisation_id} for row in copied.values()]
    bulk_insert(
        session, PlanTopic, [{**_without_id(row), "lesson_plan_id": own.id} for row in rows]
    )
    follow(session, head, own.id)
    touch(own, actor, now)
    _move_along(session, head, old=copied, new=topics_of(session, own.id), pins=pins)
    facts = {"plan": own.id, "course": course_id}
    log(session, actor, own, "split_plan", {"plan": shared.id, "course": course_id}, facts, now=now)


def _without_id(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}


def _pins(session: Session, course_id: int) -> dict[int, date]:
    rows = session.execute(
        select(PlanPin.plan_topic_id, PlanPin.from_day).where(PlanPin.course_id == course_id)
    )
    return {row[0]: row[1] for row in rows}


def _move_along(
    session: Session, head: CourseHead, *, old: Topics, new: Topics, pins: dict[int, date]
) -> None:
    """The lessons and pins of the course go over to the copies of their topics."""
    copies = dict(zip(old, new, strict=True))
    for topic_id, copy_id in copies.items():
        session.execute(
            update(Lesson)
            .where(Lesson.course_id == head.course_id, Lesson.plan_topic_id == topic_id)
            .values(plan_topic_id=copy_id)
            .execution_options(synchronize_session=False)
        )
    for topic_id, day in pins.items():
        session.add(
            PlanPin(
                organisation_id=head.organisation_id,
                course_id=head.course_id,
                plan_topic_id=copies[topic_id],
                from_day=day,
            )
        )


def _source(session: Session, head: CourseHead, plan_id: int, *, this_year: bool = False) -> str:
    """The words for a plan one may take over; NotFound for any other."""
    sources = plan_sources(
        session,
        subject_id=head.subject_id,
        grade=head.grade,
        year_id=head.year_id,
        not_plan=None,
    )
    for one in sources:
        if one.plan_id == plan_id and (one.this_year or not this_year):
            return f"{one.title}, {one.year}"
    raise NotFound(N_("There is no such plan of this subject and parallel."))
