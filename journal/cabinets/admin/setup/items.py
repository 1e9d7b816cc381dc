"""Views of things that have a page of their own: a new one, one to change, one to delete."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from journal.access import Permission
from journal.cabinets.admin.blueprint import blueprint
from journal.cabinets.admin.opening import Opening, open_year
from journal.cabinets.admin.setup.editors import Act, Editor, editor_of
from journal.core.db import db
from journal.core.errors import RuleViolation
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.forms import field_errors
from journal.webkit.i18n import say
from journal.webkit.moment import now


@blueprint.route("/setup/<kind>/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def new_item(kind: str) -> ResponseReturnValue:
    """The empty form; ?year= is the year of what belongs to one."""
    return _edit(kind, None, None)


@blueprint.route("/setup/<kind>/<int:item_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def item(kind: str, item_id: int) -> ResponseReturnValue:
    """The form of one that is there."""
    return _edit(kind, item_id, editor_of(kind).read(db.session(), item_id))


@blueprint.post("/setup/<kind>/<int:item_id>/delete")
@requires(Permission.MANAGE_SCHOOL)
@commits
def delete_item(kind: str, item_id: int) -> ResponseReturnValue:
    """Delete what nothing depends on; the refusal says what does."""
    editor = editor_of(kind)
    act = _act(open_year(db.session()))
    editor.read(act.session, item_id)
    try:
        editor.delete(act, item_id)
    except RuleViolation as refused:
        flash(say(refused.message), "bad")
        return redirect(url_for("admin.item", kind=kind, item_id=item_id))
    flash(_("Deleted."), "ok")
    return _back(editor)


def _edit(kind: str, item_id: int | None, held: Any) -> ResponseReturnValue:
    editor, opening = editor_of(kind), open_year(db.session())
    form: Any = editor.form(kept=held)
    editor.choices(db.session(), form)
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            editor.save(_act(opening), item_id, form)
            flash(say(editor.saved), "ok")
            return _back(editor, opening)
    status = 422 if form.is_submitted() else 200
    page = {"kind": kind, "item_id": item_id, "editor": editor, "form": form}
    return render_template("cabinets/admin/setup/item.html", opening=opening, **page), status


def _act(opening: Opening) -> Act:
    return Act(db.session(), current_actor(), opening.year, now())


def _back(editor: Editor, opening: Opening | None = None) -> Response:
    year = opening.year.id if opening and opening.year and len(opening.years) > 1 else None
    return redirect(url_for(editor.back, year=year, _anchor=editor.anchor or None))
