"""The table of a plan, saved whole against the version it was opened with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.db import bulk_insert, bulk_update
from journal.core.errors import RuleViolation, StaleVersion
from journal.core.messages import N_
from journal.lessons.models import LessonPlan, PlanTopic
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
from journal.lessons.rules import CourseHead
from journal.lessons.rules.plan_table import TOPICS_MAX, TopicDraft, draft_faults


def put_plan(
    session: Session,
    actor: Actor,
    *,
    course_id: int,
    drafts: Sequence[TopicDraft],
    base: int,
    now: datetime,
    source: str | None = None,
) -> None:
    """Make the table of the course's plan what `drafts` say, in their order.

    `base` is the version the table was opened with, 0 for none yet. Topics with an id keep it, and
    the lessons that took them; the others are new. `source` says where a table was taken from.
    Raises StaleVersion (theirs: version, who, when), RuleViolation (row number as the field).
    """
    head = own_plan_course(session, actor, course_id, now=now)
    _check(drafts)
    plan = followed(session, course_id) or _new_plan(session, head)
    if plan.version != max(base, 1):
        raise StaleVersion(
            N_("The plan was changed in between."),
            theirs={"version": plan.version, "who": plan.changed_by, "when": plan.changed_at},
        )
    before = topics_of(session, plan.id)
    _write(session, plan, drafts, before)
    touch(plan, actor, now)
    session.flush()
    difference = _difference(before, topics_of(session, plan.id))
    log(session, actor, plan, "put_plan", *difference, reason=source, now=now)


def _check(drafts: Sequence[TopicDraft]) -> None:
    if len(drafts) > TOPICS_MAX:
        raise RuleViolation("topics", N_("A plan has at most %(max)s topics.", max=TOPICS_MAX))
    for number, draft in enumerate(drafts, 1):
        for fault in draft_faults(draft):
            raise RuleViolation("topics", N_("Row %(row)s: %(fault)s", row=number, fault=fault))


def _new_plan(session: Session, head: CourseHead) -> LessonPlan:
    """The course's own plan, followed by it from now on."""
    plan = own_plan(session, head)
    follow(session, head, plan.id)
    return plan


def _write(
    session: Session, plan: LessonPlan, drafts: Sequence[TopicDraft], before: Topics
) -> None:
    kept = {draft.id for draft in drafts if draft.id in before}
    forget_topics(session, before.keys() - kept)
    rows = [_row(plan, draft, place) for place, draft in enumerate(drafts, 1)]
    known = [{**row, "id": d.id} for row, d in zip(rows, drafts, strict=True) if d.id in kept]
    # Positions are unique: the kept topics step aside before they take their new places.
    aside = [{**row, "position": -row["position"]} for row in known]
    bulk_update(session, PlanTopic, aside)
    bulk_update(session, PlanTopic, known)
    fresh = [row for row, draft in zip(rows, drafts, strict=True) if draft.id not in kept]
    bulk_insert(session, PlanTopic, fresh)


def _row(plan: LessonPlan, draft: TopicDraft, place: int) -> dict[str, Any]:
    return {
        "organisation_id": plan.organisation_id,
        "lesson_plan_id": plan.id,
        "position": place,
        "section": draft.section or None,
        "title": draft.title,
        "hours": draft.hours,
        "homework": draft.homework or None,
        "work_type_name": draft.work_type or None,
    }


def _difference(before: Topics, after: Topics) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only the rows that differ, by id: a plan of two hundred rows is not logged for a comma."""
    ids = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return (
        {str(key): _told(before[key]) for key in ids if key in before},
        {str(key): _told(after[key]) for key in ids if key in after},
    )


def _told(row: dict[str, Any]) -> str:
    parts = (row["section"], row["title"], row["homework"], row["work_type_name"])
    return f"{row['position']}. ({row['hours']}) " + " · ".join(one for one in parts if one)
