"""«Информация об организации» and «Данные координатора» (S04, S05)."""

from __future__ import annotations

from dataclasses import asdict

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.monitoring.blueprint import blueprint
from journal.cabinets.monitoring.forms import AboutForm
from journal.core.db import db
from journal.office.persons.own_contact import (
    AboutSchool,
    OwnContact,
    own_contact,
    save_about_school,
    save_own_contact,
)
from journal.office.setup.ground import organisation_facts
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.forms import field_errors
from journal.webkit.moment import now

OWN = ("type_name", "full_name", "short_name", "website")


@blueprint.route("/organisation", methods=["GET", "POST"])
@requires(Permission.POST_MONITORING)
@commits
def organisation() -> ResponseReturnValue:
    """The coordinator keeps what the region reads of his school and of himself."""
    session, actor = db.session(), current_actor()
    facts = organisation_facts(session, actor.organisation_id)
    form = AboutForm(kept={**asdict(facts), **asdict(own_contact(session, actor))})
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            typed = {name: form[name].data for name in OWN}
            save_about_school(session, actor, AboutSchool(**typed), now=now())
            names = OwnContact.__dataclass_fields__
            contact = OwnContact(**{name: form[name].data for name in names})
            save_own_contact(session, actor, contact, now=now())
            flash(_("Saved."), "ok")
            return redirect(url_for("monitoring.organisation"))
    status = 422 if form.is_submitted() else 200
    return (
        render_template(
            "cabinets/monitoring/organisation.html", form=form, facts=facts, login=actor.login
        ),
        status,
    )
