"""Publications of the centre with their materials and moments of release."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from journal.access import Permission
from journal.cabinets.region.blueprint import blueprint
from journal.cabinets.region.forms import MaterialForm, PublicationForm
from journal.core.db import db
from journal.core.errors import NotFound
from journal.exchange.publications import material_file
from journal.exchange.publications import publications as publications_of
from journal.exchange.queries import centre_procedures
from journal.exchange.service.publishing import add_material, publish
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.files import send_stored, take_upload
from journal.webkit.filters import number_of, typed_number
from journal.webkit.forms import field_errors
from journal.webkit.moment import now


@blueprint.get("/publications")
@requires(Permission.RUN_MONITORING)
def publications() -> ResponseReturnValue:
    """Everything the centre has published or will release, the latest first."""
    session, actor = db.session(), current_actor()
    titles = {one.id: one.title for one in centre_procedures(session, actor)}
    found = publications_of(session, actor, now=now())
    return render_template(
        "cabinets/region/publications.html", publications=found, titles=titles, now=now()
    )


@blueprint.route("/publications/new", methods=["GET", "POST"])
@requires(Permission.RUN_MONITORING)
@commits
def new_publication() -> ResponseReturnValue:
    """A text for the schools of a procedure (?procedure=), or for all."""
    form = PublicationForm(release_on=_today(), procedure=str(typed_number("procedure") or ""))
    procedures = centre_procedures(db.session(), current_actor())
    everybody = SelectChoice("", _l("All schools"))
    form.procedure.choices = [everybody, *(SelectChoice(str(o.id), o.title) for o in procedures)]
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            made = publish(
                db.session(),
                current_actor(),
                procedure_id=number_of(form.procedure.data or ""),
                title=form.title.data or "",
                text=form.text.data or "",
                release_at=form.release,
                now=now(),
            )
            return redirect(url_for("region.publication", publication_id=made))
    status = 422 if form.is_submitted() else 200
    return render_template("cabinets/region/publish.html", form=form), status


def _today() -> object:
    return now().astimezone(ZoneInfo(current_actor().current.time_zone)).date()


@blueprint.route("/publications/<int:publication_id>", methods=["GET", "POST"])
@requires(Permission.RUN_MONITORING)
@commits
def publication(publication_id: int) -> ResponseReturnValue:
    """One publication; its files are added here, each with its own moment."""
    session, actor = db.session(), current_actor()
    found = publications_of(session, actor, now=now())
    one = next((one for one in found if one.id == publication_id), None)
    if one is None:
        raise NotFound()
    form = MaterialForm(release_on=_today())
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            _attach(publication_id, form)
            flash(_("The material is added."), "ok")
            return redirect(url_for("region.publication", publication_id=publication_id))
    status = 422 if form.is_submitted() else 200
    return render_template("cabinets/region/publication.html", one=one, form=form), status


def _attach(publication_id: int, form: MaterialForm) -> None:
    actor = current_actor()
    kept = take_upload(actor, actor.organisation_id, form.file.data)
    add_material(
        db.session(),
        actor,
        publication_id,
        title=form.title.data or "",
        stored_file_id=kept.id,
        release_at=form.release,
        now=now(),
    )


@blueprint.get("/materials/<int:material_id>")
@requires(Permission.RUN_MONITORING)
def material(material_id: int) -> ResponseReturnValue:
    """A file of the centre's own, released or not."""
    return send_stored(material_file(db.session(), current_actor(), material_id, now=now()))
