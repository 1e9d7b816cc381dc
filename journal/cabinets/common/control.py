"""Lists of control that several roles read: the day's timetable, lessons not filled."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.control.school_day import school_day
from journal.control.unfilled import LONGEST, Chosen, default_span, unfilled
from journal.core.db import db
from journal.core.messages import N_
from journal.webkit.access import current_actor, requires, work_in_current_organisation
from journal.webkit.filters import typed_number
from journal.webkit.menu import MenuEntry, MenuGroup
from journal.webkit.moment import asked_day, now, today

blueprint = Blueprint("control", __name__, url_prefix="/control")
blueprint.before_request(work_in_current_organisation)
BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("Not filled"),
        endpoint="control.not_filled",
        permission=Permission.CONTROL_FILLING,
        order=60,
        group=MenuGroup.JOURNALS,
    ),
    MenuEntry(
        label=N_("Day's timetable"),
        endpoint="control.timetable",
        permission=Permission.CONTROL_FILLING,
        order=61,
        group=MenuGroup.TIMETABLE,
    ),
)


@blueprint.get("/timetable")
@requires(Permission.READ_SCHOOL_TIMETABLE)
def timetable() -> ResponseReturnValue:
    """The school's day (?date=): classes × lesson numbers, changes and gaps marked."""
    page = school_day(db.session(), current_actor(), asked=asked_day(), now=now())
    return render_template("shared/control/timetable.html", page=page, now=now())


@blueprint.get("/not-filled")
@requires(Permission.CONTROL_FILLING)
def not_filled() -> ResponseReturnValue:
    """Lessons not filled by teacher, narrowed by ?from=, ?to=, ?class= and ?teacher=."""
    page = unfilled(db.session(), current_actor(), chosen=_chosen(), now=now())
    return render_template("shared/control/not_filled.html", page=page, now=now())


def _chosen() -> Chosen:
    first, last = default_span(today(current_actor()))
    last = asked_day("to") or last
    first = min(asked_day("from") or first, last)
    return Chosen(
        first=max(first, last - LONGEST + timedelta(days=1)),
        last=last,
        class_id=typed_number("class"),
        staff_id=typed_number("teacher"),
    )
