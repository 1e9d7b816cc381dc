"""The school's templates of letters."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.letters.forms import TemplateForm
from journal.core.db import db
from journal.messages.letter_rules import ABOUT_NAMES, PLACES, About
from journal.messages.letter_templates import (
    SAMPLES,
    TemplateDraft,
    add_template,
    change_template,
    drop_template,
    own_templates,
    template_of,
)
from journal.webkit.access import (
    commits,
    current_actor,
    requires,
    work_in_current_organisation,
)
from journal.webkit.forms import field_errors
from journal.webkit.i18n import say
from journal.webkit.moment import now

blueprint = Blueprint("letter_templates", __name__, url_prefix="/letters/templates")
blueprint.before_request(work_in_current_organisation)


def _draft(form: TemplateForm) -> TemplateDraft:
    text = (form.text.data or "").replace("\r\n", "\n")
    return TemplateDraft(about=About(form.about.data), subject=form.subject.data or "", text=text)


@blueprint.get("")
@requires(Permission.WRITE_TO_SCHOOL)
def listing() -> ResponseReturnValue:
    """The school's own, and the samples of the program."""
    return render_template(
        "shared/letters/templates.html",
        own=own_templates(db.session()),
        samples=SAMPLES,
        about=ABOUT_NAMES,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.WRITE_TO_SCHOOL)
@commits
def new() -> ResponseReturnValue:
    """A new one, begun with a sample (?sample=) or empty."""
    form = TemplateForm()
    form.name_abouts()
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            add_template(db.session(), current_actor(), _draft(form), now=now())
            flash(_("The template is kept."), "ok")
            return redirect(url_for("letter_templates.listing"))
    sample = next((one for one in SAMPLES if one.key == request.args.get("sample")), None)
    if sample is not None and request.method == "GET":
        form.about.data, form.subject.data = sample.about.value, say(sample.subject)
        form.text.data = say(sample.text)
    return _form(form)


def _form(form: TemplateForm) -> ResponseReturnValue:
    status = 422 if form.is_submitted() else 200
    return render_template("shared/letters/template.html", form=form, places=PLACES), status


@blueprint.route("/<int:letter_template_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_TO_SCHOOL)
@commits
def change(letter_template_id: int) -> ResponseReturnValue:
    """Other words for one of the school's."""
    known = template_of(db.session(), current_actor(), letter_template_id)
    kept = {"about": known.about.value, "subject": known.subject, "text": known.text}
    form = TemplateForm(kept=kept)
    form.name_abouts()
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            change_template(
                db.session(), current_actor(), letter_template_id, _draft(form), now=now()
            )
            flash(_("The template is changed."), "ok")
            return redirect(url_for("letter_templates.listing"))
    return _form(form)


@blueprint.post("/<int:letter_template_id>/drop")
@requires(Permission.WRITE_TO_SCHOOL)
@commits
def drop(letter_template_id: int) -> ResponseReturnValue:
    """Nobody is offered it any more."""
    drop_template(db.session(), current_actor(), letter_template_id, now=now())
    flash(_("The template is removed."), "ok")
    return redirect(url_for("letter_templates.listing"))
