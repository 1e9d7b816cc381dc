"""Who plans a timetable, and what he may touch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.people.service import record_by
from journal.school.planning import planned_classes
from journal.timetable.models import Timetable


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Who plans, and when."""

    session: Session
    actor: Actor
    now: datetime

    def draft(self, timetable_id: int) -> Timetable:
        """A version that may be edited, locked; NotFound, RuleViolation otherwise."""
        found = self.session.scalar(
            select(Timetable).where(Timetable.id == timetable_id).with_for_update()
        )
        if found is None:
            raise NotFound()
        if found.status != "draft":
            raise RuleViolation(
                "version", N_("This version is published. Copy it into a draft to change it.")
            )
        return found

    def require(self, year_id: int, classes: Iterable[str]) -> None:
        """Refuse classes that somebody else plans."""
        planned_classes(self.session, self.actor, year_id).require(classes)

    def log(self, change: Change) -> None:
        """Append to the chain of the school."""
        record_by(self.session, self.actor, change, self.now)


def timetable_change(
    action: str,
    timetable_id: int,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Change:
    return Change(
        action=action,
        object_type="timetable",
        object_id=timetable_id,
        before=before,
        after=after,
    )
