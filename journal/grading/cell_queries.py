"""What a single cell of the journal holds, and what became of it: read on demand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.grading.models import Mark, Work
from journal.lessons.models import Lesson

OF_A_CELL = ("mark", "absence")


def values_of_cell(session: Session, *, lesson_id: int, pupil_id: int) -> Sequence[str]:
    """The pupil's marks in the lesson, in the order they were given."""
    query = (
        select(Mark.value)
        .join(Work, Work.id == Mark.work_id)
        .where(Work.lesson_id == lesson_id, Mark.pupil_id == pupil_id)
        .order_by(Mark.number, Mark.id)
    )
    return session.scalars(query).all()


def logged_of_cell(
    session: Session, *, course_id: int, lesson_id: int, pupil_id: int
) -> Sequence[Any]:
    """The log of a cell, newest first, beside its lesson: one row with seq None when there is
    no entry, none at all when the course has no such lesson. `before` and `after` are JSON texts.
    """
    of_cell = and_(
        AuditEntry.within_id == Lesson.id,
        AuditEntry.about_id == pupil_id,
        AuditEntry.object_type.in_(OF_A_CELL),
    )
    query = (
        select(*_LOGGED)
        .outerjoin(AuditEntry, of_cell)
        .where(Lesson.id == lesson_id, Lesson.course_id == course_id)
        .order_by(AuditEntry.seq.desc())
    )
    return session.execute(query).all()


_LOGGED = (
    Lesson.held_on,
    Lesson.lesson_number,
    AuditEntry.seq,
    AuditEntry.at,
    AuditEntry.actor_name,
    AuditEntry.on_behalf_of,
    AuditEntry.object_type,
    AuditEntry.before,
    AuditEntry.after,
    AuditEntry.reason,
    AuditEntry.grant_id,
)
