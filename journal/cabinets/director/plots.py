"""The director's figures as lines over the weeks, with the numbers under each."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flask_babel import gettext as _

from journal.control.school_weeks import SchoolWeeks, Week
from journal.grading.rules import decimal_text
from journal.webkit.i18n import day
from journal.webkit.plots import Caption, LinePlot, Point, line_plot


def per_cent(value: Fraction | None) -> str:
    """«93,4 %», «–» where nothing is known."""
    return "–" if value is None else f"{decimal_text(value, 1)}\N{NO-BREAK SPACE}%"


def per_lesson(value: Fraction | None) -> str:
    """«1,42»."""
    return "–" if value is None else decimal_text(value)


def week_plots(page: SchoolWeeks) -> tuple[LinePlot, LinePlot]:
    """Filled lessons in per cent; pupil-lessons missed for each lesson held."""
    most = max((w.missed_per_lesson or Fraction(0) for w in page.weeks), default=Fraction(0))
    filled = _plot(
        page,
        _("Filled lessons"),
        _("Share of held lessons in which nothing is missing, by weeks"),
        lambda week: week.filled_share,
        per_cent,
        [(0, "0"), (50, "50"), (100, "100")],
    )
    top = int(most) + 1
    missed = _plot(
        page,
        _("Missed for each lesson"),
        _("Pupils absent from a lesson on the average, by weeks"),
        lambda week: week.missed_per_lesson,
        per_lesson,
        [(0, "0"), (top, str(top))],
    )
    return filled, missed


def _plot(
    page: SchoolWeeks,
    title: str,
    sentence: str,
    figure: Callable[[Week], Fraction | None],
    words: Callable[[Fraction | None], str],
    ticks: list[tuple[Fraction | int, str]],
) -> LinePlot:
    points = [Point(day(week.monday), figure(week), words(figure(week))) for week in page.weeks]
    caption = Caption(title=title, sentence=sentence, corner=_("Week of"), row=title)
    return line_plot(caption, points, ticks)
