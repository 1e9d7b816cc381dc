"""Other bells on a weekday or on one date."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.planning.blueprint import attempt, blueprint, planner
from journal.cabinets.common.planning.forms import ActForm, BellsForm
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.office.service.following import lessons_follow
from journal.timetable.other_bells import (
    OtherBellsDraft,
    add_other_bells,
    drop_other_bells,
    other_bells,
)
from journal.timetable.week import all_bells
from journal.timetable.words import WEEKDAYS
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.fields import choices
from journal.webkit.i18n import say
from journal.webkit.moment import now


@blueprint.get("/bells")
@requires(Permission.PLAN_TIMETABLE)
def bells() -> ResponseReturnValue:
    """Which bells ring instead of which, and when."""
    return _page(BellsForm(formdata=None))


@blueprint.post("/bells/new")
@requires(Permission.PLAN_TIMETABLE)
@commits
def add_bells() -> ResponseReturnValue:
    """Shortened lessons of a day before a holiday, class hours on Mondays."""
    form = BellsForm()
    _offer(form)
    if form.validate_on_submit():
        with attempt(form):
            add_other_bells(planner(), _draft(form))
            lessons_follow(db.session(), current_actor(), now=now())
            flash(_("The bells are saved; the lessons ring by them."), "ok")
            return redirect(url_for("planning.bells"))
    return _page(form), 422


@blueprint.post("/bells/<int:exception_id>/drop")
@requires(Permission.PLAN_TIMETABLE)
@commits
def drop_bells(exception_id: int) -> ResponseReturnValue:
    """The usual bells again."""
    if not ActForm().validate_on_submit():
        raise NotFound()
    drop_other_bells(planner(), exception_id=exception_id)
    lessons_follow(db.session(), current_actor(), now=now())
    flash(_("The bells are saved; the lessons ring by them."), "ok")
    return redirect(url_for("planning.bells"))


def _draft(form: BellsForm) -> OtherBellsDraft:
    return OtherBellsDraft(
        schedule_id=form.bells.data or 0,
        instead_id=form.instead.data or 0,
        weekday=form.weekday.data or None,
        held_on=form.held_on.data,
        grades=frozenset(form.grades.data or ()),
    )


def _offer(form: BellsForm) -> None:
    form.bells.choices = form.instead.choices = choices(_named().items())
    days = [(day, say(words)) for day, words in WEEKDAYS.items()]
    form.weekday.choices = choices([(0, "–"), *days])


def _named() -> dict[int, str]:
    return {
        one.id: say(N_("%(name)s, shift %(number)s", name=one.name, number=one.shift))
        for one in all_bells(db.session())
    }


def _page(form: BellsForm) -> str:
    _offer(form)
    rows = other_bells(db.session())
    return render_template("planning/bells.html", form=form, rows=rows, names=_named())
