"""Deletion by policy: one proposes, another confirms, a job carries it out. All is logged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.audit import Change, Origin, record
from journal.core.clock import local_date
from journal.core.db import inserted
from journal.core.errors import Forbidden, NotFound, RuleViolation
from journal.core.messages import N_
from journal.people.service import origin_of
from journal.school.calendar import YearSpan, years
from journal.school.retention.models import RetentionDeletion
from journal.school.retention.rules import OPEN_STEPS, Kept, Step, free_from
from journal.transfer.retention.rows import count_rows, delete_rows, last_lesson

_TWICE = N_("Somebody has proposed this just now. Open the page again.")
_FORBIDDEN = N_("The archive is kept by the administrator and the director.")


def propose_deletion(
    session: Session, actor: Actor, *, year_id: int, what: Kept, reason: str, now: datetime
) -> int:
    """Propose to delete; the id of the proposal. Nothing is deleted before another confirms.

    Forbidden without KEEP_ARCHIVE, NotFound, RuleViolation before the term of keeping is over.
    """
    year = _year(session, actor, year_id)
    counts = check_deletable(session, actor, year, what, now)
    row = RetentionDeletion(
        organisation_id=actor.organisation_id,
        academic_year_id=year.id,
        what=what,
        state=Step.PROPOSED,
        reason=reason,
        counts=json.dumps(counts),
        proposed_by=actor.account_id,
        proposed_name=actor.name,
        proposed_at=now,
    )
    if not inserted(session, row):
        raise RuleViolation("reason", _TWICE)
    after = {"year": year.name, "what": what, "counts": counts}
    _log(session, row, origin_of(actor), "propose_deletion", after, now)
    return row.id


def check_deletable(
    session: Session, actor: Actor, year: YearSpan, what: Kept, now: datetime
) -> dict[str, int]:
    """The dry run: how many of what would go. RuleViolation with the reason where it may not."""
    _check_term(session, actor, year, what, now)
    if what is Kept.SHEETS and count_rows(session, year, Kept.JOURNALS):
        raise RuleViolation(
            "reason", N_("The journals of this year are still there: they are deleted first.")
        )
    if _open(session, year.id, what):
        raise RuleViolation("reason", N_("This deletion is proposed already."))
    counts = count_rows(session, year, what)
    if not counts:
        raise RuleViolation("reason", N_("There is nothing of this kind to delete."))
    return counts


def _check_term(session: Session, actor: Actor, year: YearSpan, what: Kept, now: datetime) -> None:
    last = max(year.last_day, last_lesson(session, year) or year.last_day)
    free = free_from(last, what)
    if local_date(now, actor.current.time_zone) < free:
        raise RuleViolation(
            "reason",
            N_(
                "The term of keeping lasts: nothing may be deleted before %(day)s.",
                day=f"{free:%d.%m.%Y}",
            ),
        )


def _open(session: Session, year_id: int, what: Kept) -> bool:
    query = select(RetentionDeletion.id).where(
        RetentionDeletion.academic_year_id == year_id,
        RetentionDeletion.what == what,
        RetentionDeletion.state.in_(OPEN_STEPS),
    )
    return session.scalar(query) is not None


def confirm_deletion(
    session: Session, actor: Actor, decision_id: int, *, year: str, now: datetime
) -> None:
    """The second person's word; `year` is the year's name as he typed it.

    Forbidden, NotFound; RuleViolation for the person who proposed it, a wrong name, a proposal
    that waits no more, a term that lasts.
    """
    row = _decision(session, actor, decision_id, Step.PROPOSED)
    if row.proposed_by == actor.account_id:
        raise RuleViolation(
            "year",
            N_("You proposed it: another person confirms, the director or an administrator."),
        )
    span = _year(session, actor, row.academic_year_id)
    if year.strip().replace("–", "-") != span.name:
        raise RuleViolation("year", N_("Type the year as it is called: %(name)s.", name=span.name))
    _check_term(session, actor, span, Kept(row.what), now)
    row.state = Step.CONFIRMED
    row.confirmed_by, row.confirmed_name, row.confirmed_at = actor.account_id, actor.name, now
    session.flush()
    after = {"year": span.name, "what": row.what}
    _log(session, row, origin_of(actor), "confirm_deletion", after, now)


def withdraw_deletion(session: Session, actor: Actor, decision_id: int, *, now: datetime) -> None:
    """Take a proposal back; either of the two persons may. Forbidden, NotFound, RuleViolation."""
    row = _decision(session, actor, decision_id, Step.PROPOSED)
    row.state, row.ended_at = Step.WITHDRAWN, now
    session.flush()
    _log(session, row, origin_of(actor), "withdraw_deletion", {"what": row.what}, now)


def carry_out(
    session: Session, decision_id: int, *, origin: Origin, now: datetime
) -> Mapping[str, int]:
    """Delete what two persons decided; how many of what went. Needs the caller's transaction.

    RuleViolation where it is not confirmed, or carried out already.
    """
    row = _locked(session, decision_id)
    if row.state != Step.CONFIRMED:
        raise RuleViolation("", N_("This deletion waits for nothing any more."))
    span = next(one for one in years(session) if one.id == row.academic_year_id)
    gone = delete_rows(session, span, Kept(row.what))
    row.state, row.counts, row.ended_at = Step.DONE, json.dumps(gone), now
    session.flush()
    after = {"year": span.name, "what": row.what, "counts": gone}
    _log(session, row, origin, "carry_out_deletion", after, now)
    return gone


def _year(session: Session, actor: Actor, year_id: int) -> YearSpan:
    if not actor.may(Permission.KEEP_ARCHIVE):
        raise Forbidden(_FORBIDDEN)
    found = next((one for one in years(session) if one.id == year_id), None)
    if found is None:
        raise NotFound()
    return found


def _decision(session: Session, actor: Actor, decision_id: int, step: Step) -> RetentionDeletion:
    if not actor.may(Permission.KEEP_ARCHIVE):
        raise Forbidden(_FORBIDDEN)
    row = _locked(session, decision_id)
    if row.state != step:
        raise RuleViolation("year", N_("This deletion waits for nothing any more."))
    return row


def _locked(session: Session, decision_id: int) -> RetentionDeletion:
    query = select(RetentionDeletion).where(RetentionDeletion.id == decision_id).with_for_update()
    row = session.scalar(query)
    if row is None:
        raise NotFound()
    return row


def _log(
    session: Session,
    row: RetentionDeletion,
    origin: Origin,
    action: str,
    after: Mapping[str, Any],
    now: datetime,
) -> None:
    change = Change(
        action=action,
        object_type="retention_deletion",
        object_id=row.id,
        after=after,
        reason=row.reason,
    )
    record(session, organisation_id=row.organisation_id, origin=origin, change=change, now=now)
