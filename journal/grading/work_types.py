"""The school's kinds of work: their own days for checking (003:113)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, record_many
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.grading.models import WorkType
from journal.lessons.rules.policy import MOST_DAYS
from journal.people.service import origin_of


@dataclass(frozen=True, slots=True)
class TypeRow:
    """вид работы with its weight and its own days for checking, None for the usual ones."""

    id: int
    name: str
    weight: int
    checking_days: int | None


def work_type_names(session: Session) -> list[str]:
    """Their names in the order they were added."""
    return list(session.scalars(select(WorkType.name).order_by(WorkType.id)))


def work_type_rows(session: Session) -> list[TypeRow]:
    """The kinds of work of the bound school: those with days of their own first."""
    rows = session.execute(
        select(WorkType.id, WorkType.name, WorkType.weight, WorkType.checking_days)
    )
    found = [TypeRow(*row) for row in rows]
    return sorted(found, key=lambda one: (one.checking_days is None, -one.weight, one.name))


def set_checking_days(
    session: Session, actor: Actor, days: Mapping[int, int | None], *, now: datetime
) -> int:
    """Set the days of these kinds of work; returns how many changed. They hold at once, for works
    already set too. NotFound for another school's, RuleViolation («type-17») out of range.
    """
    rows = {row.id: row for row in session.scalars(select(WorkType).with_for_update())}
    changes = []
    for type_id, wanted in days.items():
        row = rows.get(type_id)
        if row is None:
            raise NotFound()
        if wanted is not None and not 0 <= wanted <= MOST_DAYS:
            sentence = N_("Enter a number of days from 0 to %(most)s.", most=MOST_DAYS)
            raise RuleViolation(f"type-{type_id}", sentence)
        if row.checking_days != wanted:
            changes.append(_change(row, wanted))
            row.checking_days = wanted
    record_many(
        session,
        organisation_id=actor.organisation_id,
        origin=origin_of(actor),
        changes=changes,
        now=now,
    )
    return len(changes)


def _change(row: WorkType, wanted: int | None) -> Change:
    return Change(
        action="set_checking_days",
        object_type="work_type",
        object_id=row.id,
        before={"name": row.name, "checking_days": row.checking_days},
        after={"name": row.name, "checking_days": wanted},
    )
