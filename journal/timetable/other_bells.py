"""Other bells on a weekday or a date: the list, one more, one less."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.core.audit import Change
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.timetable.models import BellException, BellSchedule
from journal.timetable.service.planner import Planner


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherBellsDraft:
    """`instead_id` shall ring instead of `schedule_id`; no grades = every parallel."""

    schedule_id: int
    instead_id: int
    weekday: int | None
    held_on: date | None
    grades: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherBellsRow(OtherBellsDraft):
    """A line of the list."""

    id: int


def other_bells(session: Session) -> list[OtherBellsRow]:
    """Weekdays first, then dates, the latest first."""
    rows = session.execute(
        select(
            BellException.id,
            BellException.bell_schedule_id.label("schedule_id"),
            BellException.instead_id,
            BellException.weekday,
            BellException.held_on,
            BellException.grades,
        ).order_by(
            BellException.held_on.is_not(None),
            BellException.weekday,
            BellException.held_on.desc(),
            BellException.id,
        )
    )
    return [OtherBellsRow(**row._mapping) for row in rows]


def add_other_bells(planner: Planner, draft: OtherBellsDraft) -> int:
    """Exactly one of weekday and date; both schedules are the school's."""
    if (draft.weekday is None) == (draft.held_on is None):
        raise RuleViolation("held_on", N_("Choose either a weekday or a date."))
    if draft.schedule_id == draft.instead_id:
        raise RuleViolation("instead", N_("Choose bells that differ from the usual ones."))
    both = {draft.schedule_id, draft.instead_id}
    known = select(func.count()).select_from(BellSchedule).where(BellSchedule.id.in_(both))
    if planner.session.scalar(known) != len(both):
        raise NotFound()
    row = BellException(
        organisation_id=planner.actor.organisation_id,
        bell_schedule_id=draft.schedule_id,
        instead_id=draft.instead_id,
        weekday=draft.weekday,
        held_on=draft.held_on,
        grades=draft.grades,
    )
    planner.session.add(row)
    planner.session.flush()
    facts = {"weekday": draft.weekday, "held_on": draft.held_on, "grades": sorted(draft.grades)}
    planner.log(
        Change(action="add_other_bells", object_type="bells", object_id=row.id, after=facts)
    )
    return row.id


def drop_other_bells(planner: Planner, *, exception_id: int) -> None:
    """The usual bells again."""
    row = planner.session.get(BellException, exception_id)
    if row is None:
        raise NotFound()
    facts = {"weekday": row.weekday, "held_on": row.held_on, "grades": sorted(row.grades)}
    planner.session.delete(row)
    planner.session.flush()
    change = Change(
        action="drop_other_bells", object_type="bells", object_id=exception_id, before=facts
    )
    planner.log(change)
