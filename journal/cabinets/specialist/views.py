"""Views of the specialist's cabinet."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.control.outlook import FEWEST_MISSED, LIMIT_PERCENT
from journal.control.risk import Why, risk_desk
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.grading.rules.outlook import DEEP_FALL, FEWEST_LESSONS, SHOWN_FALL
from journal.people.pupil_notes.queries import noted_pupils
from journal.school.directory import pupil_page
from journal.school.titles import subject_words
from journal.webkit.access import current_actor, requires, work_in_current_organisation
from journal.webkit.filters import typed_page
from journal.webkit.menu import MenuEntry
from journal.webkit.moment import asked_day, now, today

blueprint = Blueprint("specialist", __name__, url_prefix="/specialist")
blueprint.before_request(work_in_current_organisation)
MENU = (
    MenuEntry(
        label=N_("Absences and risk"),
        endpoint="specialist.home",
        permission=Permission.READ_RISK,
        order=50,
        home=True,
    ),
    MenuEntry(
        label=N_("Pupils and notes"),
        endpoint="specialist.pupils",
        permission=Permission.READ_RISK,
        order=51,
    ),
)
# What the pages say about how it is judged.
RULES = {
    "limit": LIMIT_PERCENT,
    "missed": FEWEST_MISSED,
    "lessons": FEWEST_LESSONS,
    "shown": SHOWN_FALL,
    "deep": DEEP_FALL,
}


@blueprint.get("/")
@requires(Permission.READ_RISK)
def home() -> ResponseReturnValue:
    """Who is absent on the day (?date=), and who is at risk (?why= narrows to one kind)."""
    page = risk_desk(db.session(), current_actor(), asked=asked_day(), why=_asked_why(), now=now())
    return render_template(
        "cabinets/specialist/home.html", page=page, rules=RULES, whys=Why, words=subject_words
    )


def _asked_why() -> Why | None:
    text = request.args.get("why", "")
    if text and text not in set(Why):
        raise NotFound()
    return Why(text) if text else None


@blueprint.get("/pupils")
@requires(Permission.READ_RISK)
def pupils() -> ResponseReturnValue:
    """Any pupil by name (?q=), and those there are notes about."""
    text = request.args.get("q", "").strip()[:100]
    day = today(current_actor())
    found = pupil_page(db.session(), day=day, text=text, page=typed_page()) if text else None
    return render_template(
        "cabinets/specialist/pupils.html",
        text=text,
        found=found,
        noted=noted_pupils(db.session(), current_actor()),
    )
