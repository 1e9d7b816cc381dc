"""Long leaves: those a class teacher has agreed to and a deputy confirms; the limit of days."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from journal.access import Permission
from journal.attendance.excuses.decisions import approve_leave, set_leave_limit
from journal.attendance.excuses.deeds import Deed
from journal.attendance.excuses.queries import leave_days, long_leaves
from journal.cabinets.common.excuses.forms import DecisionForm, LimitForm
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.webkit.access import (
    commits,
    current_actor,
    requires,
    work_in_current_organisation,
)
from journal.webkit.forms import field_errors
from journal.webkit.menu import MenuEntry, MenuGroup
from journal.webkit.moment import now, today

blueprint = Blueprint("leaves", __name__, url_prefix="/leaves")
blueprint.before_request(work_in_current_organisation)
MENU = (
    MenuEntry(
        label=N_("Long leaves"),
        endpoint="leaves.listing",
        permission=Permission.APPROVE_LEAVE,
        order=36,
        group=MenuGroup.PEOPLE,
    ),
)


def _deed() -> Deed:
    return Deed(db.session(), current_actor(), now())


@blueprint.get("/")
@requires(Permission.APPROVE_LEAVE)
def listing() -> ResponseReturnValue:
    """What waits, who is or will be away, and from how many days on a leave comes here."""
    return _listing()


def _listing(refused: tuple[int, FlaskForm] | None = None) -> str:
    day = today(current_actor())
    limit = leave_days(db.session(), current_actor().organisation_id, day)
    return render_template(
        "cabinets/deputy/leaves.html",
        rows=long_leaves(db.session(), day=day, limit=limit),
        limit=limit,
        form=LimitForm(days=limit),
        refused=refused,
    )


@blueprint.post("/<int:excuse_id>/decide")
@requires(Permission.APPROVE_LEAVE)
@commits
def decide(excuse_id: int) -> ResponseReturnValue:
    """Let go or not."""
    form = DecisionForm()
    if form.validate_on_submit():
        if form.decision.data not in ("confirm", "refuse"):
            raise NotFound()
        granted = form.decision.data == "confirm"
        with field_errors(form), db.session.begin_nested():
            note = (form.note.data or "").strip()
            approve_leave(_deed(), excuse_id=excuse_id, granted=granted, note=note)
            flash(_("Done. The family is told."), "ok")
            return redirect(url_for("leaves.listing"))
    return _listing((excuse_id, form)), 422


@blueprint.post("/limit")
@requires(Permission.APPROVE_LEAVE)
@commits
def limit() -> ResponseReturnValue:
    """How many days a class teacher confirms alone, from today on."""
    form = LimitForm()
    if form.validate_on_submit():
        set_leave_limit(_deed(), days=form.days.data)
        flash(_("From today on this number of days holds."), "ok")
        return redirect(url_for("leaves.listing"))
    return _listing((0, form)), 422
