"""The council's decisions are written down: for the pupils of a class, many at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, record_many
from journal.core.clock import local_date
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.grading.models import CouncilDecision
from journal.grading.rules.council import ABOUT, CouncilDraft, check_decision
from journal.people.service import origin_of
from journal.school.class_desk import pupils_on
from journal.school.class_reader import ReadClass, load_class


def record_council(
    session: Session,
    actor: Actor,
    *,
    class_id: int,
    draft: CouncilDraft,
    pupil_ids: Collection[int],
    now: datetime,
) -> int:
    """Write one decision for several pupils; how many changed.

    A later decision about the same matter takes the place of the earlier one. NotFound, Forbidden
    as `load_class`; RuleViolation (kind, decided_on, number, text, pupils).
    """
    group = load_class(session, actor, class_id)
    today = local_date(now, actor.current.time_zone)
    about = check_decision(draft, today=today, begins=group.year.starts_on)
    _check_pupils(session, group, draft.decided_on, pupil_ids)
    held = {one.pupil_id: one for one in session.scalars(_decisions(group, about, pupil_ids))}
    changes = [
        _written(actor, group, (pupil_id, about), held.get(pupil_id), draft, now)
        for pupil_id in sorted(pupil_ids)
    ]
    found = [one for one in changes if one is not None]
    session.add_all(row for row, _ in found)
    session.flush()
    _log(session, actor, [_change("record_council", row, before) for row, before in found], now)
    return len(found)


def withdraw_council(
    session: Session, actor: Actor, *, class_id: int, pupil_id: int, about: str, now: datetime
) -> None:
    """Take a decision back that was written down by mistake; the log keeps it. NotFound."""
    group = load_class(session, actor, class_id)
    row = session.scalar(_decisions(group, about, [pupil_id])) if about in ABOUT else None
    if row is None:
        raise NotFound(N_("There is no such decision any more. Open the page again."))
    change = _change("withdraw_council", row, _facts(row), gone=True)
    session.delete(row)
    session.flush()
    _log(session, actor, [change], now)


def council_day(group: ReadClass, decided_on: date) -> date:
    """Whose class it is, is seen on the day of the council; after the year, on its last day."""
    ends = group.year.ends_before
    return min(decided_on, ends - timedelta(days=1)) if ends else decided_on


def _check_pupils(
    session: Session, group: ReadClass, decided_on: date, pupil_ids: Collection[int]
) -> None:
    day = council_day(group, decided_on)
    there = {one.pupil_id for one in pupils_on(session, class_group_id=group.id, day=day)}
    if not pupil_ids or not set(pupil_ids) <= there:
        raise RuleViolation(
            "pupils", N_("Tick the pupils of the class whom the decision is about.")
        )


def _decisions(group: ReadClass, about: str, pupil_ids: Collection[int]) -> Any:
    return (
        select(CouncilDecision)
        .where(
            CouncilDecision.academic_year_id == group.year_id,
            CouncilDecision.about == about,
            CouncilDecision.pupil_id.in_(list(pupil_ids)),
        )
        .with_for_update()
    )


def _written(
    actor: Actor,
    group: ReadClass,
    what: tuple[int, str],
    row: CouncilDecision | None,
    draft: CouncilDraft,
    now: datetime,
) -> tuple[CouncilDecision, dict[str, Any] | None] | None:
    """The row with the decision and what it was before; None where nothing changes."""
    before = _facts(row) if row else None
    row = row or CouncilDecision(
        organisation_id=actor.organisation_id,
        academic_year_id=group.year_id,
        pupil_id=what[0],
        about=what[1],
    )
    row.kind, row.decided_on = draft.kind, draft.decided_on
    row.number, row.text = draft.number, draft.text
    if _facts(row) == before:
        return None
    row.entered_by, row.entered_at = actor.account_id, now
    return row, before


def _facts(row: CouncilDecision) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "decided_on": row.decided_on,
        "number": row.number,
        "text": row.text,
    }


def _change(
    action: str, row: CouncilDecision, before: dict[str, Any] | None, *, gone: bool = False
) -> Change:
    return Change(
        action=action,
        object_type="council_decision",
        object_id=row.id,
        about_id=row.pupil_id,
        before=before,
        after=None if gone else _facts(row),
    )


def _log(session: Session, actor: Actor, changes: list[Change], now: datetime) -> None:
    record_many(
        session,
        organisation_id=actor.organisation_id,
        origin=origin_of(actor),
        changes=changes,
        now=now,
    )
