"""Commands on a lesson's own page: topic, homework, kind of lesson."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.core.audit import Change
from journal.core.errors import NotFound, RuleViolation, StaleVersion
from journal.core.messages import N_
from journal.lessons.desk import Desk, LessonRow
from journal.lessons.models import Homework, HomeworkFile, Lesson, PlanCourse, PlanTopic
from journal.lessons.rules import EntryKind

TOPIC_MAX = 1000
HOMEWORK_MAX = 4000
MINUTES_MAX = 600
LESSON_KINDS = ("lesson", "practical", "laboratory", "test", "excursion", "project", "consultation")


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonDraft:
    """What the lesson's panel holds. `nothing_set` is «не задано», excluding a text.

    `due_on` is a chosen day, None for the course's next lesson; `keeps_due` leaves it as it is.
    `plan_topic_id` is the topic of the plan that was taken; None leaves the one that is there.
    """

    topic: str
    homework: str
    nothing_set: bool
    minutes: int | None
    kind: str
    due_on: date | None = None
    keeps_due: bool = True
    plan_topic_id: int | None = None


def put_lesson(desk: Desk, *, lesson_id: int, draft: LessonDraft, base: int) -> int:
    """Write topic, homework and kind; returns the lesson's new version.

    Each part keeps its own window: an unchanged part is not asked about. Raises StaleVersion when
    somebody saved the lesson in between.
    """
    row = desk.own_lesson(lesson_id)
    _check(desk, row, draft)
    lesson = desk.session.get(Lesson, lesson_id, populate_existing=True)
    if lesson is None:
        raise NotFound()
    homework = homework_of(desk.session, lesson_id)
    before = _facts(lesson, homework)
    after = _wanted(draft, before)
    if before == after:
        return lesson.version
    if lesson.version != base:
        raise StaleVersion(N_("The lesson was changed in between."), theirs=before)
    _write_topic(desk, row, lesson, after, before)
    _write_homework(desk, row, homework, after, before)
    lesson.version += 1
    desk.session.flush()
    return lesson.version


def _wanted(draft: LessonDraft, before: dict[str, Any]) -> dict[str, Any]:
    return {
        "topic": draft.topic,
        "kind": draft.kind,
        "plan_topic": (draft.plan_topic_id or before["plan_topic"]) if draft.topic else None,
        "homework": "" if draft.nothing_set else draft.homework,
        "nothing_set": draft.nothing_set,
        "minutes": None if draft.nothing_set else draft.minutes,
        "due_on": before["due_on"] if draft.keeps_due else draft.due_on,
    }


def _check(desk: Desk, row: LessonRow, draft: LessonDraft) -> None:
    if len(draft.topic) > TOPIC_MAX:
        raise RuleViolation("topic", N_("Shorten the topic to %(max)s characters.", max=TOPIC_MAX))
    if len(draft.homework) > HOMEWORK_MAX:
        raise RuleViolation(
            "homework", N_("Shorten the homework to %(max)s characters.", max=HOMEWORK_MAX)
        )
    if draft.nothing_set and draft.homework:
        raise RuleViolation(
            "homework", N_("Either enter homework or choose «nothing is set», not both.")
        )
    check_minutes(draft.minutes)
    check_due(desk, row, draft.due_on)
    _check_topic(desk, draft.plan_topic_id)
    if draft.kind not in LESSON_KINDS:
        raise RuleViolation("lesson_kind", N_("Choose a kind of lesson from the list."))


def check_minutes(minutes: int | None) -> None:
    """Refuse minutes that no homework takes."""
    if minutes is not None and not 1 <= minutes <= MINUTES_MAX:
        raise RuleViolation(
            "homework_minutes", N_("Enter 1 to %(max)s minutes or leave the field empty.", max=600)
        )


def check_due(desk: Desk, row: LessonRow, due_on: date | None) -> None:
    """Refuse a day up to the lesson's own and one outside of the academic year."""
    if due_on is not None and not (due_on > row.held_on and desk.head.year.covers(due_on)):
        raise RuleViolation(
            "homework_due",
            N_("Choose a day after the lesson and within the academic year for the homework."),
        )


def _check_topic(desk: Desk, topic_id: int | None) -> None:
    if topic_id is None:
        return
    followed = select(PlanCourse.lesson_plan_id).where(PlanCourse.course_id == desk.head.course_id)
    known = select(PlanTopic.id).where(
        PlanTopic.id == topic_id, PlanTopic.lesson_plan_id.in_(followed)
    )
    if desk.session.scalar(known) is None:
        raise RuleViolation(
            "topic", N_("The plan has no such topic any more. Open the lesson again.")
        )


def homework_of(session: Session, lesson_id: int) -> Homework | None:
    """The homework of the lesson's course."""
    return session.scalar(select(Homework).where(Homework.lesson_id == lesson_id))


def _facts(lesson: Lesson, homework: Homework | None) -> dict[str, Any]:
    return {
        "topic": lesson.topic or "",
        "kind": lesson.kind,
        "plan_topic": lesson.plan_topic_id,
        "homework": homework.text if homework else "",
        "nothing_set": homework.nothing_set if homework else False,
        "minutes": homework.minutes if homework else None,
        "due_on": homework.due_on if homework and homework.due_chosen else None,
    }


def _write_topic(
    desk: Desk, row: LessonRow, lesson: Lesson, facts: dict[str, Any], before: dict[str, Any]
) -> None:
    after = {name: facts[name] for name in ("topic", "kind", "plan_topic")}
    old = {name: before[name] for name in after}
    if after == old:
        return
    grant_id = desk.require_open(EntryKind.TOPIC, row)
    lesson.topic = after["topic"] or None
    lesson.kind = after["kind"]
    lesson.plan_topic_id = after["plan_topic"]
    desk.log(_change("put_topic", row.id, old, after, grant_id))


def _write_homework(
    desk: Desk,
    row: LessonRow,
    homework: Homework | None,
    facts: dict[str, Any],
    before: dict[str, Any],
) -> None:
    after = {name: facts[name] for name in ("homework", "nothing_set", "minutes", "due_on")}
    old = {name: before[name] for name in after}
    if after == old:
        return
    grant_id = desk.require_open(EntryKind.HOMEWORK, row)
    files = homework is not None and _has_files(desk.session, homework)
    if files and after["nothing_set"]:
        raise RuleViolation(
            "homework", N_("Files are attached. Remove them first, then choose «nothing is set».")
        )
    if after["homework"] or after["nothing_set"] or files:
        _set_homework(desk, row, homework or new_homework(desk, row), after)
    elif homework is not None:
        desk.session.delete(homework)
    desk.log(_change("put_homework", row.id, old, after, grant_id))


def _has_files(session: Session, homework: Homework) -> bool:
    query = select(HomeworkFile.id).where(HomeworkFile.homework_id == homework.id).limit(1)
    return session.scalar(query) is not None


def new_homework(desk: Desk, row: LessonRow) -> Homework:
    """Homework without a text yet, due at the next lesson."""
    homework = Homework(
        organisation_id=desk.head.organisation_id,
        lesson_id=row.id,
        entered_at=desk.now,
        due_on=next_lesson_day(desk, row),
    )
    desk.session.add(homework)
    return homework


def _set_homework(desk: Desk, row: LessonRow, homework: Homework, after: dict[str, Any]) -> None:
    homework.text = after["homework"]
    homework.nothing_set = after["nothing_set"]
    homework.minutes = after["minutes"]
    homework.due_chosen = after["due_on"] is not None
    homework.due_on = after["due_on"] or next_lesson_day(desk, row)
    homework.entered_at = desk.now


def next_lesson_day(desk: Desk, row: LessonRow) -> date | None:
    """The day of the course's next lesson that is not cancelled: homework is due then."""
    return desk.session.scalar(
        select(func.min(Lesson.held_on)).where(
            Lesson.course_id == desk.head.course_id,
            Lesson.held_on > row.held_on,
            Lesson.status == "scheduled",
        )
    )


def _change(
    action: str, lesson_id: int, before: dict[str, Any], after: dict[str, Any], grant_id: int | None
) -> Change:
    return Change(
        action=action,
        object_type="lesson",
        object_id=lesson_id,
        within_id=lesson_id,
        before=before,
        after=after,
        grant_id=grant_id,
    )
