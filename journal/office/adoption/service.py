"""Commands on the adoption: the start and the orders, a tick and its taking back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.audit import Change, record
from journal.core.errors import Forbidden, NotFound, RuleViolation
from journal.core.messages import N_
from journal.office.adoption.models import AdoptionPlan, AdoptionTick
from journal.office.adoption.queries import PlanFacts
from journal.office.adoption.rules import BY_NUMBER, Owner
from journal.people.service import origin_of


def may_tick(actor: Actor, item: int) -> bool:
    """The director answers for his own items, the administrator for the others."""
    of_director = BY_NUMBER[item].owner is Owner.DIRECTOR
    return actor.may(Permission.OVERSEE_SCHOOL if of_director else Permission.MANAGE_SCHOOL)


def save_plan(session: Session, actor: Actor, *, facts: PlanFacts, now: datetime) -> None:
    """When the school starts, by which orders. RuleViolation: order_date, coordinators_date."""
    if not actor.may(Permission.FOLLOW_ADOPTION):
        raise Forbidden()
    _check_pair("order", facts.order_number, facts.order_date)
    _check_pair("coordinators", facts.coordinators_number, facts.coordinators_date)
    row = session.scalar(select(AdoptionPlan))
    if row is None:
        row = AdoptionPlan(organisation_id=actor.organisation_id, starts_on=facts.starts_on)
        session.add(row)
    for name, value in asdict(facts).items():
        setattr(row, name, value)
    session.flush()
    _note(session, actor, "change", "adoption_plan", row.id, asdict(facts), now)


def _check_pair(field: str, number: str | None, day: date | None) -> None:
    if bool(number) != bool(day):
        message = N_("An order has a number and a date. Enter both.")
        raise RuleViolation(f"{field}_date", message)


def tick(session: Session, actor: Actor, *, item: int, today: date, now: datetime) -> None:
    """Say that an item is done, in one's own name. NotFound, Forbidden."""
    _check_item(actor, item)
    if session.scalar(select(AdoptionTick.id).filter_by(item=item)) is not None:
        return
    place = {"organisation_id": actor.organisation_id, "person_id": actor.current.person_id}
    row = AdoptionTick(item=item, ticked_on=today, **place)
    session.add(row)
    session.flush()
    _note(session, actor, "create", "adoption_tick", row.id, {"number": item}, now)


def untick(session: Session, actor: Actor, *, item: int, now: datetime) -> None:
    """Take a tick back: who set it, or the director."""
    if item not in BY_NUMBER:
        raise NotFound()
    row = session.scalar(select(AdoptionTick).filter_by(item=item))
    if row is None:
        raise NotFound()
    mine = row.person_id == actor.current.person_id
    if not mine and not actor.may(Permission.OVERSEE_SCHOOL):
        raise Forbidden(N_("A tick is taken back by who set it, or by the director."))
    _note(session, actor, "delete", "adoption_tick", row.id, {"number": item}, now)
    session.delete(row)
    session.flush()


def _check_item(actor: Actor, item: int) -> None:
    if item not in BY_NUMBER:
        raise NotFound()
    if not may_tick(actor, item):
        raise Forbidden(N_("This item is ticked by who is responsible for it."))


def _note(
    session: Session,
    actor: Actor,
    action: str,
    object_type: str,
    object_id: int,
    facts: dict[str, object],
    now: datetime,
) -> None:
    change = Change(action=action, object_type=object_type, object_id=object_id, after=facts)
    place, origin = actor.organisation_id, origin_of(actor)
    record(session, organisation_id=place, origin=origin, change=change, now=now)
