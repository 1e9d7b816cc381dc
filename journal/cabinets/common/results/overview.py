"""The state of the terms, and the administrator's days of entering."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.results.blueprint import blueprint
from journal.cabinets.common.results.forms import DaysForm, FinalDaysForm
from journal.cabinets.common.results.links import Link
from journal.cabinets.common.results.numbers import numbers_from
from journal.core.db import db
from journal.core.errors import RuleViolation
from journal.core.messages import N_, Message
from journal.office.terms import Days, FinalPlace, set_final_days, set_term_days
from journal.results.queries.overview import overview as read_overview
from journal.results.queries.stages import load_stage, load_year
from journal.results.rules.states import Stage, StageState
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.filters import typed_number
from journal.webkit.forms import field_errors
from journal.webkit.moment import now, today

STATES: dict[StageState, tuple[Message, str]] = {
    StageState.NOT_SET: (N_("days of entering not set"), "bad"),
    StageState.COMING: (N_("to come"), "plain"),
    StageState.OPEN: (N_("marks are being entered"), "ok"),
    StageState.CLOSED: (N_("closed"), "locked"),
}


@blueprint.get("/")
@requires(Permission.OPEN_JOURNAL)
def overview() -> ResponseReturnValue:
    """What is open and who has not entered: the school, own courses, own class (?stage=)."""
    page = read_overview(
        db.session(),
        current_actor(),
        year_id=typed_number("year"),
        stage=request.args.get("stage"),
        now=now(),
    )
    links = [
        Link(one.name, url_for("results.overview", year=one.id), one == page.year)
        for one in page.years
    ]
    return render_template("results/overview.html", page=page, states=STATES, links=links)


@blueprint.route("/terms/<int:term_id>/days", methods=["GET", "POST"])
@requires(Permission.SET_WINDOWS)
@commits
def term_days(term_id: int) -> ResponseReturnValue:
    """Set or prolong the days in which marks of a term are entered."""
    stage = load_stage(db.session(), term_id=term_id)
    form = DaysForm(kept={"first": stage.place.marks_from, "last": stage.last_day})
    if form.validate_on_submit():
        with field_errors(form):
            days = _days(form)
            set_term_days(db.session(), current_actor(), term_id=term_id, days=days, now=now())
            flash(_("The days of entering are set."), "ok")
            return redirect(url_for("results.overview", stage=stage.key))
    return _form(form, stage)


def _days(form: DaysForm) -> Days:
    last = form.last.data or today(current_actor())
    return Days(first=form.first.data, last=last, reason=form.reason.data or "")


def _form(form: DaysForm, stage: Stage | None) -> ResponseReturnValue:
    status = 422 if form.is_submitted() else 200
    return render_template("results/days.html", form=form, stage=stage), status


@blueprint.route("/years/<int:year_id>/days", methods=["GET", "POST"])
@requires(Permission.SET_WINDOWS)
@commits
def final_days(year_id: int) -> ResponseReturnValue:
    """Set or prolong the days of year, exam and final marks (?kind=, ?grades= fill the form in)."""
    load_year(db.session(), year_id)
    form = FinalDaysForm(kind=request.args.get("kind"), grades=request.args.get("grades"))
    if form.validate_on_submit():
        with field_errors(form):
            place = FinalPlace(year_id, form.kind.data or "", _grades(form.grades.data or ""))
            days = _days(form)
            set_final_days(db.session(), current_actor(), place=place, days=days, now=now())
            flash(_("The days of entering are set."), "ok")
            return redirect(url_for("results.overview", year=year_id))
    return _form(form, None)


def _grades(text: str) -> frozenset[int]:
    grades = numbers_from(text)
    if grades is None:
        raise RuleViolation("grades", N_("Enter grades from 1 to 12, separated by commas."))
    return grades
