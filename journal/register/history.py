"""The history of a cell: who entered what, when, from what to what, under which grant (D25)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.errors import NotFound
from journal.grading.cell_queries import logged_of_cell
from journal.lessons.queries import load_course
from journal.lessons.rules import CourseHead
from journal.school.queries import rosters


@dataclass(frozen=True, slots=True)
class Held:
    """What a cell held of one thing: a value (a mark, or a code of attendance) and its notes."""

    value: str
    minutes: int | None = None
    comment: str | None = None
    deadline: date | None = None
    weight: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """One entry of the log. `before` None: it was put, `after` None: it was taken away."""

    at: datetime
    actor: str
    on_behalf_of: str | None
    is_mark: bool
    work: str | None
    retake: bool
    before: Held | None
    after: Held | None
    reason: str | None
    grant_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CellHistory:
    """Everything the log knows of a cell, newest first."""

    head: CourseHead
    lesson_id: int
    held_on: date
    number: int
    name: str
    changes: tuple[CellChange, ...]


def cell_history(
    session: Session,
    actor: Actor,
    *,
    course_id: int,
    lesson_id: int,
    pupil_id: int,
    now: datetime,
) -> CellHistory:
    """For whoever may read the journal page: three queries. Raises NotFound, Forbidden."""
    head = load_course(session, actor, course_id, now=now)
    stays = rosters(session, [head.group_id], pupil_ids=[pupil_id])
    rows = logged_of_cell(session, course_id=course_id, lesson_id=lesson_id, pupil_id=pupil_id)
    if not stays or not rows:
        raise NotFound()
    return CellHistory(
        head=head,
        lesson_id=lesson_id,
        held_on=rows[0].held_on,
        number=rows[0].lesson_number,
        name=stays[0].name,
        changes=tuple(_change(row) for row in rows if row.seq is not None),
    )


def _change(row: Any) -> CellChange:
    before, after = _facts(row.before), _facts(row.after)
    known = after or before
    return CellChange(
        at=row.at,
        actor=row.actor_name,
        on_behalf_of=row.on_behalf_of,
        is_mark=row.object_type == "mark",
        work=known.get("work"),
        retake=known.get("retake_of") is not None,
        before=_held(before),
        after=_held(after),
        reason=row.reason,
        grant_id=row.grant_id,
    )


def _facts(text: str | None) -> dict[str, Any]:
    return dict(json.loads(text)) if text else {}


def _held(facts: dict[str, Any]) -> Held | None:
    value = facts.get("value", facts.get("code"))
    if value is None:
        return None
    deadline = facts.get("deadline")
    return Held(
        value=str(value),
        minutes=facts.get("minutes"),
        comment=facts.get("comment"),
        deadline=date.fromisoformat(deadline) if deadline else None,
        weight=facts.get("weight"),
    )
