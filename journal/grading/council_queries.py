"""Reads of the council's decisions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from journal.core.messages import Message
from journal.grading.models import CouncilDecision
from journal.grading.rules.council import KINDS


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision on a pupil; `about` is year or admission."""

    pupil_id: int
    about: str
    kind: str
    decided_on: date
    number: str
    text: str

    @property
    def words(self) -> Message:
        """«переведён условно»."""
        return KINDS[self.kind].words


def council_decisions(
    session: Session, pupil_ids: Collection[int], *, academic_year_id: int
) -> dict[int, tuple[Decided, ...]]:
    """By pupil, admission before the outcome of the year. One query."""
    values = {"pupil_ids": list(pupil_ids), "year_id": academic_year_id}
    found: dict[int, tuple[Decided, ...]] = {}
    for row in session.execute(_decisions(), values):
        found[row.pupil_id] = (*found.get(row.pupil_id, ()), Decided(*row))
    return found


@cache
def _decisions() -> Any:
    return (
        select(
            CouncilDecision.pupil_id,
            CouncilDecision.about,
            CouncilDecision.kind,
            CouncilDecision.decided_on,
            CouncilDecision.number,
            CouncilDecision.text,
        )
        .where(
            CouncilDecision.pupil_id.in_(bindparam("pupil_ids", expanding=True)),
            CouncilDecision.academic_year_id == bindparam("year_id"),
        )
        .order_by(CouncilDecision.about)
    )
