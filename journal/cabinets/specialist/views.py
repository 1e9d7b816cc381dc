"""Views of the specialist's cabinet."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.control.risk import risk_desk
from journal.core.db import db
from journal.core.messages import N_
from journal.grading.rules import decimal_text
from journal.webkit.access import current_actor, requires, work_in_current_organisation
from journal.webkit.menu import MenuEntry
from journal.webkit.moment import asked_day, now

blueprint = Blueprint("specialist", __name__, url_prefix="/specialist")
blueprint.before_request(work_in_current_organisation)
BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("Absences and risk"),
        endpoint="specialist.home",
        permission=Permission.READ_RISK,
        order=50,
        home=True,
    ),
)


@blueprint.get("/")
@requires(Permission.READ_RISK)
def home() -> ResponseReturnValue:
    """Who is absent on the day (?date=), and who missed more than 30 % of the last four weeks."""
    page = risk_desk(db.session(), current_actor(), asked=asked_day(), now=now())
    return render_template("cabinets/specialist/home.html", page=page, decimal_text=decimal_text)
