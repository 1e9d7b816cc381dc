"""The school's rules of marks: everybody of the staff reads them, the administrator enters them."""

from __future__ import annotations

from decimal import Decimal

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.results.blueprint import blueprint
from journal.cabinets.common.results.forms import RulesForm
from journal.cabinets.common.results.words import HALVES, RETAKES
from journal.core.db import db
from journal.core.text import tidy
from journal.grading.rule_queries import rule_book
from journal.grading.rules import USUAL, Half, Retake, RuleBook, RuleSet
from journal.grading.service.rule_sets import add_rule_set, withdraw_rule_set
from journal.results.queries.preview import Preview
from journal.results.queries.preview import preview as preview_of
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.forms import field_errors
from journal.webkit.moment import now, today


@blueprint.get("/rules")
@requires(Permission.OPEN_JOURNAL)
def rules() -> ResponseReturnValue:
    """The versions of the act, the one in force first."""
    return render_template(
        "results/rules.html", book=_book(), usual=USUAL, retakes=RETAKES, halves=HALVES
    )


def _book() -> RuleBook:
    actor = current_actor()
    return rule_book(db.session(), actor.organisation_id, today=today(actor))


@blueprint.route("/rules/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def new_rules() -> ResponseReturnValue:
    """A new version from a day to come; the form begins with the rules in force."""
    form = RulesForm(obj=_book().until(None))
    if form.validate_on_submit():
        with field_errors(form):
            add_rule_set(db.session(), current_actor(), _typed(form), now=now())
            flash(_("The rules are entered. They hold from their day on."), "ok")
            return redirect(url_for("results.rules"))
    return _form(form)


def _form(form: RulesForm, found: Preview | None = None) -> ResponseReturnValue:
    status = 422 if form.is_submitted() and form.errors else 200
    return render_template("results/rules_new.html", form=form, preview=found), status


@blueprint.post("/rules/preview")
@requires(Permission.MANAGE_SCHOOL)
def preview_rules() -> ResponseReturnValue:
    """What the typed rules would change in the proposals of the present terms. Writes nothing."""
    form = RulesForm()
    if not form.validate_on_submit():
        return _form(form)
    return _form(form, preview_of(db.session(), current_actor(), _typed(form), now=now()))


def _typed(form: RulesForm) -> RuleSet:
    numbers = (form.five_from.data, form.four_from.data, form.three_from.data)
    five, four, three = (one or Decimal(0) for one in numbers)
    return RuleSet(
        valid_from=form.valid_from.data,
        title=tidy(form.title.data or ""),
        act=(form.act.data or "").strip(),
        five_from=five,
        four_from=four,
        three_from=three,
        minimum_marks=form.minimum_marks.data or 0,
        missed_over=form.missed_over.data or 0,
        retake=Retake(form.retake.data),
        final_half=Half(form.final_half.data),
    )


@blueprint.post("/rules/<int:rules_id>/withdraw")
@requires(Permission.MANAGE_SCHOOL)
@commits
def withdraw_rules(rules_id: int) -> ResponseReturnValue:
    """Take back a version whose day has not come."""
    withdraw_rule_set(db.session(), current_actor(), rules_id, now=now())
    flash(_("The version is withdrawn."), "ok")
    return redirect(url_for("results.rules"))
