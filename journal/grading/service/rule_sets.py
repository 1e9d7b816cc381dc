"""The school's act on marks: a version is entered for days to come; until then it is withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.audit import Change
from journal.core.clock import local_date
from journal.core.errors import Forbidden, NotFound, RuleViolation
from journal.core.messages import N_
from journal.grading.models import MarkRules
from journal.grading.rules import RuleSet, check_rule_set
from journal.people.service import record_by

_FACTS = (
    "valid_from",
    "title",
    "act",
    "five_from",
    "four_from",
    "three_from",
    "minimum_marks",
    "missed_over",
    "retake",
    "final_half",
)


def add_rule_set(session: Session, actor: Actor, rules: RuleSet, *, now: datetime) -> int:
    """Enter a version; returns its number. RuleViolation as `check_rule_set`."""
    _require(actor)
    taken = session.scalars(select(MarkRules.valid_from)).all()
    check_rule_set(rules, today=local_date(now, actor.current.time_zone), taken=taken)
    facts = {name: getattr(rules, name) for name in _FACTS}
    row = MarkRules(organisation_id=actor.organisation_id, **facts)
    session.add(row)
    session.flush()
    _log(session, actor, "add_mark_rules", row, None, _facts(row), now)
    return row.id


def withdraw_rule_set(session: Session, actor: Actor, rules_id: int, *, now: datetime) -> None:
    """Take back a version whose day has not come. NotFound; RuleViolation once it is in force."""
    _require(actor)
    row = session.get(MarkRules, rules_id, with_for_update=True)
    if row is None:
        raise NotFound()
    if row.valid_from <= local_date(now, actor.current.time_zone):
        raise RuleViolation(
            "rules",
            N_("These rules are in force since %(day)s: enter a new version.", day=row.valid_from),
        )
    before = _facts(row)
    session.delete(row)
    session.flush()
    _log(session, actor, "withdraw_mark_rules", row, before, None, now)


def _require(actor: Actor) -> None:
    if not actor.may(Permission.MANAGE_SCHOOL):
        raise Forbidden(N_("The rules of marks are entered by the administrator."))


def _facts(row: MarkRules) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _FACTS}


def _log(
    session: Session,
    actor: Actor,
    action: str,
    row: MarkRules,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    now: datetime,
) -> None:
    change = Change(
        action=action, object_type="mark_rules", object_id=row.id, before=before, after=after
    )
    record_by(session, actor, change, now)
