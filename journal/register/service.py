"""Saving: a small batch of operations on one journal page, each whole or not at all.

A refused operation leaves nothing behind and does not stop the others. An acknowledged one is kept
by its id: sent again it is «saved» with the present facts, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.service import clear_absence, put_absence, take_attendance
from journal.core.errors import JournalError, StaleVersion
from journal.core.messages import Message
from journal.core.operations import keep_answers, kept_answers
from journal.grading.service import (
    MarkDraft,
    WorkDraft,
    clear_mark,
    clear_work,
    put_mark,
    put_work,
)
from journal.lessons.desk import Desk, open_desk
from journal.lessons.service import LessonDraft, put_lesson
from journal.people.queries import name_of_account
from journal.register.presence import refuse_absence_of_marked, refuse_mark_of_absent


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One typed entry. `id` is the client's own; fields not of its kind stay None."""

    id: str
    kind: str
    lesson_id: int
    pupil_id: int | None = None
    work_id: int | None = None
    mark_id: int | None = None
    base: int = 0
    value: str = ""
    comment: str | None = None
    deadline: date | None = None
    retake_of: int | None = None
    minutes: int | None = None
    lesson: LessonDraft | None = None
    work: WorkDraft | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """The other value of a conflict: what, who, when."""

    value: str
    who: str | None
    when: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one operation; `replayed` when it had been acknowledged before."""

    operation: Operation
    status: int = 200
    message: Message | None = None
    theirs: Theirs | None = None
    replayed: bool = False

    @property
    def state(self) -> str:
        """saved, conflict or refused."""
        return {200: "saved", 409: "conflict"}.get(self.status, "refused")


@dataclass(frozen=True, slots=True)
class Saved:
    """The outcomes of a batch, in its order, and the desk they were made at."""

    desk: Desk
    outcomes: tuple[Outcome, ...] = field(default=())


def save_entries(
    session: Session,
    actor: Actor,
    *,
    course_id: int,
    operations: Sequence[Operation],
    now: datetime,
) -> Saved:
    """Carry out a batch. NotFound or Forbidden when the course itself is not the actor's."""
    desk = open_desk(
        session,
        actor,
        course_id=course_id,
        lesson_ids={one.lesson_id for one in operations},
        pupil_ids={one.pupil_id for one in operations if one.pupil_id},
        now=now,
    )
    # Read under the lock of the lessons: the same operation may be under way in another process.
    kept = kept_answers(
        session, account_id=actor.account_id, operation_ids=[one.id for one in operations]
    )
    with desk.batch():
        outcomes = tuple(attempt(desk, one, kept) for one in operations)
    acknowledge(session, actor, outcomes, now=now)
    return Saved(desk, outcomes)


def acknowledge(
    session: Session, actor: Actor, outcomes: Iterable[Outcome], *, now: datetime
) -> None:
    """Keep the names of what was saved: sent again they change nothing."""
    fresh = [one for one in outcomes if one.status == 200 and not one.replayed]
    answers = {one.operation.id: {"kind": one.operation.kind} for one in fresh}
    keep_answers(session, account_id=actor.account_id, answers=answers, now=now)


def attempt(
    desk: Desk, operation: Operation, kept: Mapping[str, Any], acts: Acts | None = None
) -> Outcome:
    """Carry out one operation, whole or not at all, unless `kept` says that it was before."""
    if operation.id in kept:
        return Outcome(operation=operation, replayed=True)
    try:
        with desk.attempt(savepoint=operation.kind not in REFUSED_FIRST):
            (acts or ACTS)[operation.kind](desk, operation)
    except StaleVersion as stale:
        return Outcome(
            operation=operation, status=409, message=stale.message, theirs=_theirs(desk, stale)
        )
    except JournalError as refusal:
        return Outcome(operation=operation, status=refusal.status, message=refusal.message)
    return Outcome(operation=operation)


def _theirs(desk: Desk, stale: StaleVersion) -> Theirs | None:
    facts = stale.theirs
    if not isinstance(facts, dict) or "value" not in facts:
        return None
    who = name_of_account(desk.session, facts["account_id"], desk.head.organisation_id)
    return Theirs(value=facts["value"], who=who, when=facts["when"])


def _put_mark(desk: Desk, one: Operation) -> None:
    place = {"lesson_id": one.lesson_id, "pupil_id": one.pupil_id or 0}
    if one.mark_id is None and one.retake_of is None:
        refuse_mark_of_absent(desk, **place, value=one.value)
    put_mark(
        desk,
        **place,
        work_id=one.work_id,
        mark_id=one.mark_id,
        draft=MarkDraft(
            value=one.value,
            comment=one.comment,
            deadline=one.deadline,
            retake_of=one.retake_of,
        ),
        base=one.base,
    )


def _clear_mark(desk: Desk, one: Operation) -> None:
    clear_mark(
        desk,
        lesson_id=one.lesson_id,
        pupil_id=one.pupil_id or 0,
        mark_id=one.mark_id or 0,
        base=one.base,
    )


def _put_absence(desk: Desk, one: Operation) -> None:
    place = {"lesson_id": one.lesson_id, "pupil_id": one.pupil_id or 0}
    if one.base == 0:
        refuse_absence_of_marked(desk, **place, code=one.value)
    put_absence(
        desk,
        **place,
        code=one.value,
        minutes=one.minutes,
        base=one.base,
    )


def _clear_absence(desk: Desk, one: Operation) -> None:
    clear_absence(desk, lesson_id=one.lesson_id, pupil_id=one.pupil_id or 0, base=one.base)


def _take_attendance(desk: Desk, one: Operation) -> None:
    take_attendance(desk, lesson_id=one.lesson_id)


def _put_lesson(desk: Desk, one: Operation) -> None:
    if one.lesson is not None:
        put_lesson(desk, lesson_id=one.lesson_id, draft=one.lesson, base=one.base)


def _put_work(desk: Desk, one: Operation) -> None:
    if one.work is not None:
        put_work(desk, lesson_id=one.lesson_id, work_id=one.work_id, draft=one.work)


def _clear_work(desk: Desk, one: Operation) -> None:
    clear_work(desk, lesson_id=one.lesson_id, work_id=one.work_id or 0)


Acts = Mapping[str, Callable[[Desk, Operation], None]]
ACTS: Acts = {
    "put_mark": _put_mark,
    "clear_mark": _clear_mark,
    "put_absence": _put_absence,
    "clear_absence": _clear_absence,
    "take_attendance": _take_attendance,
    "put_lesson": _put_lesson,
    "put_work": _put_work,
    "clear_work": _clear_work,
}
KINDS = frozenset(ACTS)
# These take no savepoint, so whatever they refuse they must refuse before they write: all the
# commands of `attendance.service` do. A kind whose command may refuse later is left off, and every
# one that stands here has its refusals in `tests/features/register/test_refused_first.py` (ADR 53).
REFUSED_FIRST = frozenset({"put_absence", "clear_absence", "take_attendance"})
