"""The plots of a journal page: numbers put into words, places and links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from flask_babel import format_date, gettext, ngettext

from journal.cabinets.common.register.painted import Link
from journal.cabinets.common.register.painting import period_name, term_links
from journal.register.figures import CourseFigures
from journal.register.rules.cells import MARK_CSS
from journal.register.rules.figures import AWAITED, Share, Stretch
from journal.school.titles import course_title
from journal.webkit.i18n import day
from journal.webkit.plots import BarPlot, Caption, Column, LinePlot, Point, bar_plot, line_plot

_TICKS = ((5, "5"), (4, "4"), (3, "3"), (2, "2"))
_CSS = MARK_CSS | {"зач": "m5", "незач": "m2"}


@dataclass(frozen=True, slots=True)
class StretchRow:
    """A week or a month of the table under the trend."""

    label: str
    marks: int
    average: str | None
    explain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintedFigures:
    """The page of figures in words. `trend` is None where no mark is a number."""

    title: str
    period: str
    journal: str
    terms: tuple[Link, ...]
    marks: int
    average: str | None
    explain: str
    shares: BarPlot | None
    trend: LinePlot | None
    rows: tuple[StretchRow, ...]
    by_months: bool


def paint_figures(figures: CourseFigures) -> PaintedFigures:
    """Put the figures into words."""
    head, term = figures.head, figures.term
    count = sum(share.count for share in figures.shares)
    awaited = sum(share.count for share in figures.shares if share.value == AWAITED)
    rows = tuple(_row(figures, one) for one in figures.stretches if one.figure.value is not None)
    return PaintedFigures(
        title=course_title(head.classes_key, head.subject, head.subgroup),
        period=period_name(head, term),
        journal=url_for("register.journal", course_id=head.course_id, term=term.id if term else 0),
        terms=term_links(head, term, "register.figures"),
        marks=count - awaited,
        average=figures.average.text,
        explain=_explain(figures, None),
        shares=_shares(figures.shares) if count else None,
        trend=_trend(figures) if rows else None,
        rows=rows,
        by_months=term is None,
    )


def _explain(figures: CourseFigures, starts_on: date | None) -> str:
    return url_for(
        "register.figure",
        course_id=figures.head.course_id,
        term=figures.term.id if figures.term else 0,
        since=starts_on and starts_on.isoformat(),
    )


def stretch_name(starts_on: date, *, by_months: bool) -> str:
    """«02.11–08.11», «ноябрь»."""
    if by_months:
        return str(format_date(starts_on, "LLLL"))
    return f"{day(starts_on)}–{day(starts_on + timedelta(days=6))}"


def _row(figures: CourseFigures, stretch: Stretch) -> StretchRow:
    return StretchRow(
        label=stretch_name(stretch.starts_on, by_months=figures.term is None),
        marks=stretch.figure.count,
        average=stretch.figure.text,
        explain=_explain(figures, stretch.starts_on),
    )


def _shares(shares: tuple[Share, ...]) -> BarPlot:
    said = ", ".join(f"{share.value}: {share.count}" for share in shares)
    caption = Caption(
        title=gettext("How often each mark was given"),
        sentence=gettext("Marks of the page: %(list)s", list=said),
        corner=gettext("Mark"),
        row=gettext("How many"),
    )
    return bar_plot(
        caption,
        [
            Column(share.value, share.count, str(share.count), _CSS.get(share.value, ""))
            for share in shares
        ],
    )


def _trend(figures: CourseFigures) -> LinePlot:
    by_months = figures.term is None
    title = gettext("The average by month") if by_months else gettext("The average by week")
    known = [one for one in figures.stretches if one.figure.text]
    said = ngettext(
        "%(title)s: %(num)s point, from %(first)s to %(last)s",
        "%(title)s: %(num)s points, from %(first)s to %(last)s",
        len(known),
        title=title,
        first=known[0].figure.text,
        last=known[-1].figure.text,
    )
    caption = Caption(title=title, sentence=said, corner="", row=gettext("Average"))
    return line_plot(
        caption, [_point(one, by_months=by_months) for one in figures.stretches], _TICKS
    )


def _point(stretch: Stretch, *, by_months: bool) -> Point:
    starts_on = stretch.starts_on
    label = str(format_date(starts_on, "LLL")) if by_months else day(starts_on)
    return Point(label, stretch.figure.value, stretch.figure.text or "")
