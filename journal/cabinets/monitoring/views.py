"""«Мониторинги», «Прошедшие мониторинги» and the card of a procedure with «Сбор данных»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from journal.access import Actor, Permission
from journal.cabinets.monitoring.blueprint import blueprint
from journal.cabinets.monitoring.forms import ResponsibleForm, SendForm, responsible_form
from journal.core.db import db
from journal.exchange.publications import PublicationView, material_file, publications
from journal.exchange.queries import (
    AttemptView,
    DelegationView,
    ParticipationCard,
    Prepared,
    attempts,
    delegations,
    participation,
    participations,
    prepared,
)
from journal.exchange.rules import WindowState
from journal.exchange.service.blanks import BlankFacts, blank_facts
from journal.people.names import names_of_both
from journal.webkit.access import current_actor, requires
from journal.webkit.files import send_stored
from journal.webkit.moment import now


@blueprint.get("")
@requires(Permission.FILL_MONITORING)
def current() -> ResponseReturnValue:
    """Procedures that are open or to come, and what the centre publishes."""
    return _listing(past=False)


@blueprint.get("/past")
@requires(Permission.FILL_MONITORING)
def past() -> ResponseReturnValue:
    """Procedures whose collection has ended for this school."""
    return _listing(past=True)


def _listing(*, past: bool) -> str:
    session, actor = db.session(), current_actor()
    cards = [
        one
        for one in participations(session, actor)
        if (one.window.state(now()) is WindowState.CLOSED) == past
    ]
    general = [one for one in publications(session, actor, now=now()) if one.procedure_id is None]
    return render_template(
        "cabinets/monitoring/list.html",
        cards=cards,
        past=past,
        now=now(),
        publications=[] if past else general,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPage:
    """Everything the card of a procedure shows."""

    card: ParticipationCard
    state: WindowState
    publications: list[PublicationView]
    attempts: list[AttemptView]
    ready: Prepared
    blank: BlankFacts
    responsible: str | None
    history: list[DelegationView]
    names: dict[int, str]
    appointers: dict[int, str]

    @property
    def last(self) -> AttemptView | None:
        """The sending whose version counts."""
        return next((one for one in self.attempts if one.version is not None), None)


def card_page(actor: Actor, procedure_id: int, at: datetime) -> CardPage:
    """Read the card. Raises NotFound for who has no part in the procedure."""
    session = db.session()
    card = participation(session, actor, procedure_id)
    history = delegations(session, card.id)
    names, appointers = names_of_both(
        session, {one.person_id for one in history}, {one.appointed_by for one in history}
    )
    secret = current_app.config["SECRET_KEY"]
    return CardPage(
        card=card,
        state=card.window.state(at),
        publications=[
            one for one in publications(session, actor, now=at) if one.procedure_id == procedure_id
        ],
        attempts=attempts(session, card.id),
        ready=prepared(session, card.id),
        blank=blank_facts(session, card, secret=secret),
        responsible=names.get(card.responsible_person_id or 0),
        history=history,
        names=names,
        appointers=appointers,
    )


def card_view(
    procedure_id: int,
    *,
    form: SendForm | None = None,
    responsible: ResponsibleForm | None = None,
) -> str:
    """The card with the forms as they were typed, or blank ones."""
    actor = current_actor()
    page = card_page(actor, procedure_id, now())
    if responsible is None and page.card.part.coordinator:
        responsible = responsible_form(db.session(), page.card.responsible_person_id)
    return render_template(
        "cabinets/monitoring/card.html",
        page=page,
        card=page.card,
        procedure=page.card.procedure,
        form=form or SendForm(formdata=None),
        responsible=responsible,
        school=actor.current.organisation_name,
        now=now(),
    )


@blueprint.get("/<int:procedure_id>")
@requires(Permission.FILL_MONITORING)
def card(procedure_id: int) -> ResponseReturnValue:
    """Publications, the collection of data, sending by file, the log of sendings."""
    return card_view(procedure_id)


@blueprint.get("/materials/<int:material_id>")
@requires(Permission.FILL_MONITORING)
def material(material_id: int) -> ResponseReturnValue:
    """The file of a material, once it is released."""
    facts = material_file(db.session(), current_actor(), material_id, now=now())
    return send_stored(facts)
