"""Excuses known when a lesson's register is taken: they become the reason of its absences."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.excuses.queries import covers_day
from journal.attendance.models import Absence, Excuse


class KnownReason(NamedTuple):
    """The reason a confirmed excuse gives; an illness outdoes a leave."""

    code: str
    excuse_id: int


def known_reasons(
    session: Session, day: date, pupil_ids: Collection[int] | None = None
) -> dict[int, KnownReason]:
    """Pupil -> reason, of everybody excused that day or of these pupils. One query."""
    chosen = [] if pupil_ids is None else [Excuse.pupil_id.in_(list(pupil_ids))]
    rows = session.execute(
        select(Excuse.pupil_id, Excuse.code, Excuse.id)
        .where(Excuse.status == "confirmed", covers_day(day), *chosen)
        .order_by(Excuse.code.desc(), Excuse.id)
    )
    return {row[0]: KnownReason(row[1], row[2]) for row in rows}


def without_entry(session: Session, lesson_id: int, pupil_ids: Collection[int]) -> frozenset[int]:
    """Those of the pupils of whom the lesson says nothing yet."""
    entered = session.scalars(
        select(Absence.pupil_id).where(
            Absence.lesson_id == lesson_id, Absence.pupil_id.in_(list(pupil_ids))
        )
    )
    return frozenset(pupil_ids) - frozenset(entered)
