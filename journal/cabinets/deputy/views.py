"""Views of the deputy's cabinet; the director reads the lists here too."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.control.school_day import school_day
from journal.control.school_filling import school_filling
from journal.core.db import db
from journal.core.messages import N_
from journal.lessons.queries.unlocks import pending_unlocks
from journal.webkit.access import current_actor, requires, work_in_current_organisation
from journal.webkit.menu import MenuEntry
from journal.webkit.moment import asked_day, now

blueprint = Blueprint("deputy", __name__, url_prefix="/deputy")
blueprint.before_request(work_in_current_organisation)
BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("The day"),
        endpoint="deputy.home",
        permission=Permission.CONTROL_FILLING,
        order=20,
        home=True,
    ),
    MenuEntry(
        label=N_("Not filled"),
        endpoint="deputy.filling",
        permission=Permission.CONTROL_FILLING,
        order=21,
    ),
)


@blueprint.get("/")
@requires(Permission.CONTROL_FILLING)
def home() -> ResponseReturnValue:
    """The school's day (?date=, today without it): lessons, changes, requests that wait."""
    page = school_day(db.session(), current_actor(), asked=asked_day(), now=now())
    waiting = pending_unlocks(db.session(), now=now())
    return render_template("cabinets/deputy/home.html", page=page, waiting=waiting)


@blueprint.get("/filling")
@requires(Permission.CONTROL_FILLING)
def filling() -> ResponseReturnValue:
    """Lessons that lack something (?from=, ?to=, ?teacher=, ?class=)."""
    page = school_filling(
        db.session(),
        current_actor(),
        since=asked_day("from"),
        until=asked_day("to"),
        staff_id=request.args.get("teacher", type=int),
        class_name=request.args.get("class", ""),
        now=now(),
    )
    return render_template("cabinets/deputy/filling.html", page=page)
