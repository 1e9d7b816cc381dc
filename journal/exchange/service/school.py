"""Commands of a school in a procedure: request, responsible person, table, sending.

The window is asked for the instant at which a command arrives: what was received inside it counts,
even when the deadline falls while it is being processed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, record
from journal.core.errors import Forbidden, NotFound, RuleViolation, StaleVersion
from journal.core.jobs import enqueue
from journal.core.messages import N_
from journal.exchange.control import check_shape
from journal.exchange.figures import Content
from journal.exchange.models import Attempt, Delegation, Draft, Participation
from journal.exchange.queries import ParticipationCard, participation
from journal.exchange.rules import (
    Request,
    check_confirmed,
    check_may_fill,
    check_may_post,
    check_request,
    check_window,
)
from journal.exchange.service.notices import tell_appointed, tell_handed_over, tell_returned
from journal.exchange.service.origin import origin_of
from journal.exchange.storage import content_text
from journal.exchange.workbook.cells import LARGEST
from journal.people.queries import person_of_staff
from journal.webkit.job_kinds import PROCESS_FORM

NOT_TAKING_PART = N_("Your school does not take part in this procedure. Send a request first.")


def send_request(session: Session, actor: Actor, procedure_id: int, *, now: datetime) -> None:
    """Ask to take part in a voluntary procedure."""
    _change_request(session, actor, procedure_id, Request.REQUESTED, now)


def withdraw_request(session: Session, actor: Actor, procedure_id: int, *, now: datetime) -> None:
    """Take the request back, as long as nothing was filled in."""
    _change_request(session, actor, procedure_id, Request.WITHDRAWN, now)


def _change_request(
    session: Session, actor: Actor, procedure_id: int, wanted: Request, now: datetime
) -> None:
    card = participation(session, actor, procedure_id)
    check_may_post(card.part)
    if card.procedure.mandatory:
        raise RuleViolation("request", N_("The procedure is mandatory: no request is needed."))
    check_request(card.request, wanted, begun=card.begun_at is not None)
    _row(session, card).request = wanted.value
    session.flush()
    _log(session, actor, card, "change_request", {"request": wanted.value}, now)


def appoint_responsible(
    session: Session, actor: Actor, procedure_id: int, *, staff_id: int | None, now: datetime
) -> None:
    """Make a member of the staff responsible for the procedure, or nobody (None)."""
    card = participation(session, actor, procedure_id)
    check_may_post(card.part)
    person_id = None if staff_id is None else person_of_staff(session, staff_id)
    if staff_id is not None and person_id is None:
        raise NotFound()
    row = _row(session, card)
    if row.responsible_person_id == person_id:
        return
    _end_delegation(session, row, now)
    row.responsible_person_id, row.handed_over_at = person_id, None
    if person_id is not None:
        facts = {"person_id": person_id, "appointed_by": actor.account_id, "starts_at": now}
        place = {"organisation_id": row.organisation_id, "participation_id": row.id}
        session.add(Delegation(**facts, **place))
        tell_appointed(session, card, person_id, now)
    session.flush()
    _log(session, actor, card, "appoint_responsible", {"person": person_id}, now)


def _end_delegation(session: Session, row: Participation, now: datetime) -> None:
    present = session.scalars(
        select(Delegation).where(
            Delegation.participation_id == row.id, Delegation.ends_at.is_(None)
        )
    )
    for one in present:
        one.ends_at = now


def hand_over(session: Session, actor: Actor, procedure_id: int, *, now: datetime) -> None:
    """«Передать координатору»: the responsible person is done; twice changes nothing."""
    card = participation(session, actor, procedure_id)
    if not card.part.responsible:
        raise Forbidden(N_("The form is handed over by the person responsible for it."))
    if card.part.handed_over:
        return
    _row(session, card).handed_over_at = now
    session.flush()
    tell_handed_over(session, card, actor.name, now)
    _log(session, actor, card, "hand_over", None, now)


def return_to_responsible(
    session: Session, actor: Actor, procedure_id: int, *, now: datetime
) -> None:
    """The coordinator gives the form back to be filled on."""
    card = participation(session, actor, procedure_id)
    check_may_post(card.part)
    _row(session, card).handed_over_at = None
    session.flush()
    if card.handed_over_at is not None:
        tell_returned(session, card, now)
    _log(session, actor, card, "return_to_responsible", None, now)


def save_draft(
    session: Session,
    actor: Actor,
    procedure_id: int,
    content: Content,
    *,
    base: int,
    now: datetime,
) -> int:
    """Keep the on-line table; `base` is the version it was opened with (0: none). Returns the new
    version. Raises StaleVersion when somebody else has saved in between."""
    card = _open_card(session, actor, procedure_id, now)
    check_may_fill(card.part)
    check_shape(card.procedure.form, card.procedure.period, content)
    row = _locked_draft(session, card, base)
    row.content, row.version = content_text(content), base + 1
    row.saved_at, row.saved_by = now, actor.account_id
    _begin(session, card, now)
    return base + 1


def _locked_draft(session: Session, card: ParticipationCard, base: int) -> Draft:
    """The row of the draft, a new one for the first saving. Raises StaleVersion."""
    row = session.scalar(
        select(Draft)
        .where(Draft.participation_id == card.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if (row.version if row else 0) != base:
        theirs = {"version": row.version if row else 0, "saved_by": row.saved_by if row else None}
        raise StaleVersion(N_("Somebody else has saved this table meanwhile."), theirs=theirs)
    if row is None:
        row = Draft(organisation_id=card.organisation_id, participation_id=card.id)
        session.add(row)
    return row


def send_table(
    session: Session,
    actor: Actor,
    procedure_id: int,
    *,
    confirmed: bool,
    now: datetime,
) -> int:
    """«Сдать отчет»: the saved table goes off to be processed; returns the attempt's id."""
    card = _open_card(session, actor, procedure_id, now)
    check_may_post(card.part)
    check_confirmed(confirmed)
    content = session.scalar(select(Draft.content).where(Draft.participation_id == card.id))
    if content is None:
        raise RuleViolation("file", N_("Nothing is filled in yet. Fill the table first."))
    return _received(session, actor, card, now, kind="table", content=content)


def send_file(
    session: Session,
    actor: Actor,
    procedure_id: int,
    *,
    name: str,
    data: bytes,
    confirmed: bool,
    now: datetime,
) -> int:
    """«Отправить файл с данными»: the file is kept as an attempt, whatever it is, and goes off to
    be processed; returns the attempt's id. Bytes of a file over the limit are not kept."""
    card = _open_card(session, actor, procedure_id, now)
    check_may_post(card.part)
    check_confirmed(confirmed)
    return _received(
        session,
        actor,
        card,
        now,
        kind="file",
        file_name=name[-200:],
        file_size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        data=data if len(data) <= LARGEST else None,
    )


def _open_card(
    session: Session, actor: Actor, procedure_id: int, now: datetime
) -> ParticipationCard:
    card = participation(session, actor, procedure_id)
    if not card.takes_part:
        raise Forbidden(NOT_TAKING_PART)
    check_window(card.window, now)
    return card


def _received(
    session: Session,
    actor: Actor,
    card: ParticipationCard,
    now: datetime,
    **facts: object,
) -> int:
    attempt = Attempt(organisation_id=card.organisation_id, participation_id=card.id, **facts)
    attempt.account_id, attempt.sender = actor.account_id, actor.name
    attempt.confirmed_at = attempt.received_at = now
    session.add(attempt)
    _begin(session, card, now)
    enqueue(
        session,
        organisation_id=card.organisation_id,
        kind=PROCESS_FORM,
        params={"attempt": attempt.id},
        account_id=actor.account_id,
        now=now,
    )
    after = {name: facts.get(name) for name in ("kind", "file_name", "sha256")}
    _log(session, actor, card, "send_form", {**after, "attempt": attempt.id}, now)
    return attempt.id


def _begin(session: Session, card: ParticipationCard, now: datetime) -> None:
    if card.begun_at is None:
        _row(session, card).begun_at = now
    session.flush()


def _row(session: Session, card: ParticipationCard) -> Participation:
    return session.get_one(Participation, card.id)


def _log(
    session: Session,
    actor: Actor,
    card: ParticipationCard,
    action: str,
    after: Mapping[str, object] | None,
    now: datetime,
) -> None:
    record(
        session,
        organisation_id=card.organisation_id,
        origin=origin_of(actor),
        change=Change(
            action=action,
            object_type="participation",
            object_id=card.id,
            within_id=card.procedure.id,
            after=after,
        ),
        now=now,
    )
