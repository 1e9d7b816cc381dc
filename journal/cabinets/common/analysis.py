"""Comparisons of classes, parallels and subjects, as plots and as tables; what is left open."""

from __future__ import annotations

from fractions import Fraction

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.core.db import db
from journal.core.messages import N_
from journal.grading.rules import decimal_text
from journal.reports.analysis.queries import Analysis, analysis, oversight
from journal.results.rules.periods import Period
from journal.webkit.access import current_actor, requires, work_in_current_organisation
from journal.webkit.i18n import say
from journal.webkit.menu import MenuEntry, MenuGroup
from journal.webkit.moment import now
from journal.webkit.plots import BarPlot, Caption, Column, bar_plot
from journal.webkit.point_plots import Named, PointPlot, Series, scatter_plot, series_plot

blueprint = Blueprint("analysis", __name__, url_prefix="/control/analysis")
blueprint.before_request(work_in_current_organisation)
BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("Analysis"),
        endpoint="analysis.page",
        permission=Permission.CONTROL_FILLING,
        order=62,
        group=MenuGroup.JOURNALS,
    ),
)
_MARKS = (("5", "m5"), ("4", "m4"), ("3", "m3"), ("2", "m2"), ("1", "m2"), ("н/а", ""))


@blueprint.get("/")
@requires(Permission.CONTROL_FILLING)
def page() -> ResponseReturnValue:
    """The comparisons of a period (?at=), by default of the latest that has ended."""
    found = analysis(db.session(), current_actor(), at=request.args.get("at"), now=now())
    return render_template(
        "analysis/page.html",
        page=found,
        links=_links(found),
        period_words=period_words,
        quality=_quality(found),
        distribution=_distribution(found),
        attendance=_attendance(found),
        per_cent=per_cent,
        attended=_attended(found),
    )


def _links(found: Analysis) -> list[dict[str, object]]:
    return [
        {
            "label": period_words(one),
            "url": url_for("analysis.page", at=one.key),
            "current": one == found.chosen,
        }
        for one in found.periods
    ]


def _attended(found: Analysis) -> dict[str, str]:
    """The attendance of classes with enough pupils, as their plot has it."""
    enough = {str(one.name) for one in found.classes if one.enough}
    shares = ((name, share) for name, share in found.attendance.items() if name in enough)
    return {name: per_cent(None if share is None else share * 100) for name, share in shares}


@blueprint.get("/open")
@requires(Permission.OVERSEE_SCHOOL)
def left_open() -> ResponseReturnValue:
    """What deputies and the administrator have left open, and the activity rating."""
    return render_template(
        "analysis/open.html", page=oversight(db.session(), current_actor(), now=now())
    )


def period_words(period: Period) -> str:
    """«II четверть, I полугодие»."""
    return ", ".join(say(name) for name in period.names)


def per_cent(value: Fraction | None) -> str:
    """«66,7», or a dash."""
    return "–" if value is None else decimal_text(value, 1)


def _quality(found: Analysis) -> PointPlot | None:
    """Classes across, a shape for each term that has ended."""
    names = [str(one.name) for one in found.classes]
    series = [
        Series(
            period_words(period),
            tuple(classes[name].quality_value if name in classes else None for name in names),
            tuple(
                f"{period_words(period)}: "
                + per_cent(classes[name].quality_value if name in classes else None)
                for name in names
            ),
        )
        for period, classes in found.trend
    ]
    if not any(value is not None for one in series for value in one.values):
        return None
    title = _("Quality by class and term, per cent")
    return series_plot(title, title, names, series)


def _distribution(found: Analysis) -> BarPlot | None:
    counts = [(value, css, found.marks.counts[value]) for value, css in _MARKS]
    if not sum(count for _value, _css, count in counts):
        return None
    title = _("How many of which marks")
    told = ", ".join(f"{value}: {count}" for value, _css, count in counts)
    caption = Caption(title=title, sentence=f"{title}. {told}", corner=_("Mark"), row=_("Count"))
    return bar_plot(
        caption, [Column(value, count, str(count), css) for value, css, count in counts]
    )


def _attendance(found: Analysis) -> PointPlot | None:
    points = []
    for one in found.classes:
        share, average = found.attendance.get(str(one.name)), one.average
        if share is not None and average is not None:
            words = f"{one.name}: {per_cent(share * 100)} %, {decimal_text(average)}"
            points.append(Named(str(one.name), share * 100, average, words))
    if not points:
        return None
    title = _("Average mark against attendance, per cent")
    return scatter_plot(title, title, points, across=_around(points, "x", 2), up=_fifths(points))


def _around(points: list[Named], field: str, step: int) -> list[tuple[Fraction, str]]:
    """Ticks of a whole step from below the least value to a hundred."""
    low = int(min(getattr(one, field) for one in points)) // step * step
    return [(Fraction(value), str(value)) for value in range(min(low, 98), 101, step)]


def _fifths(points: list[Named]) -> list[tuple[Fraction, str]]:
    """Ticks of 0,2 around the averages."""
    low = int(min(one.y for one in points) * 5)
    high = max(int(max(one.y for one in points) * 5) + 1, low + 1)
    found = [Fraction(value, 5) for value in range(low, high + 1)]
    return [(value, decimal_text(value, 1)) for value in found]
