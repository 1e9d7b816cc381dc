"""Procedures: the list with its statistics, the card, making and changing, opening, extension."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from journal.access import Permission
from journal.cabinets.region.blueprint import blueprint
from journal.cabinets.region.forms import ExtensionForm, ProcedureForm, facts_of
from journal.core.db import db
from journal.exchange.publications import publications
from journal.exchange.queries import (
    ProcedureCard,
    centre_procedures,
    own_procedure,
    statistics_by_procedure,
    statistics_of,
    waiting_requests,
)
from journal.exchange.service.centre import (
    change_procedure,
    create_procedure,
    decide_request,
    extend,
    open_procedure,
)
from journal.exchange.service.telling import remind
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.filters import number_of
from journal.webkit.forms import field_errors
from journal.webkit.moment import now


@blueprint.get("")
@requires(Permission.RUN_MONITORING)
def procedures() -> ResponseReturnValue:
    """Every procedure of the centre with «Всего», «Не приступило», «В работе», «Сдано»."""
    session = db.session()
    cards = centre_procedures(session, current_actor())
    return render_template(
        "cabinets/region/procedures.html",
        cards=cards,
        statistics=statistics_by_procedure(session, cards),
        now=now(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RUN_MONITORING)
@commits
def new_procedure() -> ResponseReturnValue:
    """A procedure that no school sees yet."""
    form = ProcedureForm(**({} if request.method == "POST" else _usual()))
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            made = create_procedure(db.session(), current_actor(), form.plan, now=now())
            return redirect(url_for("region.set_schools", procedure_id=made))
    status = 422 if form.is_submitted() else 200
    return render_template("cabinets/region/edit.html", form=form, card=None), status


def _usual() -> dict[str, object]:
    """What a new form proposes: the present academic year, two weeks from tomorrow."""
    today = now().astimezone(ZoneInfo(current_actor().current.time_zone)).date()
    first = today.year if today.month >= 8 else today.year - 1
    days = {"opens_on": today + timedelta(days=1), "closes_on": today + timedelta(days=15)}
    return {"year": f"{first}-{first + 1}", "all_over": 30, "unjust_over": 30, **days}


@blueprint.route("/<int:procedure_id>/edit", methods=["GET", "POST"])
@requires(Permission.RUN_MONITORING)
@commits
def edit(procedure_id: int) -> ResponseReturnValue:
    """Once open, words and the end of the window alone can be changed."""
    card = own_procedure(db.session(), current_actor(), procedure_id)
    form = ProcedureForm(kept=facts_of(card))
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            change_procedure(db.session(), current_actor(), procedure_id, form.plan, now=now())
            flash(_("Saved."), "ok")
            return redirect(url_for("region.procedure", procedure_id=procedure_id))
    status = 422 if form.is_submitted() else 200
    return render_template("cabinets/region/edit.html", form=form, card=card), status


@blueprint.get("/<int:procedure_id>")
@requires(Permission.RUN_MONITORING)
def procedure(procedure_id: int) -> ResponseReturnValue:
    """The card: statistics, window, requests, publications."""
    return _card(own_procedure(db.session(), current_actor(), procedure_id), None)


def _card(card: ProcedureCard, form: ExtensionForm | None) -> ResponseReturnValue:
    session, actor = db.session(), current_actor()
    page = render_template(
        "cabinets/region/procedure.html",
        card=card,
        window=card.window(),
        state=card.window().state(now()),
        statistics=statistics_of(session, card),
        requests=waiting_requests(session, card),
        publications=[
            one for one in publications(session, actor, now=now()) if one.procedure_id == card.id
        ],
        form=form or ExtensionForm(formdata=None),
    )
    return page, 422 if form is not None else 200


@blueprint.get("/<int:procedure_id>/statistics")
@requires(Permission.RUN_MONITORING)
def statistics_now(procedure_id: int) -> ResponseReturnValue:
    """The four numbers, asked for again while the page is open."""
    card = own_procedure(db.session(), current_actor(), procedure_id)
    found = statistics_of(db.session(), card)
    return jsonify(
        total=found.total,
        not_begun=found.not_begun,
        filling=found.filling,
        submitted=found.submitted,
    )


@blueprint.post("/<int:procedure_id>/open")
@requires(Permission.RUN_MONITORING)
@commits
def open_(procedure_id: int) -> ResponseReturnValue:
    """Show it to its audience: form and thresholds are frozen, coordinators are told."""
    open_procedure(db.session(), current_actor(), procedure_id, now=now())
    flash(_("The procedure is open; the coordinators are told."), "ok")
    return redirect(url_for("region.procedure", procedure_id=procedure_id))


@blueprint.post("/<int:procedure_id>/extend")
@requires(Permission.RUN_MONITORING)
@commits
def extend_window(procedure_id: int) -> ResponseReturnValue:
    """Lengthen the window of the schools ticked, or of all, with a reason."""
    card = own_procedure(db.session(), current_actor(), procedure_id)
    form = ExtensionForm()
    ticked = {number_of(one) for one in request.form.getlist("school")} - {None}
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            extend(
                db.session(),
                current_actor(),
                procedure_id,
                organisation_ids={int(one or 0) for one in ticked} or None,
                until=form.until,
                reason=form.reason.data or "",
                now=now(),
            )
            flash(_("The collection is extended; the schools are told."), "ok")
            return redirect(url_for("region.procedure", procedure_id=procedure_id))
    return _card(card, form)


@blueprint.post("/<int:procedure_id>/requests")
@requires(Permission.RUN_MONITORING)
@commits
def decide(procedure_id: int) -> ResponseReturnValue:
    """Approve or decline the request of a school."""
    decide_request(
        db.session(),
        current_actor(),
        procedure_id,
        organisation_id=number_of(request.form.get("school", "")) or 0,
        approve=request.form.get("decision") == "approve",
        now=now(),
    )
    flash(_("Saved; the school is told."), "ok")
    return redirect(url_for("region.procedure", procedure_id=procedure_id))


@blueprint.post("/<int:procedure_id>/remind")
@requires(Permission.RUN_MONITORING)
@commits
def send_reminders(procedure_id: int) -> ResponseReturnValue:
    """Remind the coordinators of schools that have not begun, once a day."""
    count = remind(db.session(), current_actor(), procedure_id, now=now())
    flash(ngettext("%(num)s school is reminded.", "%(num)s schools are reminded.", count), "ok")
    return redirect(url_for("region.participants_list", procedure_id=procedure_id))
