"""Views of the deputy's cabinet; its lists are those of `common.control` and `common.unlocks`."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.control.deputy_day import deputy_day
from journal.core.db import db
from journal.core.messages import N_
from journal.webkit.access import current_actor, requires, work_in_current_organisation
from journal.webkit.menu import MenuEntry
from journal.webkit.moment import asked_day, now

blueprint = Blueprint("deputy", __name__, url_prefix="/deputy")
blueprint.before_request(work_in_current_organisation)
BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("School day"),
        endpoint="deputy.home",
        permission=Permission.RUN_DAY,
        order=25,
        home=True,
    ),
)


@blueprint.get("/")
@requires(Permission.RUN_DAY)
def home() -> ResponseReturnValue:
    """The day (?date=): unlocks to decide, who has not filled what, changes, the timetable."""
    page = deputy_day(db.session(), current_actor(), asked=asked_day(), now=now())
    return render_template("cabinets/deputy/home.html", page=page, now=now())
