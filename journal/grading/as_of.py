"""Term marks as they stood at the end of a day: what the log says of later is taken back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.grading.changes import RESULT_CHANGES
from journal.grading.models import TermMark
from journal.school.models import Course

Place = tuple[int, int, str, int]
"""Pupil, subject, kind and number of a term."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """A day that is over, and the first instant after it."""

    day: date
    ended: datetime


def changed_since(
    session: Session, as_of: AsOf, *, academic_year_id: int
) -> dict[Place, str | None]:
    """The marks of the year that were put, changed or taken back after the day, as they stood at
    its end (None: there was none). Three statements.

    RuleViolation where the log does not tell it: after an import or a merging of two cards.
    """
    _require_told(session, as_of)
    found: dict[Place, str | None] = {}
    for pupil_id, subject_id, before, after in session.execute(_log(as_of, academic_year_id)):
        known = json.loads(before or after)
        place = (pupil_id, subject_id, known["kind"], known["number"])
        found.setdefault(place, json.loads(before)["value"] if before else None)
    fresh = select(TermMark.pupil_id, TermMark.subject_id, TermMark.kind, TermMark.number).where(
        TermMark.academic_year_id == academic_year_id, TermMark.entered_at >= as_of.ended
    )
    for pupil_id, subject_id, kind, number in session.execute(fresh):
        found.setdefault((pupil_id, subject_id, kind, number), None)
    return found


def _log(as_of: AsOf, academic_year_id: int) -> Any:
    return (
        select(AuditEntry.about_id, Course.subject_id, AuditEntry.before, AuditEntry.after)
        .join(Course, Course.id == AuditEntry.within_id)
        .where(
            AuditEntry.object_type == "term_mark",
            AuditEntry.action.in_(RESULT_CHANGES),
            AuditEntry.at >= as_of.ended,
            Course.academic_year_id == academic_year_id,
        )
        .order_by(AuditEntry.seq)
    )


def _require_told(session: Session, as_of: AsOf) -> None:
    imported = and_(AuditEntry.object_type == "term_mark", AuditEntry.action == "import")
    untold = or_(imported, AuditEntry.action == "merge_persons")
    last = session.scalar(
        select(AuditEntry.at)
        .where(untold, AuditEntry.at >= as_of.ended)
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    )
    if last is not None:
        raise RuleViolation(
            "as_of",
            N_(
                "How marks stood on %(day)s is not known: marks were imported or cards merged "
                "after it. Ask for a later day.",
                day=f"{as_of.day:%d.%m.%Y}",
            ),
        )
