"""Reads of the council's decisions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
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
    rows = session.execute(
        select(
            CouncilDecision.pupil_id,
            CouncilDecision.about,
            CouncilDecision.kind,
            CouncilDecision.decided_on,
            CouncilDecision.number,
            CouncilDecision.text,
        )
        .where(
            CouncilDecision.pupil_id.in_(list(pupil_ids)),
            CouncilDecision.academic_year_id == academic_year_id,
        )
        .order_by(CouncilDecision.about)
    )
    found: dict[int, tuple[Decided, ...]] = {}
    for row in rows:
        found[row.pupil_id] = (*found.get(row.pupil_id, ()), Decided(*row))
    return found
