"""The director's figures as plots: geometry from `webkit.plots`, words from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from journal.control.figures import Figures, WeekFigures
from journal.grading.rules import decimal_text
from journal.webkit.i18n import day
from journal.webkit.plots import BarPlot, Caption, Column, LinePlot, Point, bar_plot, line_plot


@dataclass(frozen=True, slots=True)
class Trends:
    """The three plots of the page."""

    filled: LinePlot
    attendance: LinePlot
    held: BarPlot


def per_cent(share: Fraction | None) -> str:
    """«96,4 %», or a dash where nothing is known."""
    return f"{decimal_text(share * 100, 1)}\N{NO-BREAK SPACE}%" if share is not None else "–"


def trends(figures: Figures) -> Trends:
    """One plot a figure over the weeks of the page."""
    weeks = figures.weeks
    return Trends(
        filled=_line(_("Filled on time by week"), weeks, [week.filled_share for week in weeks]),
        attendance=_line(_("Attendance by week"), weeks, [week.attendance for week in weeks]),
        held=bar_plot(
            _caption(_("Lessons held by week"), weeks, [str(week.held) for week in weeks]),
            [Column(day(week.monday), week.held, str(week.held)) for week in weeks],
        ),
    )


def _line(title: str, weeks: Sequence[WeekFigures], shares: Sequence[Fraction | None]) -> LinePlot:
    words = [per_cent(share) for share in shares]
    points = [
        Point(day(week.monday), None if share is None else share * 100, text)
        for week, share, text in zip(weeks, shares, words, strict=True)
    ]
    known = [share * 100 for share in shares if share is not None]
    low = min(90, int(min(known, default=Fraction(90))) // 10 * 10)
    ticks = [(low, f"{low}"), (100, "100")]
    return line_plot(_caption(title, weeks, words), points, ticks)


def _caption(title: str, weeks: Sequence[WeekFigures], words: Sequence[str]) -> Caption:
    told = ", ".join(f"{day(week.monday)}: {text}" for week, text in zip(weeks, words, strict=True))
    return Caption(title=title, sentence=f"{title}. {told}", corner=_("Week from"), row=title)
