"""The merge itself: everything of the card that goes is the other's, or nothing is done."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.core.tenancy import across
from journal.office.merging.fields import chosen_values, facts_of
from journal.office.merging.plan import Plan, both_have, plan_merge
from journal.office.merging.queries import impossible
from journal.office.merging.references import PARTS, Reference, pointing_at
from journal.office.persons.rows import Whom, load_whom
from journal.office.setup.rows import may_set_up, note
from journal.people.models import Account, Person

_ELSEWHERE = "a login that opens another school stays open there"


def merge_persons(
    session: Session,
    actor: Actor,
    *,
    kept_id: int,
    gone_id: int,
    take: Collection[str],
    now: datetime,
    today: date,
) -> None:
    """Make two cards one. `take` names the fields whose value of the card that goes is to stay.

    RuleViolation when the two cannot be one, or a row would be lost; NotFound, Forbidden.
    """
    may_set_up(actor)
    kept, gone = (load_whom(session, actor, one, today=today) for one in (kept_id, gone_id))
    if kept.person.account_id is None:
        take = {*take, "login"}  # a login is nobody's to lose
    plan = _allowed_plan(session, actor, kept, gone, take, today)
    before, values = facts_of(gone), chosen_values(kept, gone, take)
    account_id = _login_that_goes(kept, gone, take)
    _move(session, plan, kept, gone)
    _join_parts(session, kept, gone)
    _fill(kept, values)
    session.flush()
    _close(session, account_id)
    _tell(session, actor, kept.person, before, _summary(plan, take), now)


def _summary(plan: Plan, take: Collection[str]) -> dict[str, Any]:
    moved = ", ".join(f"{table} {count}" for table, count in plan.moved().items())
    return {"moved": moved or None, "taken": ", ".join(sorted(take)) or None}


def _tell(
    session: Session,
    actor: Actor,
    person: Person,
    before: dict[str, Any],
    after: dict[str, Any],
    now: datetime,
) -> None:
    """The card that went stands in the log whole; its own history is found by its ids there."""
    action, about = "merge_persons", person.id
    note(session, actor, action, person, before=before, after=after, now=now, about_id=about)


def _allowed_plan(
    session: Session, actor: Actor, kept: Whom, gone: Whom, take: Collection[str], today: date
) -> Plan:
    for why in impossible(session, kept, gone):
        raise RuleViolation("with", why)
    _keep_own_login(actor, kept, gone, take)
    plan = plan_merge(session, kept, gone, today=today)
    for why in plan.clashes:
        raise RuleViolation("with", why)
    return plan


def _keep_own_login(actor: Actor, kept: Whom, gone: Whom, take: Collection[str]) -> None:
    """Whoever merges his own two cards goes on with the login he is signed in with."""
    if actor.account_id == _login_that_goes(kept, gone, take):
        raise RuleViolation("with", N_("You are signed in with the login that would go. Keep it."))


def _login_that_goes(kept: Whom, gone: Whom, take: Collection[str]) -> int | None:
    logins = kept.person.account_id, gone.person.account_id
    if None in logins or logins[0] == logins[1]:
        return None
    return logins[0] if "login" in take else logins[1]


def _move(session: Session, plan: Plan, kept: Whom, gone: Whom) -> None:
    """Rows that stand twice go, what pointed at them points at the other; the rest moves."""
    for one, row, stays in plan.dropped:
        for pointing in pointing_at(one.model):
            _point(session, pointing, row.id, stays.id)
        session.delete(row)
    session.flush()
    pairs = both_have(kept, gone)
    for one, gone_id, count in plan.moves:
        if count:
            _point(session, one, gone_id, pairs[one.target][0])
    session.expire_all()


def _point(session: Session, one: Reference, old_id: int, new_id: int) -> None:
    session.execute(
        update(one.model)
        .where(one.column == old_id)
        .values({one.attribute: new_id})
        .execution_options(synchronize_session=False)
    )


def _join_parts(session: Session, kept: Whom, gone: Whom) -> None:
    """What both were goes with the card; what only the other was comes over."""
    pairs = both_have(kept, gone)
    for part in PARTS:
        row: Any = session.scalar(select(part).where(part.person_id == gone.person.id))
        if row is None:
            continue
        if part in pairs:
            session.delete(row)
        else:
            row.person_id = kept.person.id
    session.flush()
    session.delete(gone.person)
    session.flush()


def _fill(kept: Whom, values: dict[str, dict[str, Any]]) -> None:
    for part, columns in values.items():
        row = getattr(kept, part)
        for name, value in columns.items():
            setattr(row, name, value)


def _close(session: Session, account_id: int | None) -> None:
    """A login of nobody is closed, its open sessions ended."""
    if account_id is None:
        return
    with across(session, _ELSEWHERE):
        used = session.scalar(select(exists().where(Person.account_id == account_id)))
    if not used:
        account = session.get_one(Account, account_id)
        account.active, account.session_epoch = False, account.session_epoch + 1
        session.flush()
