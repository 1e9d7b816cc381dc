"""Views of the director's cabinet; its lists are those of `common.control`, read-only."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.director.trends import per_cent, trends
from journal.control.figures import figures
from journal.control.unfilled import Chosen, default_span
from journal.core.db import db
from journal.core.messages import N_
from journal.lessons.queries.lacking import lacking_by_teacher
from journal.webkit.access import current_actor, requires, work_in_current_organisation
from journal.webkit.menu import MenuEntry
from journal.webkit.moment import now, today

blueprint = Blueprint("director", __name__, url_prefix="/director")
blueprint.before_request(work_in_current_organisation)
BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("Figures of the school"),
        endpoint="director.home",
        permission=Permission.OVERSEE_SCHOOL,
        order=20,
        home=True,
    ),
)


@blueprint.get("/")
@requires(Permission.OVERSEE_SCHOOL)
def home() -> ResponseReturnValue:
    """Filled on time, attendance, lessons held: this week, the trend, and how each is computed."""
    session, actor = db.session(), current_actor()
    first, last = default_span(today(actor))
    shown = figures(session, actor, now=now())
    teachers = lacking_by_teacher(session, span=Chosen(first=first, last=last).span, now=now())
    return render_template(
        "cabinets/director/home.html",
        page=shown,
        trends=trends(shown),
        per_cent=per_cent,
        teachers=teachers,
        lacking=sum(one.lessons for one in teachers),
    )
