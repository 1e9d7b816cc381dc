"""Views of the centre's desk: schools and their access are given out here (R01, S01)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.centre.forms import AboutForm, DeclineForm
from journal.core.db import db, transaction
from journal.core.messages import N_
from journal.office.enrolment.queries import (
    decided_enrolments,
    own_about,
    own_enrolment,
    region_schools,
    waiting_enrolments,
)
from journal.office.enrolment.rules import STATE_WORDS, EnrolmentState
from journal.office.enrolment.service import (
    approve,
    decline,
    open_cabinet,
    renew_password,
    save_site,
)
from journal.people.queries import organisation_card
from journal.people.service import IssuedCredentials, fresh_passwords
from journal.webkit.access import commits, current_actor, requires, work_in_current_organisation
from journal.webkit.enrolment_form import EnrolmentForm
from journal.webkit.filters import steps, typed_page
from journal.webkit.forms import field_errors
from journal.webkit.links import journal_address
from journal.webkit.menu import MenuEntry
from journal.webkit.moment import now
from journal.webkit.words import STAGES

blueprint = Blueprint("centre", __name__, url_prefix="/centre")
blueprint.before_request(work_in_current_organisation)
BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("Schools of the region"),
        endpoint="centre.organisations",
        permission=Permission.RUN_MONITORING,
        order=40,
        home=True,
    ),
)


@blueprint.get("/schools")
@requires(Permission.RUN_MONITORING)
def organisations() -> ResponseReturnValue:
    """Applications that wait, then the schools with their coordinators (?q=, ?page=)."""
    session, actor = db.session(), current_actor()
    typed = request.args.get("q", "")[:100]
    page = region_schools(session, actor, typed=typed, number=typed_page())
    return render_template(
        "cabinets/centre/schools.html",
        waiting=waiting_enrolments(session, actor),
        page=page,
        steps=steps(page),
        typed=typed,
        stages=STAGES,
    )


@blueprint.get("/applications")
@requires(Permission.RUN_MONITORING)
def applications() -> ResponseReturnValue:
    """What was decided, with who and why (?page=)."""
    page = decided_enrolments(db.session(), current_actor(), number=typed_page())
    return render_template(
        "cabinets/centre/applications.html", page=page, steps=steps(page), words=STATE_WORDS
    )


@blueprint.get("/applications/<int:enrolment_id>")
@requires(Permission.RUN_MONITORING)
def application(enrolment_id: int) -> ResponseReturnValue:
    """One application, to be decided."""
    return _application(enrolment_id, DeclineForm())


def _application(enrolment_id: int, form: DeclineForm) -> ResponseReturnValue:
    card = own_enrolment(db.session(), current_actor(), enrolment_id)
    page = render_template(
        "cabinets/centre/application.html",
        card=card,
        form=form,
        words=STATE_WORDS,
        waits=card.state is EnrolmentState.WAITING,
    )
    return page, 422 if form.errors else 200


@blueprint.post("/applications/<int:enrolment_id>/approve")
@requires(Permission.RUN_MONITORING)
def accept(enrolment_id: int) -> ResponseReturnValue:
    """Make the cabinet; the login and the temporary password are in the answer alone."""
    own_enrolment(db.session(), current_actor(), enrolment_id)
    (password,) = fresh_passwords(1)
    form = DeclineForm()
    with field_errors(form), transaction() as session:
        opened = approve(session, current_actor(), enrolment_id, password=password, now=now())
    if form.errors:
        return _application(enrolment_id, form)
    return _once(opened.school_id, opened.credentials)


@blueprint.post("/applications/<int:enrolment_id>/decline")
@requires(Permission.RUN_MONITORING)
@commits
def refuse(enrolment_id: int) -> ResponseReturnValue:
    """Turn it down with a reason, which is sent to the school."""
    form = DeclineForm()
    own_enrolment(db.session(), current_actor(), enrolment_id)
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            reason = form.reason.data or ""
            decline(db.session(), current_actor(), enrolment_id, reason=reason, now=now())
            flash(_("The application is declined; the school is told why."), "ok")
            return redirect(url_for("centre.organisations"))
    return _application(enrolment_id, form)


@blueprint.route("/schools/new", methods=["GET", "POST"])
@requires(Permission.RUN_MONITORING)
def new() -> ResponseReturnValue:
    """A cabinet on an official request on paper."""
    form = EnrolmentForm()
    if form.validate_on_submit():
        (password,) = fresh_passwords(1)
        with field_errors(form), transaction() as session:
            facts = form.applicant
            opened = open_cabinet(session, current_actor(), facts, password=password, now=now())
            return _once(opened.school_id, opened.credentials)
    status = 422 if form.is_submitted() else 200
    return render_template("cabinets/centre/new.html", form=form), status


@blueprint.post("/schools/<int:school_id>/password")
@requires(Permission.RUN_MONITORING)
def password(school_id: int) -> ResponseReturnValue:
    """A new temporary password of the coordinator."""
    (made,) = fresh_passwords(1)
    with transaction() as session:
        issued = renew_password(session, current_actor(), school_id, password=made, now=now())
    return _once(school_id, issued)


def _once(school_id: int, issued: IssuedCredentials) -> ResponseReturnValue:
    """The only showing of a password."""
    return render_template(
        "cabinets/centre/credentials.html",
        school=organisation_card(db.session(), school_id),
        issued=issued,
        address=journal_address(),
    )


@blueprint.route("/site", methods=["GET", "POST"])
@requires(Permission.RUN_MONITORING)
@commits
def site() -> ResponseReturnValue:
    """What everybody reads of the monitoring."""
    form = AboutForm(kept={"about": own_about(db.session(), current_actor())})
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            save_site(db.session(), current_actor(), about=form.about.data or "", now=now())
            flash(_("Saved."), "ok")
            return redirect(url_for("centre.site"))
    status = 422 if form.is_submitted() else 200
    return render_template("cabinets/centre/site.html", form=form), status
