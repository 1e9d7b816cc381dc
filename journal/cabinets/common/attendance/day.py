"""The school's attendance at this moment, and the sheet of the day."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.common.attendance.blueprint import blueprint, form_file
from journal.control.attendance.school_day import DayNow, day_now
from journal.core.db import db
from journal.reports.attendance_day import day_form
from journal.reports.forms import PaperForm
from journal.webkit.access import current_actor, requires
from journal.webkit.i18n import say
from journal.webkit.moment import asked_day, now


@blueprint.get("/day")
@requires(Permission.READ_ANY_ATTENDANCE)
def day() -> ResponseReturnValue:
    """Who is absent by class and reason (?date=), and which lessons are not taken."""
    page = _page()
    return render_template("attendance/day.html", page=page, form=_form(page), now=now())


@blueprint.get("/day.<kind>")
@requires(Permission.READ_ANY_ATTENDANCE)
def day_file(kind: str) -> ResponseReturnValue:
    """The same as PDF, xlsx or csv."""
    return form_file(_form(_page()), kind)


def _form(page: DayNow) -> PaperForm:
    here = current_actor().current
    return day_form(page, say, school=here.organisation_name, now=now(), time_zone=here.time_zone)


def _page() -> DayNow:
    return day_now(db.session(), current_actor(), asked=asked_day(), now=now())
