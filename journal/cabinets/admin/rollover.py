"""The roll-over of the year: decisions of pupils, a dry run, the work, its undoing."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import Length, Optional

from journal.access import Permission
from journal.cabinets.admin.blueprint import blueprint
from journal.core.db import db
from journal.core.errors import NotFound, RuleViolation
from journal.core.jobs import enqueue
from journal.core.messages import N_
from journal.office.rollover.classes import read_groups
from journal.office.rollover.queries import Turn, old_classes, old_pupils, subject_names, turn_of
from journal.office.rollover.rules import DECISIONS, LAST_GRADE, Decision, TurnPlan, first_classes
from journal.office.rollover.service import TurnChoices, decide, read_plan
from journal.office.rollover.undoing import undo_turn
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.fields import Text
from journal.webkit.filters import number_of
from journal.webkit.forms import Form, day_of_a_school, field_errors
from journal.webkit.i18n import say
from journal.webkit.job_kinds import TURN_YEAR
from journal.webkit.moment import now, today


class TurnForm(Form):
    """The order and the coming first classes."""

    firsts = Text(
        _l("New first classes"),
        [Optional(), Length(max=200)],
        description=_l("Like 1А, 1Б. Their pupils are enrolled afterwards."),
    )
    order_number = Text(_l("Number of the order"), [Optional(), Length(max=100)])
    order_date = DateField(_l("Date of the order"), [Optional(), day_of_a_school])


@blueprint.route("/rollover", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def rollover() -> ResponseReturnValue:
    """Every class with what becomes of it; a dry run first, then the work as a job."""
    turn = turn_of(db.session(), today(current_actor()))
    classes = old_classes(db.session(), turn.old.id)
    first = [one.name for one in classes if one.grade == 1]
    form, plan = TurnForm(data={"firsts": ", ".join(first)}), None
    if form.validate_on_submit():
        with field_errors(form):
            _check_ready(turn)
            choices = _choices(form)
            plan = read_plan(db.session(), turn.old, choices)
            if request.form.get("step") == "run" and not plan.problems:
                return redirect(url_for("admin.job", job_id=_begin(turn, choices)))
    ticked = _leaving() if form.is_submitted() else frozenset[int]()
    page = {"turn": turn, "form": form, "classes": classes, "plan": plan, "ticked": ticked}
    status = 422 if form.is_submitted() and (form.errors or (plan and plan.problems)) else 200
    page |= {"exceptions": _exceptions(turn), **_groups(turn, plan)}
    return render_template("cabinets/admin/rollover.html", **page, **_WORDS), status


_WORDS = {"Decision": Decision, "decisions": DECISIONS, "last": LAST_GRADE}


def _groups(turn: Turn, plan: TurnPlan | None) -> dict[str, Any]:
    """What the dry run says of subgroups."""
    if plan is None:
        return {"groups": None}
    groups = read_groups(db.session(), turn.old, turn.new, plan)
    return {"groups": groups, "subjects": subject_names(db.session())}


def _check_ready(turn: Turn) -> None:
    if turn.new is None:
        raise RuleViolation("", N_("There is no next academic year yet. Enter it first."))
    if turn.done is not None:
        raise RuleViolation("", N_("The year was rolled over already. Undo it first."))


def _choices(form: TurnForm) -> TurnChoices:
    return TurnChoices(
        leaving=_leaving(),
        firsts=tuple(first_classes(form.firsts.data or "")),
        order_number=form.order_number.data,
        order_date=form.order_date.data,
    )


def _leaving() -> frozenset[int]:
    typed = (number_of(one) for one in request.form.getlist("leaving"))
    return frozenset(one for one in typed if one is not None)


def _begin(turn: Turn, choices: TurnChoices) -> int:
    dated = choices.order_date.isoformat() if choices.order_date else None
    return enqueue(
        db.session(),
        organisation_id=current_actor().organisation_id,
        kind=TURN_YEAR,
        now=now(),
        params={
            "old": turn.old.id,
            "leaving": sorted(choices.leaving),
            "firsts": list(choices.firsts),
            "order_number": choices.order_number,
            "order_date": dated,
            "name": f"{turn.old.name} → {turn.new.name if turn.new else ''}",
        },
        account_id=current_actor().account_id,
    )


def _exceptions(turn: Turn) -> dict[int, list[tuple[str, Decision]]]:
    """By class: names of whom something else was decided beforehand."""
    found: dict[int, list[tuple[str, Decision]]] = {}
    for one in old_pupils(db.session(), turn.old):
        if one.decision is not Decision.PROMOTED:
            found.setdefault(one.class_id, []).append((one.name, one.decision))
    return found


@blueprint.route("/rollover/classes/<int:class_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def rollover_class(class_id: int) -> ResponseReturnValue:
    """What becomes of each pupil of a class."""
    turn = turn_of(db.session(), today(current_actor()))
    group = next((o for o in old_classes(db.session(), turn.old.id) if o.id == class_id), None)
    if group is None:
        raise NotFound()
    pupils = old_pupils(db.session(), turn.old, class_id=class_id)
    refused, status = "", 200
    if request.method == "POST":
        try:
            chosen = {one.pupil_id: _decision(one.pupil_id) for one in pupils}
            decide(db.session(), current_actor(), year=turn.old, decisions=chosen)
            flash(_("The decisions are noted."), "ok")
            return redirect(url_for("admin.rollover"))
        except RuleViolation as violation:
            refused, status = say(violation.message), 422
    page: dict[str, Any] = {"group": group, "pupils": pupils, "refused": refused}
    return render_template(
        "cabinets/admin/rollover_class.html", **page, decisions=DECISIONS
    ), status


def _decision(pupil_id: int) -> Decision:
    typed = request.form.get(f"p{pupil_id}", Decision.PROMOTED.value)
    if typed not in {one.value for one in Decision}:
        raise RuleViolation("", N_("Choose one of the list."))
    return Decision(typed)


@blueprint.post("/rollover/undo")
@requires(Permission.MANAGE_SCHOOL)
@commits
def undo_rollover() -> ResponseReturnValue:
    """Everything as it was, as long as the new year has no lesson."""
    turn = turn_of(db.session(), today(current_actor()))
    try:
        undo_turn(db.session(), current_actor(), from_year_id=turn.old.id, now=now())
    except RuleViolation as refused:
        flash(say(refused.message), "bad")
    else:
        flash(_("The roll-over is undone: everybody is in the class of before."), "ok")
    return redirect(url_for("admin.rollover"))
