"""Decisions of the teachers' council on the pupils of a class."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from journal.access import Permission
from journal.cabinets.common.results.blueprint import blueprint
from journal.cabinets.common.results.forms import CouncilForm
from journal.core.db import db
from journal.core.text import tidy
from journal.grading.rules.council import CouncilDraft
from journal.office.council import record_council, withdraw_council
from journal.results.queries.council import council_page
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.filters import number_of
from journal.webkit.forms import field_errors
from journal.webkit.moment import now, today


@blueprint.route("/classes/<int:class_id>/council", methods=["GET", "POST"])
@requires(Permission.RECORD_COUNCIL)
@commits
def council(class_id: int) -> ResponseReturnValue:
    """Who failed what in the year, what was decided; one decision for the ticked pupils."""
    form = CouncilForm()
    page = council_page(db.session(), current_actor(), class_id=class_id, now=now())
    if form.validate_on_submit():
        with field_errors(form):
            count = _record(form, class_id)
            flash(
                ngettext("%(num)s decision is saved.", "%(num)s decisions are saved.", count), "ok"
            )
            return redirect(url_for("results.council", class_id=class_id))
    status = 422 if form.is_submitted() else 200
    return render_template("results/council.html", page=page, form=form, ticked=_ticked()), status


def _ticked() -> frozenset[int]:
    numbers = (number_of(text) for text in request.form.getlist("pupils"))
    return frozenset(one for one in numbers if one is not None)


def _record(form: CouncilForm, class_id: int) -> int:
    draft = CouncilDraft(
        kind=form.kind.data or "",
        decided_on=form.decided_on.data or today(current_actor()),
        number=tidy(form.number.data or ""),
        text=tidy(form.text.data or ""),
    )
    return record_council(
        db.session(),
        current_actor(),
        class_id=class_id,
        draft=draft,
        pupil_ids=_ticked(),
        now=now(),
    )


@blueprint.post("/classes/<int:class_id>/council/withdraw")
@requires(Permission.RECORD_COUNCIL)
@commits
def withdraw(class_id: int) -> ResponseReturnValue:
    """Take back a decision that was written down by mistake."""
    withdraw_council(
        db.session(),
        current_actor(),
        class_id=class_id,
        pupil_id=number_of(request.form.get("pupil", "")) or 0,
        about=request.form.get("about", ""),
        now=now(),
    )
    flash(_("The decision is withdrawn."), "ok")
    return redirect(url_for("results.council", class_id=class_id))
