"""Commands on alerts: what the school sets."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.alerts.models import AbsenceThreshold, AlertPolicy
from journal.attendance.alerts.queries import telling_policy, thresholds
from journal.attendance.rules.alerts import (
    TellingPolicy,
    Threshold,
    check_policy,
    check_threshold,
)
from journal.core.audit import Change
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.people.service import record_by

MOST_THRESHOLDS = 10


def set_telling_policy(
    session: Session, actor: Actor, policy: TellingPolicy, *, now: datetime
) -> None:
    """Whether and when families are told of unannounced absences."""
    check_policy(policy)
    before = telling_policy(session)
    if before == policy:
        return
    row = session.scalar(select(AlertPolicy).with_for_update())
    if row is None:
        row = AlertPolicy(organisation_id=actor.organisation_id)
        session.add(row)
    row.tells_families, row.delay_minutes = policy.tells_families, policy.delay_minutes
    row.until = policy.until
    session.flush()
    change = Change(
        action="set_telling",
        object_type="alert_policy",
        object_id=row.id,
        before=_policy_facts(before),
        after=_policy_facts(policy),
    )
    record_by(session, actor, change, now)


def add_threshold(session: Session, actor: Actor, threshold: Threshold, *, now: datetime) -> None:
    """A threshold the staff are told of from the coming check on."""
    check_threshold(threshold)
    known = thresholds(session)
    if threshold in [one.threshold for one in known]:
        raise RuleViolation("bound", N_("The school has this very threshold already."))
    if len(known) >= MOST_THRESHOLDS:
        raise RuleViolation(
            "bound",
            N_("A school has at most %(most)s thresholds. Remove one first.", most=MOST_THRESHOLDS),
        )
    row = AbsenceThreshold(
        organisation_id=actor.organisation_id,
        measure=threshold.measure,
        bound=threshold.bound,
        window_days=threshold.window_days,
        codes="".join(sorted(threshold.codes)),
    )
    session.add(row)
    session.flush()
    facts = _threshold_facts(row)
    change = Change(action="create", object_type="absence_threshold", object_id=row.id, after=facts)
    record_by(session, actor, change, now)


def drop_threshold(session: Session, actor: Actor, threshold_id: int, *, now: datetime) -> None:
    """Nobody is told of it any more. Raises NotFound."""
    row = session.scalar(
        select(AbsenceThreshold).where(AbsenceThreshold.id == threshold_id).with_for_update()
    )
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound()
    if row.dropped_at is not None:
        return
    row.dropped_at = now
    session.flush()
    change = Change(
        action="delete",
        object_type="absence_threshold",
        object_id=row.id,
        before=_threshold_facts(row),
    )
    record_by(session, actor, change, now)


def _policy_facts(policy: TellingPolicy) -> dict[str, object]:
    return {
        "tells_families": policy.tells_families,
        "delay_minutes": policy.delay_minutes,
        "until": policy.until.strftime("%H:%M"),
    }


def _threshold_facts(row: AbsenceThreshold) -> dict[str, object]:
    return {
        "measure": row.measure,
        "bound": row.bound,
        "window_days": row.window_days,
        "codes": row.codes,
    }
