"""The attendance calendar of a pupil, for the staff."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.common.attendance.blueprint import blueprint, form_file
from journal.control.attendance.calendar import PupilCalendar, staff_calendar
from journal.core.db import db
from journal.reports.attendance_calendar import calendar_form
from journal.webkit.access import current_actor, requires
from journal.webkit.filters import typed_number
from journal.webkit.i18n import say
from journal.webkit.moment import now


@blueprint.get("/pupils/<int:pupil_id>")
@requires(Permission.OPEN_ATTENDANCE)
def pupil(pupil_id: int) -> ResponseReturnValue:
    """A year of a pupil (?year=) as weeks and days."""
    page = _page(pupil_id)
    form = calendar_form(page, say, school=current_actor().current.organisation_name)
    return render_template("attendance/pupil.html", page=page, form=form)


@blueprint.get("/pupils/<int:pupil_id>/calendar.<kind>")
@requires(Permission.OPEN_ATTENDANCE)
def pupil_file(pupil_id: int, kind: str) -> ResponseReturnValue:
    """The same weeks as PDF, xlsx or csv."""
    school = current_actor().current.organisation_name
    return form_file(calendar_form(_page(pupil_id), say, school=school), kind)


def _page(pupil_id: int) -> PupilCalendar:
    return staff_calendar(
        db.session(),
        current_actor(),
        pupil_id=pupil_id,
        year_id=typed_number("year"),
        now=now(),
    )
