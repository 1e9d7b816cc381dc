"""What was decided to delete, as pages show it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.errors import NotFound
from journal.school.models import AcademicYear
from journal.school.retention.models import RetentionDeletion
from journal.school.retention.rules import Kept, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A proposal, and what became of it. `counts`: rows by their kind."""

    id: int
    year_id: int
    year: str
    what: Kept
    state: Step
    reason: str
    counts: Mapping[str, int]
    proposed_by: int
    proposed_name: str
    proposed_at: datetime
    confirmed_name: str | None
    confirmed_at: datetime | None
    ended_at: datetime | None


def decisions_of_school(session: Session) -> list[Decision]:
    """All of the bound organisation, the latest first. One query."""
    rows = session.execute(_query().order_by(RetentionDeletion.id.desc()))
    return [_decision(row) for row in rows]


def decision(session: Session, decision_id: int) -> Decision:
    """One of them; NotFound."""
    row = session.execute(_query().where(RetentionDeletion.id == decision_id)).one_or_none()
    if row is None:
        raise NotFound()
    return _decision(row)


def deleted_on(session: Session, year_id: int, what: Kept) -> datetime | None:
    """When these of the year were deleted; None while they are kept."""
    query = select(RetentionDeletion.ended_at).where(
        RetentionDeletion.academic_year_id == year_id,
        RetentionDeletion.what == what,
        RetentionDeletion.state == Step.DONE,
    )
    return session.scalar(query)


_COLUMNS = (
    RetentionDeletion.id,
    RetentionDeletion.academic_year_id.label("year_id"),
    AcademicYear.name.label("year"),
    RetentionDeletion.what,
    RetentionDeletion.state,
    RetentionDeletion.reason,
    RetentionDeletion.counts,
    RetentionDeletion.proposed_by,
    RetentionDeletion.proposed_name,
    RetentionDeletion.proposed_at,
    RetentionDeletion.confirmed_name,
    RetentionDeletion.confirmed_at,
    RetentionDeletion.ended_at,
)


def _query() -> Any:
    return select(*_COLUMNS).join(
        AcademicYear, AcademicYear.id == RetentionDeletion.academic_year_id
    )


def _decision(row: Any) -> Decision:
    facts = dict(row._mapping)
    facts |= {"what": Kept(row.what), "state": Step(row.state), "counts": json.loads(row.counts)}
    return Decision(**facts)
