"""The director's first page."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.director.plots import week_plots
from journal.control.school_weeks import school_weeks
from journal.core.db import db
from journal.core.messages import N_
from journal.webkit.access import current_actor, requires, work_in_current_organisation
from journal.webkit.menu import MenuEntry
from journal.webkit.moment import now

blueprint = Blueprint("director", __name__, url_prefix="/director")
blueprint.before_request(work_in_current_organisation)
BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("The school in figures"),
        endpoint="director.home",
        permission=Permission.DIRECT_SCHOOL,
        order=10,
        home=True,
    ),
)


@blueprint.get("/")
@requires(Permission.DIRECT_SCHOOL)
def home() -> ResponseReturnValue:
    """Three figures of this week and of the seven before it."""
    page = school_weeks(db.session(), current_actor(), now=now())
    return render_template("cabinets/director/home.html", page=page, plots=week_plots(page))
