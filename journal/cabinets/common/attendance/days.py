"""The daily curve of the school's attendance with its table."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.attendance.rules.tally import tenths_text
from journal.cabinets.common.attendance.blueprint import (
    asked,
    blueprint,
    form_file,
    period_links,
)
from journal.control.attendance.school_days import SchoolDays, school_days
from journal.core.db import db
from journal.reports.attendance_days import days_form
from journal.reports.forms import PaperForm
from journal.webkit.access import current_actor, requires
from journal.webkit.i18n import day, say
from journal.webkit.moment import now
from journal.webkit.plots import Caption, LinePlot, Point, line_plot

_LABELS = 8  # days named under the curve


@blueprint.get("/days")
@requires(Permission.OPEN_ATTENDANCE)
def days() -> ResponseReturnValue:
    """Day by day over the chosen days (?from=, ?to=)."""
    page = _page()
    return render_template(
        "attendance/days.html",
        report=page,
        form=_form(page),
        plot=_plot(page),
        terms=period_links(page.known, page.period, "term", "year"),
        months=period_links(page.known, page.period, "month"),
    )


@blueprint.get("/days.<kind>")
@requires(Permission.OPEN_ATTENDANCE)
def days_file(kind: str) -> ResponseReturnValue:
    """The same days as PDF, xlsx or csv."""
    return form_file(_form(_page()), kind)


def _page() -> SchoolDays:
    return school_days(db.session(), current_actor(), asked=asked(), now=now())


def _form(page: SchoolDays) -> PaperForm:
    return days_form(page, say, school=current_actor().current.organisation_name)


def _plot(page: SchoolDays) -> LinePlot | None:
    """None below two known days: there is no curve through one."""
    known = [one.tenths for one in page.days if one.tenths is not None]
    if len(known) < 2:
        return None
    step = -(-len(page.days) // _LABELS)
    points = [
        Point(
            day(one.day) if not place % step else "",
            one.tenths,
            "" if one.tenths is None else f"{tenths_text(one.tenths)}\N{NO-BREAK SPACE}%",
        )
        for place, one in enumerate(page.days)
    ]
    low = min(900, min(known) // 100 * 100)
    ticks = [(low, str(low // 10)), (1000, "100")]
    return line_plot(_caption(page, min(known), max(known)), points, ticks)


def _caption(page: SchoolDays, least: int, most: int) -> Caption:
    title = _("Attendance by day, per cent")
    sentence = _(
        "%(title)s. Lowest %(least)s, highest %(most)s, days: %(count)s. The numbers are in the "
        "table below.",
        title=title,
        least=tenths_text(least),
        most=tenths_text(most),
        count=len(page.days),
    )
    return Caption(title=title, sentence=sentence, corner=_("Day"), row=title)
