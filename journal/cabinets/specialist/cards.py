"""The card of a pupil, whose every reading is logged, and the specialist's own notes on it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Length

from journal.access import Permission
from journal.cabinets.specialist.views import RULES
from journal.control.risk import pupil_card
from journal.core.db import db, transaction
from journal.people.pupil_notes.queries import notes_about
from journal.people.pupil_notes.service import (
    TEXT_MAX,
    NoteDraft,
    add_note,
    change_note,
    delete_note,
    log_reading,
    pupil_of_note,
)
from journal.webkit.access import (
    commits,
    current_actor,
    requires,
    work_in_current_organisation,
)
from journal.webkit.forms import Form, field_errors
from journal.webkit.moment import now

blueprint = Blueprint("cards", __name__, url_prefix="/specialist")
blueprint.before_request(work_in_current_organisation)


class NoteForm(Form):
    """The words of a note."""

    text = TextAreaField(
        _l("Note"),
        [InputRequired(_l("Write the note.")), Length(max=TEXT_MAX)],
        render_kw={"rows": 4, "maxlength": TEXT_MAX},
    )
    shared = BooleanField(_l("Show it to the other specialists of the school"))

    @property
    def draft(self) -> NoteDraft:
        """What was typed."""
        return NoteDraft(self.text.data or "", bool(self.shared.data))


@blueprint.get("/pupils/<int:pupil_id>")
@requires(Permission.READ_RISK)
def card(pupil_id: int) -> ResponseReturnValue:
    """Every reason with its figures, and the notes. Logged before anything is read."""
    with transaction() as writing:
        log_reading(writing, current_actor(), pupil_id, now=now())
    return _card(pupil_id)


def _card(pupil_id: int, form: NoteForm | None = None, note_id: int | None = None) -> str:
    session, actor = db.session(), current_actor()
    return render_template(
        "cabinets/specialist/card.html",
        page=pupil_card(session, actor, pupil_id, now=now()),
        notes=notes_about(session, actor, pupil_id),
        form=form if form and note_id is None else NoteForm(formdata=None),
        refused=(note_id, form) if form and note_id else None,
        rules=RULES,
    )


@blueprint.post("/pupils/<int:pupil_id>/notes")
@requires(Permission.READ_RISK)
@commits
def add(pupil_id: int) -> ResponseReturnValue:
    """A new note."""
    form, actor = NoteForm(), current_actor()
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            add_note(db.session(), actor, pupil_id=pupil_id, draft=form.draft, now=now())
            flash(_("The note is kept."), "ok")
            return redirect(url_for("cards.card", pupil_id=pupil_id, _anchor="notes"))
    log_reading(db.session(), actor, pupil_id, now=now())
    return _card(pupil_id, form), 422


@blueprint.post("/notes/<int:note_id>")
@requires(Permission.READ_RISK)
@commits
def change(note_id: int) -> ResponseReturnValue:
    """Other words, or another audience."""
    form, actor = NoteForm(), current_actor()
    pupil_id = pupil_of_note(db.session(), actor, note_id)
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            change_note(db.session(), actor, note_id, form.draft, now=now())
            flash(_("The note is changed."), "ok")
            return redirect(url_for("cards.card", pupil_id=pupil_id, _anchor="notes"))
    log_reading(db.session(), actor, pupil_id, now=now())
    return _card(pupil_id, form, note_id), 422


@blueprint.post("/notes/<int:note_id>/delete")
@requires(Permission.READ_RISK)
@commits
def delete(note_id: int) -> ResponseReturnValue:
    """Its words are gone."""
    pupil_id = delete_note(db.session(), current_actor(), note_id, now=now())
    flash(_("The note is deleted."), "ok")
    return redirect(url_for("cards.card", pupil_id=pupil_id, _anchor="notes"))
