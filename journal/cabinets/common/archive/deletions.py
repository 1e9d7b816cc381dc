"""Deletion of what was kept for its term: one person proposes, another confirms."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from journal.access import Permission
from journal.cabinets.common.archive.blueprint import blueprint
from journal.core.db import db
from journal.core.errors import NotFound, RuleViolation
from journal.core.jobs import enqueue
from journal.core.messages import N_
from journal.school.calendar import YearSpan, years
from journal.school.retention.queries import Decision, decision
from journal.school.retention.rules import KEPT_NAMES, STEP_NAMES, Kept, Step, free_from
from journal.transfer.archive.keeping import archives
from journal.transfer.retention.rows import ROW_NAMES
from journal.transfer.retention.service import (
    check_deletable,
    confirm_deletion,
    propose_deletion,
    withdraw_deletion,
)
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.fields import Text
from journal.webkit.forms import Form, field_errors
from journal.webkit.i18n import say
from journal.webkit.job_kinds import DELETE_KEPT
from journal.webkit.moment import now

_WORDS = {
    "row_names": ROW_NAMES,
    "kept_names": KEPT_NAMES,
    "step_names": STEP_NAMES,
    "Step": Step,
}


class ProposalForm(Form):
    """Why: the act by which the school's commission decided."""

    reason = Text(
        _l("Ground"),
        [InputRequired(_l("Name the act or order of the school.")), Length(max=500)],
        description=_l("For instance: act of the expert commission of 15.01.2032 No. 3."),
    )


class ConfirmationForm(Form):
    """The year typed out, so that nothing is confirmed by a slip."""

    year = Text(
        _l("Type the year to confirm"),
        [InputRequired(_l("Type the year as it is called.")), Length(max=20)],
    )


@blueprint.route("/years/<int:year_id>/delete/<what>", methods=["GET", "POST"])
@requires(Permission.KEEP_ARCHIVE)
@commits
def propose(year_id: int, what: str) -> ResponseReturnValue:
    """The dry run, and the proposal."""
    year, kept = _year(year_id), _kept(what)
    form = ProposalForm()
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            decision_id = propose_deletion(
                db.session(),
                current_actor(),
                year_id=year.id,
                what=kept,
                reason=form.reason.data or "",
                now=now(),
            )
            flash(_("Proposed. Nothing is deleted before another person confirms."), "ok")
            return redirect(url_for("archive.deletion", decision_id=decision_id))
    page = _dry_run(year, kept) | {"form": form, "year": year, "what": kept}
    status = 422 if form.errors else 200
    return render_template("archive/propose.html", **page, **_WORDS), status


def _dry_run(year: YearSpan, what: Kept) -> dict[str, Any]:
    """What would go, or why nothing may."""
    free = free_from(year.last_day, what)
    kept = [one for one in archives(db.session()) if one.year_id == year.id]
    try:
        counts = check_deletable(db.session(), current_actor(), year, what, now())
    except RuleViolation as refused:
        return {"counts": {}, "refused": say(refused.message), "free": free, "archives": kept}
    return {"counts": counts, "refused": "", "free": free, "archives": kept}


def _year(year_id: int) -> YearSpan:
    found = next((one for one in years(db.session()) if one.id == year_id), None)
    if found is None:
        raise NotFound()
    return found


def _kept(what: str) -> Kept:
    if what not in set(Kept):
        raise NotFound()
    return Kept(what)


@blueprint.route("/deletions/<int:decision_id>", methods=["GET", "POST"])
@requires(Permission.KEEP_ARCHIVE)
@commits
def deletion(decision_id: int) -> ResponseReturnValue:
    """A proposal with its counts; the second person confirms it here."""
    form, found = ConfirmationForm(), decision(db.session(), decision_id)
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            confirm_deletion(
                db.session(), current_actor(), decision_id, year=form.year.data or "", now=now()
            )
            _begin(found)
            flash(_("Confirmed. The deletion is under way."), "ok")
            return redirect(url_for("archive.page"))
    own = found.proposed_by == current_actor().account_id
    kept = [one for one in archives(db.session()) if one.year_id == found.year_id]
    page = {"decision": found, "own": own, "form": form, "archives": kept}
    status = 422 if form.errors else 200
    return render_template("archive/deletion.html", **page, **_WORDS), status


def _begin(found: Decision) -> None:
    actor = current_actor()
    enqueue(
        db.session(),
        organisation_id=actor.organisation_id,
        kind=DELETE_KEPT,
        now=now(),
        params={"decision": found.id, "name": f"{found.year}: {say(KEPT_NAMES[found.what])}"},
        account_id=actor.account_id,
    )


@blueprint.post("/deletions/<int:decision_id>/withdraw")
@requires(Permission.KEEP_ARCHIVE)
@commits
def withdraw(decision_id: int) -> ResponseReturnValue:
    """Take the proposal back."""
    try:
        with db.session.begin_nested():
            withdraw_deletion(db.session(), current_actor(), decision_id, now=now())
        flash(_("The proposal is withdrawn."), "ok")
    except RuleViolation as refused:
        flash(say(refused.message), "bad")
    return redirect(url_for("archive.page"))


@blueprint.post("/deletions/<int:decision_id>/again")
@requires(Permission.KEEP_ARCHIVE)
@commits
def again(decision_id: int) -> ResponseReturnValue:
    """Carry out a confirmed deletion whose work broke off."""
    found = decision(db.session(), decision_id)
    if found.state is not Step.CONFIRMED:
        flash(say(N_("This deletion waits for nothing any more.")), "bad")
    else:
        _begin(found)
    return redirect(url_for("archive.page"))
