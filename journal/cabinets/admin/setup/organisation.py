"""The school's own details."""

from __future__ import annotations

from dataclasses import asdict

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.admin.blueprint import blueprint
from journal.cabinets.admin.setup.forms import OrganisationForm
from journal.cabinets.admin.words import ZONES
from journal.core.db import db
from journal.office.setup.ground import (
    OrganisationFacts,
    organisation_facts,
    save_organisation,
)
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.fields import choices
from journal.webkit.forms import field_errors
from journal.webkit.moment import now


@blueprint.route("/setup/organisation", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def organisation() -> ResponseReturnValue:
    """Name, address, time zone, and whom users may ask."""
    facts = organisation_facts(db.session(), current_actor().organisation_id)
    form = OrganisationForm(kept=asdict(facts))
    if facts.time_zone not in ZONES:
        own = (facts.time_zone, facts.time_zone)
        form.time_zone.choices = choices([*ZONES.items(), own])
    if form.validate_on_submit():
        with field_errors(form):
            typed = {name: form[name].data for name in asdict(facts)}
            chosen = OrganisationFacts(**typed)
            save_organisation(db.session(), current_actor(), facts=chosen, now=now())
            flash(_("The details are saved."), "ok")
            return redirect(url_for("admin.home"))
    status = 422 if form.is_submitted() else 200
    return render_template("cabinets/admin/setup/organisation.html", form=form), status
