"""Substitutions by teacher: hours held for others, hours others held for him. A month of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.text import sort_key
from journal.lessons.models import Lesson
from journal.lessons.queries.staff_agenda import staff_names
from journal.office.queries.lessons import LessonFacts, lessons_where


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherHours:
    """A teacher's lessons in the days asked for, held ones only.

    `held`: for others, alone; `merged`: for others together with his own subgroup; `given`: others
    held them for him; `lost`: his own that were cancelled and not moved.
    """

    staff_id: int
    name: str
    held: int
    merged: int
    given: int
    lost: int


def hours_by_teacher(
    session: Session, *, first: date, before: date, now: datetime
) -> list[TeacherHours]:
    """Whoever has any, in the order of names. Three queries."""
    changed = lessons_where(
        session,
        Lesson.held_on >= first,
        Lesson.held_on < before,
        Lesson.ends_at <= now,
        (Lesson.replaced_staff_id.is_not(None)) | (Lesson.status == "cancelled"),
    )
    counts = _counts(changed, _together(session, changed))
    names = staff_names(session, counts)
    found = [
        TeacherHours(
            staff_id=staff_id,
            name=names.get(staff_id, "–"),
            **{kind: count.get(kind, 0) for kind in ("held", "merged", "given", "lost")},
        )
        for staff_id, count in counts.items()
    ]
    return sorted(found, key=lambda one: sort_key(one.name))


def _counts(
    changed: Iterable[LessonFacts], together: set[tuple[int, datetime]]
) -> dict[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in changed:
        planned = one.planned_staff_id or one.staff_id
        if one.cancelled:
            if one.made_lesson_id is None:
                counts[planned]["lost"] += 1
            continue
        merged = (one.staff_id, one.starts_at) in together
        counts[one.staff_id]["merged" if merged else "held"] += 1
        counts[planned]["given"] += 1
    return counts


def _together(session: Session, changed: Iterable[LessonFacts]) -> set[tuple[int, datetime]]:
    """(who, when) of substitutes who had a lesson of their own at the same time."""
    replaced = [one for one in changed if one.planned_staff_id and not one.cancelled]
    rows = session.execute(
        select(Lesson.staff_id, Lesson.starts_at).where(
            Lesson.staff_id.in_({one.staff_id for one in replaced}),
            Lesson.held_on.in_({one.held_on for one in replaced}),
            Lesson.replaced_staff_id.is_(None),
            Lesson.status == "scheduled",
        )
    )
    return {(staff_id, starts_at) for staff_id, starts_at in rows}
