"""Letters one has got and sent, their answers and files; a question to the administrator."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.letters.forms import WordsForm
from journal.core.db import db
from journal.core.messages import N_
from journal.messages.letter_queries import (
    copies_of,
    copy_file,
    copy_with_answers,
    letter_files,
    received,
    sent,
)
from journal.messages.letter_rules import ABOUT_NAMES
from journal.messages.letters import confirm_read, reply_to, write_to_administrator
from journal.messages.queries import own_persons
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.files import send_stored
from journal.webkit.forms import field_errors
from journal.webkit.menu import MenuEntry
from journal.webkit.moment import now

blueprint = Blueprint("letters", __name__, url_prefix="/letters")
MENU = (
    MenuEntry(
        label=N_("Letters"),
        endpoint="letters.listing",
        permission=Permission.SIGNED_IN,
        order=88,
    ),
)


@blueprint.get("")
@requires(Permission.SIGNED_IN)
def listing() -> ResponseReturnValue:
    """What one has got and what one has sent."""
    session, actor = db.session(), current_actor()
    return render_template(
        "shared/letters/listing.html",
        received=received(session, actor),
        sent=sent(session, actor),
        about=ABOUT_NAMES,
    )


@blueprint.get("/<int:copy_id>")
@requires(Permission.SIGNED_IN)
def letter(copy_id: int) -> ResponseReturnValue:
    """One letter with the answers under it."""
    return _letter(copy_id, WordsForm())


def _letter(copy_id: int, form: WordsForm) -> str:
    copy, answers = copy_with_answers(db.session(), current_actor(), copy_id)
    own = own_persons(current_actor())
    return render_template(
        "shared/letters/letter.html",
        copy=copy,
        answers=answers,
        files=letter_files(db.session(), copy.letter_id),
        form=form,
        about=ABOUT_NAMES,
        mine=copy.recipient_id in own,
    )


@blueprint.get("/<int:copy_id>/files/<int:file_id>")
@requires(Permission.SIGNED_IN)
def file(copy_id: int, file_id: int) -> ResponseReturnValue:
    """A file of a letter, for its two sides."""
    return send_stored(copy_file(db.session(), current_actor(), copy_id, file_id))


@blueprint.post("/<int:copy_id>/read")
@requires(Permission.SIGNED_IN)
@commits
def read(copy_id: int) -> ResponseReturnValue:
    """Confirm that one has read it."""
    confirm_read(db.session(), current_actor(), copy_id, now=now())
    return redirect(url_for("letters.letter", copy_id=copy_id))


@blueprint.post("/<int:copy_id>/reply")
@requires(Permission.SIGNED_IN)
@commits
def reply(copy_id: int) -> ResponseReturnValue:
    """Answer under the letter."""
    form = WordsForm()
    if form.validate():
        with field_errors(form):
            text = form.text.data or ""
            reply_to(db.session(), current_actor(), copy_id, text=text, now=now())
            flash(_("The answer is sent."), "ok")
            return redirect(url_for("letters.letter", copy_id=copy_id))
    return _letter(copy_id, form), 422


@blueprint.get("/sent/<int:letter_id>")
@requires(Permission.SIGNED_IN)
def receipts(letter_id: int) -> ResponseReturnValue:
    """Who has read a letter of one's own, and who has answered."""
    rows = copies_of(db.session(), current_actor(), letter_id)
    return render_template("shared/letters/receipts.html", rows=rows)


@blueprint.route("/administrator", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
@commits
def administrator() -> ResponseReturnValue:
    """A question to the administrator of the chosen school."""
    form = WordsForm()
    if form.validate_on_submit():
        with field_errors(form):
            words = (form.subject.data or "", form.text.data or "")
            subject, text = words
            write_to_administrator(
                db.session(), current_actor(), subject=subject, text=text, now=now()
            )
            flash(_("The letter is sent. The answer will come here."), "ok")
            return redirect(url_for("letters.listing"))
    status = 422 if form.is_submitted() else 200
    return render_template("shared/letters/administrator.html", form=form), status
