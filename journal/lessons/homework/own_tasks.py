"""Homework of single pupils: only they and their families see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from journal.core.audit import Change
from journal.core.errors import RuleViolation, StaleVersion
from journal.core.messages import N_
from journal.lessons.desk import Desk, LessonRow
from journal.lessons.homework.files import own_task
from journal.lessons.models import HomeworkFile, IndividualHomework, IndividualHomeworkPupil
from journal.lessons.rules import EntryKind
from journal.lessons.service import HOMEWORK_MAX, check_due, check_minutes, next_lesson_day


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTaskDraft:
    """What is typed: `due_on` None is for the next lesson of the course."""

    text: str
    pupil_ids: frozenset[int]
    due_on: date | None = None
    minutes: int | None = None


def put_own_task(
    desk: Desk, *, lesson_id: int, individual_id: int | None, draft: OwnTaskDraft, base: int
) -> int:
    """Give a task to pupils of the lesson's roster, or change one; returns its id.

    The desk holds the roster of the draft's pupils. Raises WindowClosed, RuleViolation
    (own_text, own_pupils, homework_due, homework_minutes), StaleVersion.
    """
    lesson = desk.own_lesson(lesson_id)
    _check(desk, lesson, draft)
    grant_id = desk.require_open(EntryKind.HOMEWORK, lesson)
    task = _task(desk, lesson, individual_id)
    before = _facts(desk, task) if individual_id else None
    if individual_id and task.version != base:
        raise StaleVersion(N_("The task was changed in between."), theirs=before)
    _write(desk, task, draft, draft.due_on or next_lesson_day(desk, lesson) or lesson.held_on)
    desk.log(_change(lesson_id, task.id, before, _facts(desk, task), grant_id))
    return task.id


def _check(desk: Desk, lesson: LessonRow, draft: OwnTaskDraft) -> None:
    if not draft.text:
        raise RuleViolation("own_text", N_("Write what the pupils are to do."))
    if len(draft.text) > HOMEWORK_MAX:
        raise RuleViolation(
            "own_text", N_("Shorten the homework to %(max)s characters.", max=HOMEWORK_MAX)
        )
    if not draft.pupil_ids:
        raise RuleViolation("own_pupils", N_("Choose whom the task is for."))
    for pupil_id in draft.pupil_ids:
        desk.require_on_roster(lesson, pupil_id)
    check_minutes(draft.minutes)
    check_due(desk, lesson, draft.due_on)


def _task(desk: Desk, lesson: LessonRow, individual_id: int | None) -> IndividualHomework:
    if individual_id is not None:
        return own_task(desk, lesson.id, individual_id)
    return IndividualHomework(
        organisation_id=desk.head.organisation_id, lesson_id=lesson.id, version=0
    )


def _write(desk: Desk, task: IndividualHomework, draft: OwnTaskDraft, due_on: date) -> None:
    task.text, task.minutes, task.due_on = draft.text, draft.minutes, due_on
    task.entered_at = desk.now
    task.version += 1
    desk.session.add(task)
    desk.session.flush()
    desk.session.execute(
        delete(IndividualHomeworkPupil)
        .where(IndividualHomeworkPupil.homework_id == task.id)
        .execution_options(synchronize_session="fetch")
    )
    for pupil_id in sorted(draft.pupil_ids):
        desk.session.add(
            IndividualHomeworkPupil(
                organisation_id=task.organisation_id, homework_id=task.id, pupil_id=pupil_id
            )
        )
    desk.session.flush()


def remove_own_task(desk: Desk, *, lesson_id: int, individual_id: int) -> None:
    """Take a task of single pupils back, with its files."""
    lesson = desk.own_lesson(lesson_id)
    task = own_task(desk, lesson_id, individual_id)
    grant_id = desk.require_open(EntryKind.HOMEWORK, lesson)
    before = _facts(desk, task)
    for statement in (
        delete(HomeworkFile).where(HomeworkFile.individual_id == task.id),
        delete(IndividualHomeworkPupil).where(IndividualHomeworkPupil.homework_id == task.id),
    ):
        desk.session.execute(statement.execution_options(synchronize_session=False))
    desk.session.delete(task)
    desk.session.flush()
    desk.log(_change(lesson_id, individual_id, before, None, grant_id))


def _facts(desk: Desk, task: IndividualHomework) -> dict[str, Any]:
    pupils = desk.session.scalars(
        select(IndividualHomeworkPupil.pupil_id)
        .where(IndividualHomeworkPupil.homework_id == task.id)
        .order_by(IndividualHomeworkPupil.pupil_id)
    )
    return {
        "homework": task.text,
        "minutes": task.minutes,
        "due_on": task.due_on,
        "pupils": list(pupils),
    }


def _change(
    lesson_id: int,
    task_id: int,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    grant_id: int | None,
) -> Change:
    return Change(
        action="put_own_task",
        object_type="homework",
        object_id=task_id,
        within_id=lesson_id,
        before=before,
        after=after,
        grant_id=grant_id,
    )
