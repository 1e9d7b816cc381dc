"""Commands of the regional centre: procedures, audience, windows, requests.

Every command is logged in the centre's chain. Rows of schools are written across organisations: the
centre decides who takes part and until when, and nothing else of a school's.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.audit import Change, record
from journal.core.errors import Forbidden, NotFound, RuleViolation
from journal.core.messages import N_, Message
from journal.core.tenancy import across
from journal.exchange.forms import Form, form_of
from journal.exchange.models import Participation, Procedure
from journal.exchange.queries import ProcedureCard, own_procedure
from journal.exchange.rules import (
    Request,
    check_extension,
    check_request,
    check_span,
    not_frozen,
)
from journal.exchange.service.origin import origin_of
from journal.exchange.service.telling import audience_of, tell_opening, tell_schools

AUDIENCE = "the regional centre names the schools of a procedure"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedurePlan:
    """What the centre decides about a procedure. The window is [opens_at, closes_before)."""

    title: str
    form_schema: str
    form_version: str
    year: str
    period: str
    opens_at: datetime
    closes_before: datetime
    mandatory: bool = True
    description: str = ""
    thresholds: Mapping[str, int] | None = None


def create_procedure(session: Session, actor: Actor, plan: ProcedurePlan, *, now: datetime) -> int:
    """A new procedure of the actor's centre, not yet open; returns its id."""
    if not actor.may(Permission.RUN_MONITORING):
        raise Forbidden()
    form = _checked(plan)
    procedure = Procedure(centre_id=actor.organisation_id, created_at=now)
    _apply(procedure, plan, form)
    session.add(procedure)
    session.flush()
    log(session, actor, "create_procedure", procedure.id, None, _facts(procedure), now)
    return procedure.id


def change_procedure(
    session: Session, actor: Actor, procedure_id: int, plan: ProcedurePlan, *, now: datetime
) -> None:
    """Change it as a whole. Once it is open, only words and the window may change, and a later end
    is an extension, which needs a reason."""
    card = own_procedure(session, actor, procedure_id)
    form = _checked(plan)
    procedure = session.get_one(Procedure, procedure_id)
    before = _facts(procedure)
    _apply(procedure, plan, form)
    after = _facts(procedure)
    frozen = ("year", "period", "form_schema", "form_version", "thresholds", "mandatory")
    if card.opened_at is not None and any(before[name] != after[name] for name in frozen):
        not_frozen(opened=True)
    if card.opened_at is not None and plan.closes_before > card.closes_before:
        raise RuleViolation(
            "closes_on", N_("Extend the collection on the card of the procedure: say why there.")
        )
    session.flush()
    if before != after:
        log(session, actor, "change_procedure", procedure_id, before, after, now)


def open_procedure(session: Session, actor: Actor, procedure_id: int, *, now: datetime) -> None:
    """Show it to its audience and freeze form and thresholds; twice changes nothing."""
    card = own_procedure(session, actor, procedure_id)
    if card.opened_at is not None:
        return
    session.get_one(Procedure, procedure_id).opened_at = now
    session.flush()
    tell_opening(session, card, audience_of(session, procedure_id), now)
    frozen = {"form_version": card.form_version, "thresholds": dict(card.thresholds)}
    log(session, actor, "open_procedure", procedure_id, None, frozen, now)


def set_audience(
    session: Session,
    actor: Actor,
    procedure_id: int,
    organisation_ids: Collection[int],
    *,
    now: datetime,
) -> None:
    """Exactly these schools are addressed. One that has begun or asked to take part stays; new
    ones of an open procedure are told."""
    card = own_procedure(session, actor, procedure_id)
    with across(session, AUDIENCE):
        rows = session.scalars(select(Participation).filter_by(procedure_id=procedure_id)).all()
        present = {row.organisation_id for row in rows}
        for row in rows:
            if row.organisation_id not in organisation_ids:
                if row.begun_at is not None or row.request != Request.NONE.value:
                    raise RuleViolation("audience", _has_begun)
                session.delete(row)
        for organisation_id in sorted(set(organisation_ids) - present):
            session.add(Participation(procedure_id=procedure_id, organisation_id=organisation_id))
        session.flush()
    if card.opened_at is not None:
        tell_opening(session, card, set(organisation_ids) - present, now)
    facts = {"schools": sorted(organisation_ids)}
    log(session, actor, "set_audience", procedure_id, {"schools": sorted(present)}, facts, now)


_has_begun = N_("A school that has begun, or asked to take part, cannot be left out.")


def extend(
    session: Session,
    actor: Actor,
    procedure_id: int,
    *,
    organisation_ids: Collection[int] | None,
    until: datetime,
    reason: str,
    now: datetime,
) -> None:
    """Lengthen the window to the instant `until` (the first refused one): of these schools, or of
    all (None). The reason is logged."""
    card = own_procedure(session, actor, procedure_id)
    if organisation_ids is None:
        check_extension(card.window(), until, reason)
        session.get_one(Procedure, procedure_id).closes_before = until
        session.flush()
        before: dict[str, object] = {"closes_before": card.closes_before}
    else:
        before = _extend_schools(session, card, organisation_ids, until, reason)
    told = audience_of(session, card.id) if organisation_ids is None else organisation_ids
    last = card.window(until).last_words
    message = N_("%(title)s: data are taken until %(last)s now.", title=card.title, last=last)
    tell_schools(session, card, told, message, detail=reason, now=now)
    after = {"until": until, "schools": sorted(organisation_ids or ())}
    log(session, actor, "extend_procedure", procedure_id, before, after, now, reason)


def _extend_schools(
    session: Session,
    card: ProcedureCard,
    organisation_ids: Collection[int],
    until: datetime,
    reason: str,
) -> dict[str, object]:
    with across(session, AUDIENCE):
        rows = session.scalars(
            select(Participation).where(
                Participation.procedure_id == card.id,
                Participation.organisation_id.in_(list(organisation_ids)),
            )
        ).all()
        if len(rows) != len(set(organisation_ids)):
            raise NotFound()
        before: dict[str, object] = {}
        for row in rows:
            check_extension(card.window(row.extended_before), until, reason)
            before[str(row.organisation_id)] = row.extended_before
            row.extended_before, row.extension_reason = until, reason.strip()
        session.flush()
    return before


def decide_request(
    session: Session,
    actor: Actor,
    procedure_id: int,
    *,
    organisation_id: int,
    approve: bool,
    now: datetime,
) -> None:
    """Approve or decline a school's request for a voluntary procedure; it is told."""
    card = own_procedure(session, actor, procedure_id)
    wanted = Request.APPROVED if approve else Request.DECLINED
    with across(session, AUDIENCE):
        whose = {"procedure_id": procedure_id, "organisation_id": organisation_id}
        row = session.scalar(select(Participation).filter_by(**whose))
        if row is None:
            raise NotFound()
        check_request(Request(row.request), wanted, begun=row.begun_at is not None)
        row.request = wanted.value
        session.flush()
    message = _answer(card.title, approve=approve)
    tell_schools(session, card, [organisation_id], message, now=now)
    facts = {"school": organisation_id, "request": wanted.value}
    log(session, actor, "decide_request", procedure_id, None, facts, now)


def _answer(title: str, *, approve: bool) -> Message:
    if approve:
        return N_("%(title)s: your school takes part.", title=title)
    return N_("%(title)s: the request of your school is declined.", title=title)


def _checked(plan: ProcedurePlan) -> Form:
    check_span(plan.opens_at, plan.closes_before)
    form = form_of(plan.form_schema, plan.form_version)
    if form is None:
        raise RuleViolation("form", N_("There is no such form. Choose one of the list."))
    if plan.period not in form.periods:
        raise RuleViolation("period", N_("The form has no such period. Choose one of the list."))
    if not plan.title.strip():
        raise RuleViolation("title", N_("Name the procedure."))
    for name, percent in (plan.thresholds or {}).items():
        if name not in form.thresholds or not 0 < percent <= 100:
            raise RuleViolation("thresholds", N_("A threshold is a per cent from 1 to 100."))
    return form


def _apply(procedure: Procedure, plan: ProcedurePlan, form: Form) -> None:
    thresholds = dict(form.thresholds) | dict(plan.thresholds or {})
    procedure.title, procedure.description = plan.title.strip(), plan.description
    procedure.year, procedure.period = plan.year, plan.period
    procedure.form_schema, procedure.form_version = form.schema, form.version
    procedure.thresholds = json.dumps(thresholds, sort_keys=True)
    procedure.mandatory = plan.mandatory
    procedure.opens_at, procedure.closes_before = plan.opens_at, plan.closes_before


def _facts(procedure: Procedure) -> dict[str, object]:
    names = (
        *("title", "description", "year", "period", "form_schema", "form_version"),
        *("thresholds", "mandatory", "opens_at", "closes_before"),
    )
    return {name: getattr(procedure, name) for name in names}


def log(
    session: Session,
    actor: Actor,
    action: str,
    procedure_id: int | None,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Enter an act of the centre into its chain."""
    record(
        session,
        organisation_id=actor.organisation_id,
        origin=origin_of(actor),
        change=Change(
            action=action,
            object_type="procedure",
            object_id=procedure_id,
            before=before,
            after=after,
            reason=reason,
        ),
        now=now,
    )
