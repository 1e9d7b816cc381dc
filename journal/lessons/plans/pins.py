"""Tying a topic of a plan to a day of one course."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.lessons.models import PlanPin, PlanTopic
from journal.lessons.plans.store import (
    followed,
    log,
    own_plan_course,
)


def pin_topic(
    session: Session,
    actor: Actor,
    *,
    course_id: int,
    topic_id: int,
    day: date | None,
    now: datetime,
) -> None:
    """Tie a topic to a day in this course, or untie it (None)."""
    head = own_plan_course(session, actor, course_id, now=now)
    plan, topic = followed(session, course_id), session.get(PlanTopic, topic_id)
    if plan is None or topic is None or topic.lesson_plan_id != plan.id:
        raise NotFound()
    if day is not None and not head.year.covers(day):
        raise RuleViolation("day", N_("Choose a day of the academic year."))
    pin = session.get(PlanPin, (course_id, topic_id))
    before = {"day": pin.from_day} if pin else None
    if pin is not None:
        session.delete(pin)
    session.flush()
    if day is not None:
        place = {"organisation_id": head.organisation_id, "course_id": course_id}
        session.add(PlanPin(plan_topic_id=topic_id, from_day=day, **place))
    after = {"day": day, "topic": topic.title} if day else None
    log(session, actor, plan, "pin_topic", before, after, now=now)
