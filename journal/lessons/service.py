"""Commands on a lesson's own page: topic, homework, kind of lesson."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from journal.core.audit import Change
from journal.core.errors import NotFound, RuleViolation, StaleVersion
from journal.core.messages import N_
from journal.lessons.desk import Desk, LessonRow
from journal.lessons.models import Homework, Lesson
from journal.lessons.rules import EntryKind

TOPIC_MAX = 1000
HOMEWORK_MAX = 4000
MINUTES_MAX = 600
LESSON_KINDS = ("lesson", "practical", "laboratory", "test", "excursion", "project", "consultation")


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonDraft:
    """What the lesson's panel holds. `nothing_set` is «не задано», excluding a text."""

    topic: str
    homework: str
    nothing_set: bool
    minutes: int | None
    kind: str


def put_lesson(desk: Desk, *, lesson_id: int, draft: LessonDraft, base: int) -> int:
    """Write topic, homework and kind; returns the lesson's new version.

    Each part keeps its own window: an unchanged part is not asked about. Raises StaleVersion when
    somebody saved the lesson in between.
    """
    row = desk.own_lesson(lesson_id)
    _check(draft)
    lesson = desk.session.get(Lesson, lesson_id, populate_existing=True)
    if lesson is None:
        raise NotFound()
    homework = desk.session.scalar(select(Homework).where(Homework.lesson_id == lesson_id))
    before = _facts(lesson, homework)
    after = {
        "topic": draft.topic,
        "kind": draft.kind,
        "homework": "" if draft.nothing_set else draft.homework,
        "nothing_set": draft.nothing_set,
        "minutes": None if draft.nothing_set else draft.minutes,
    }
    if before == after:
        return lesson.version
    if lesson.version != base:
        raise StaleVersion(N_("The lesson was changed in between."), theirs=before)
    _write_topic(desk, row, lesson, draft, before)
    _write_homework(desk, row, homework, after, before)
    lesson.version += 1
    desk.session.flush()
    return lesson.version


def _check(draft: LessonDraft) -> None:
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
    if draft.minutes is not None and not 1 <= draft.minutes <= MINUTES_MAX:
        raise RuleViolation(
            "homework_minutes", N_("Enter 1 to %(max)s minutes or leave the field empty.", max=600)
        )
    if draft.kind not in LESSON_KINDS:
        raise RuleViolation("lesson_kind", N_("Choose a kind of lesson from the list."))


def _facts(lesson: Lesson, homework: Homework | None) -> dict[str, Any]:
    return {
        "topic": lesson.topic or "",
        "kind": lesson.kind,
        "homework": homework.text if homework else "",
        "nothing_set": homework.nothing_set if homework else False,
        "minutes": homework.minutes if homework else None,
    }


def _write_topic(
    desk: Desk, row: LessonRow, lesson: Lesson, draft: LessonDraft, before: dict[str, Any]
) -> None:
    after = {"topic": draft.topic, "kind": draft.kind}
    old = {name: before[name] for name in after}
    if after == old:
        return
    grant_id = desk.require_open(EntryKind.TOPIC, row)
    lesson.topic = draft.topic or None
    lesson.kind = draft.kind
    desk.log(_change("put_topic", row.id, old, after, grant_id))


def _write_homework(
    desk: Desk,
    row: LessonRow,
    homework: Homework | None,
    facts: dict[str, Any],
    before: dict[str, Any],
) -> None:
    after = {name: facts[name] for name in ("homework", "nothing_set", "minutes")}
    old = {name: before[name] for name in after}
    if after == old:
        return
    grant_id = desk.require_open(EntryKind.HOMEWORK, row)
    if after["homework"] or after["nothing_set"]:
        _set_homework(desk, row, homework or _new_homework(desk, row), after)
    elif homework is not None:
        desk.session.delete(homework)
    desk.log(_change("put_homework", row.id, old, after, grant_id))


def _new_homework(desk: Desk, row: LessonRow) -> Homework:
    homework = Homework(
        organisation_id=desk.head.organisation_id, lesson_id=row.id, entered_at=desk.now
    )
    desk.session.add(homework)
    return homework


def _set_homework(desk: Desk, row: LessonRow, homework: Homework, after: dict[str, Any]) -> None:
    homework.text = after["homework"]
    homework.nothing_set = after["nothing_set"]
    homework.minutes = after["minutes"]
    homework.due_on = next_lesson_day(desk, row)
    homework.entered_at = desk.now


def next_lesson_day(desk: Desk, row: LessonRow) -> Any:
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
