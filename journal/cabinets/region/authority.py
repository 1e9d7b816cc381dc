"""The results of the region, and sending them to the education authority (R15)."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.region.audience import own_card
from journal.cabinets.region.blueprint import blueprint
from journal.cabinets.region.forms import AuthorityForm
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.messages import N_, Message
from journal.exchange.authority import (
    DAYS,
    PDF,
    XLSX,
    SendingState,
    check_sendable,
    sending_file,
    sendings,
)
from journal.exchange.queries import ProcedureCard, participants
from journal.exchange.queries.base import handed_in
from journal.exchange.region_papers import Letter, results_book, results_pdf
from journal.exchange.report_pdf import Paper
from journal.exchange.results import results
from journal.exchange.rules import Progress
from journal.exchange.service.authority import Papers, send_results, withdraw_results
from journal.people.queries import organisation_card
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.answers import XLSX as XLSX_TYPE
from journal.webkit.answers import download
from journal.webkit.forms import field_errors
from journal.webkit.i18n import say
from journal.webkit.links import journal_address
from journal.webkit.moment import now

STATES: dict[SendingState, tuple[Message, str]] = {
    SendingState.SENT: (N_("sent, receipt not confirmed"), "wait"),
    SendingState.RECEIVED: (N_("receipt confirmed"), "ok"),
    SendingState.WITHDRAWN: (N_("withdrawn"), "plain"),
    SendingState.EXPIRED: (N_("the address has expired"), "plain"),
}
TYPES = {PDF: "application/pdf", XLSX: XLSX_TYPE}


@blueprint.get("/<int:procedure_id>/results")
@requires(Permission.RUN_MONITORING)
def regional(procedure_id: int) -> ResponseReturnValue:
    """What has come in so far, as schools will read it after the end."""
    card = own_card(procedure_id)
    return render_template(
        "shared/monitoring/results.html",
        procedure=card,
        found=results(db.session(), card, None),
        back=url_for("region.procedure", procedure_id=procedure_id),
        file_url=url_for("region.results_file", procedure_id=procedure_id),
        send_url=url_for("region.authority", procedure_id=procedure_id),
    )


@blueprint.get("/<int:procedure_id>/results.pdf")
@requires(Permission.RUN_MONITORING)
def results_file(procedure_id: int) -> ResponseReturnValue:
    """The results of the region on paper, to be published or printed."""
    card = own_card(procedure_id)
    found = results(db.session(), card, None)
    data = results_pdf(card, found, _paper(card, found.schools), say)
    return download(data, name=f"{say(N_('Results of the region'))}.pdf", mimetype=TYPES[PDF])


def _paper(card: ProcedureCard, schools: int) -> Paper:
    return Paper(
        school=organisation_card(db.session(), card.centre_id).full_name,
        title=card.title,
        subtitle=say(N_("Results of the region, schools: %(count)s", count=schools)),
        made_at=now(),
        zone=card.zone,
    )


@blueprint.route("/<int:procedure_id>/authority", methods=["GET", "POST"])
@requires(Permission.RUN_MONITORING)
@commits
def authority(procedure_id: int) -> ResponseReturnValue:
    """What was sent to the authority, and sending it: letter, results, sums by municipality."""
    card = own_card(procedure_id)
    form = AuthorityForm(letter=say(_usual_words(card)))
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            return _sent(card, form)
    page = render_template(
        "cabinets/region/authority.html",
        card=card,
        form=form,
        sent=sendings(db.session(), card),
        states=STATES,
        ended=card.opened_at is not None and now() >= card.closes_before,
        days=DAYS,
        now=now(),
    )
    return page, 422 if form.is_submitted() else 200


def _usual_words(card: ProcedureCard) -> Message:
    return N_(
        "The results of «%(title)s», academic year %(year)s, are sent to you. Numbers of pupils "
        "below three are not shown; per cents come from sums.",
        title=card.title,
        year=card.year,
    )


def _sent(card: ProcedureCard, form: AuthorityForm) -> str:
    """The only showing of the address: its secret is kept nowhere."""
    letter = form.covering
    key = send_results(
        db.session(),
        current_actor(),
        card.id,
        letter,
        _papers(card, form),
        address=address_of,
        now=now(),
    )
    return render_template(
        "cabinets/region/authority_sent.html",
        card=card,
        letter=letter,
        address=address_of(key),
        days=DAYS,
    )


def address_of(key: str) -> str:
    """Where the authority reads what was sent."""
    return journal_address() + url_for("portal.results", key=key)


def _papers(card: ProcedureCard, form: AuthorityForm) -> Papers:
    """What is sent, as it stands now; who may not send gets no work done."""
    session, schools = db.session(), participants(db.session(), card)
    submitted = sum(one.progress is Progress.SUBMITTED for one in schools)
    check_sendable(card, submitted, now())
    found = results(session, card, None)
    words = form.covering
    letter = Letter(
        authority=words.authority,
        number=words.number,
        text=words.letter,
        sender=current_actor().name,
        total=len(schools),
        submitted=submitted,
    )
    return Papers(
        pdf=results_pdf(card, found, _paper(card, found.schools), say, letter),
        xlsx=results_book(card, handed_in(session, [card]), schools, made_at=now()),
        schools=submitted,
    )


@blueprint.get("/<int:procedure_id>/authority/<int:sending_id>/file<suffix>")
@requires(Permission.RUN_MONITORING)
def authority_file(procedure_id: int, sending_id: int, suffix: str) -> ResponseReturnValue:
    """A file as it was sent."""
    if suffix not in TYPES:
        raise NotFound()
    data = sending_file(db.session(), own_card(procedure_id), sending_id, suffix)
    return download(data, name=say(N_("Results")) + suffix, mimetype=TYPES[suffix])


@blueprint.post("/<int:procedure_id>/authority/<int:sending_id>/withdraw")
@requires(Permission.RUN_MONITORING)
@commits
def withdraw_sending(procedure_id: int, sending_id: int) -> ResponseReturnValue:
    """The address leads nowhere from now on."""
    withdraw_results(db.session(), current_actor(), procedure_id, sending_id, now=now())
    flash(_("The results are withdrawn: their address leads nowhere now."), "ok")
    return redirect(url_for("region.authority", procedure_id=procedure_id))
