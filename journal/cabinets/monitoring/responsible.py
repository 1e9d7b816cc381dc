"""Who fills the form in, handing it over, requests for voluntary procedures."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission, Role
from journal.cabinets.monitoring.blueprint import blueprint
from journal.cabinets.monitoring.forms import responsible_form
from journal.cabinets.monitoring.views import card_view
from journal.core.db import db
from journal.core.errors import NotFound
from journal.exchange.queries import participation, responsible_anywhere
from journal.exchange.service import school
from journal.office.persons.rows import hold_role
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.forms import field_errors
from journal.webkit.moment import now


@blueprint.post("/<int:procedure_id>/responsible")
@requires(Permission.POST_MONITORING)
@commits
def appoint(procedure_id: int) -> ResponseReturnValue:
    """Make somebody responsible, or nobody; his access begins and ends with it."""
    session, actor = db.session(), current_actor()
    before = participation(session, actor, procedure_id).responsible_person_id
    form = responsible_form(session)
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            staff_id = form.staff.data
            school.appoint_responsible(session, actor, procedure_id, staff_id=staff_id, now=now())
            after = participation(session, actor, procedure_id).responsible_person_id
            for person_id in {before, after} - {None}:
                _keep_role(int(person_id or 0))
            flash(_("Saved."), "ok")
            return redirect(url_for("monitoring.card", procedure_id=procedure_id))
    return card_view(procedure_id, responsible=form), 422


def _keep_role(person_id: int) -> None:
    session = db.session()
    held = responsible_anywhere(session, person_id)
    role = Role.MONITORING_RESPONSIBLE
    hold_role(session, current_actor(), person_id, role, held=held, now=now())


@blueprint.post("/<int:procedure_id>/hand-over")
@requires(Permission.FILL_MONITORING)
@commits
def hand_over(procedure_id: int) -> ResponseReturnValue:
    """«Передать координатору»."""
    school.hand_over(db.session(), current_actor(), procedure_id, now=now())
    flash(_("The form is handed over to the coordinator."), "ok")
    return redirect(url_for("monitoring.card", procedure_id=procedure_id))


@blueprint.post("/<int:procedure_id>/return")
@requires(Permission.POST_MONITORING)
@commits
def give_back(procedure_id: int) -> ResponseReturnValue:
    """The coordinator returns the form to be filled on."""
    school.return_to_responsible(db.session(), current_actor(), procedure_id, now=now())
    flash(_("The form is returned to the person responsible."), "ok")
    return redirect(url_for("monitoring.card", procedure_id=procedure_id))


@blueprint.post("/<int:procedure_id>/request")
@requires(Permission.POST_MONITORING)
@commits
def ask(procedure_id: int) -> ResponseReturnValue:
    """Send (act=send) or withdraw (act=withdraw) the request for a voluntary procedure."""
    acts = {"send": school.send_request, "withdraw": school.withdraw_request}
    act = acts.get(request.form.get("act", ""))
    if act is None:
        raise NotFound()
    act(db.session(), current_actor(), procedure_id, now=now())
    flash(_("Saved."), "ok")
    return redirect(url_for("monitoring.card", procedure_id=procedure_id))
