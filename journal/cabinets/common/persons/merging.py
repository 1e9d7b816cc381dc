"""Two cards of one human being: who may be there twice, what a merge would do, the merge."""

from __future__ import annotations

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import ROLE_NAMES, Permission
from journal.cabinets.common.persons.blueprint import blueprint, load, name_of_whom, to_card
from journal.core.db import db
from journal.office.merging.queries import Preview, found_people, likely_duplicates, preview
from journal.office.merging.service import merge_persons
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.filters import typed_number
from journal.webkit.forms import Form, field_errors
from journal.webkit.moment import now, today
from journal.webkit.words import SEXES

SHOWN_AT_MOST = 200


@blueprint.get("/duplicates")
@requires(Permission.MANAGE_SCHOOL)
def duplicates() -> ResponseReturnValue:
    """Who may stand in the lists twice, the surest first."""
    pairs = likely_duplicates(db.session())
    page = {"pairs": pairs[:SHOWN_AT_MOST], "total": len(pairs)}
    return render_template("persons/duplicates.html", **page)


@blueprint.get("/<int:person_id>/duplicate")
@requires(Permission.MANAGE_SCHOOL)
def duplicate(person_id: int) -> ResponseReturnValue:
    """Choose the other card of this person: a likely one, or found by name (?q=)."""
    whom, text = load(person_id), request.args.get("q", "").strip()
    others = [
        pair.other if pair.one.person_id == person_id else pair.one
        for pair in likely_duplicates(db.session(), of=person_id)
    ]
    found = found_people(db.session(), text, but=person_id) if text else []
    page = {"person_id": person_id, "name": name_of_whom(whom), "q": text}
    return render_template("persons/duplicate.html", others=others, found=found, **page)


@blueprint.route("/<int:person_id>/merge", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def merge(person_id: int) -> ResponseReturnValue:
    """What would happen if the card of ?with= went into this one; a POST does it."""
    gone_id = typed_number("with") or 0
    session, actor = db.session(), current_actor()
    shown = preview(session, actor, kept_id=person_id, gone_id=gone_id, today=today(actor))
    form = Form()
    if form.validate_on_submit():
        with field_errors(form), session.begin_nested():
            _merge(shown)
            flash(_("The two cards are one. What the other held stands in the log."), "ok")
            return to_card(person_id)
    status = 422 if form.is_submitted() else 200
    words = {"role_names": ROLE_NAMES, "sexes": SEXES}
    return render_template("persons/merge.html", shown=shown, form=form, **words), status


def _merge(shown: Preview) -> None:
    typed = {one.key: request.form.get(one.key, one.offered) for one in shown.differences}
    actor = current_actor()
    merge_persons(
        db.session(),
        actor,
        kept_id=shown.kept.person_id,
        gone_id=shown.gone.person_id,
        take={key for key, side in typed.items() if side == "gone"},
        now=now(),
        today=today(actor),
    )
