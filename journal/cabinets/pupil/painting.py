"""The pages of the diary in the reader's language, with their addresses and plots."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from flask import url_for
from markupsafe import Markup, escape

from journal.diary.pages import WeekPage
from journal.diary.painted import PaintedDay
from journal.diary.rules.marks import MarkLook, SubjectMarks, mark_css
from journal.diary.rules.terms import TermMarks
from journal.diary.rules.weeks import Week
from journal.grading.rules import quotient_text
from journal.webkit.diary_days import day_painter
from journal.webkit.i18n import day, day_month, ngettext, say, weekday_short
from journal.webkit.i18n import sentence_of as _
from journal.webkit.plots import Spark, spark


@dataclass(frozen=True, slots=True)
class PaintedSubject:
    """A subject of a term: marks, trend, and the average with the way to its explanation."""

    name: str
    term_mark: str
    marks: Markup
    plot: Spark | None
    average: str
    label: str
    url: str
    count: str


@dataclass(frozen=True, slots=True)
class PaintedTerm:
    """A term of marks; its name is empty between the terms."""

    id: int
    name: str
    subjects: tuple[PaintedSubject, ...]


class StripDay(NamedTuple):
    """A day of the strip over a week: the way to its section."""

    id: str
    weekday: str
    number: int
    current: bool


@dataclass(frozen=True, slots=True)
class PaintedWeek:
    """What a week's page writes down beside its head."""

    span: str
    previous: str
    following: str
    previous_url: str
    following_url: str
    tomorrow: date
    strip: tuple[StripDay, ...]
    days: tuple[PaintedDay, ...]
    earlier: tuple[PaintedDay, ...]
    term: PaintedTerm | None


def paint_week(page: WeekPage) -> PaintedWeek:
    """Put a week into words."""
    painter = day_painter()
    return PaintedWeek(
        _span(page.week),
        _span(page.week.step(-1)),
        _span(page.week.step(1)),
        _address(page, page.week.step(-1)),
        _address(page, page.week.step(1)),
        page.today + timedelta(days=1),
        _strip(page),
        painter.days(page.days),
        painter.days(page.earlier),
        paint_term(page.term, page.head.pupil_id) if page.term else None,
    )


def _strip(page: WeekPage) -> tuple[StripDay, ...]:
    """The sections of the page in the order of the week; nothing where there is only one."""
    firsts = sorted(day.first for day in (*page.earlier, *page.days))
    if len(firsts) < 2:
        return ()
    return tuple(
        StripDay(f"d{day.isoformat()}", weekday_short(day), day.day, day == page.today)
        for day in firsts
    )


def _address(page: WeekPage, week: Week) -> str:
    return url_for("pupil.week", pupil_id=page.head.pupil_id, week=week.name)


def _span(week: Week) -> str:
    """«16–21 ноября», «30 ноября – 5 декабря»."""
    days = week.days
    first, last = days[0], days[-1]
    if first.month == last.month:
        return f"{first.day}–{day_month(last)}"
    return f"{day_month(first)} – {day_month(last)}"


def paint_term(term: TermMarks, pupil_id: int) -> PaintedTerm:
    """Put the marks of a term into words. Between the terms there is no average to explain."""
    painter = _SubjectPainter(term, pupil_id)
    name = say(term.name) if term.name else ""
    return PaintedTerm(term.term_id, name, tuple(map(painter.paint, term.subjects)))


class _SubjectPainter:
    """Paints the subjects of one term: words and addresses are looked up once."""

    def __init__(self, term: TermMarks, pupil_id: int) -> None:
        self._with_average = term.name is not None
        self._url = url_for("pupil.average", pupil_id=pupil_id, subject_id=0, term=term.term_id)
        self._average = _("Average")
        self._trend = _("Average: from %(first)s to %(last)s")
        self._awaited = _("answer awaited until")
        self._count, self._mark = cache(_count), cache(self._paint)

    def paint(self, row: SubjectMarks) -> PaintedSubject:
        """One subject."""
        average = (row.average.text or "") if self._with_average else ""
        return PaintedSubject(
            row.subject,
            row.term_mark or "",
            Markup("".join(map(self._mark, row.marks))),
            self._plot(row) if average else None,
            average,
            f"{row.subject}. {self._average} {average}",
            self._url.replace("/0?", f"/{row.subject_id}?"),
            self._count(row.counted) if average else "",
        )

    def _paint(self, mark: MarkLook) -> Markup:
        """Asked once for each look of a page."""
        value, weight, retaken, until = mark
        title = f"{self._awaited} {day(until)}" if until else ""
        return _mark(value, retaken, weight, title)

    def _plot(self, row: SubjectMarks) -> Spark | None:
        if len(row.trend) < 2:
            return None
        first, last = quotient_text(*row.trend[0]), quotient_text(*row.trend[-1])
        ends = {"first": first, "last": last}
        return spark(self._trend % ends, [total / weights for total, weights in row.trend])


@lru_cache(maxsize=1024)  # a term of marks has a handful of looks
def _mark(value: str, struck: bool, weight: int, title: str) -> Markup:
    """A mark, its weight where it is not 1, and until when a • waits."""
    inside = Markup("<s>{}</s>").format(value) if struck else escape(value)
    titled = Markup(' title="{}"').format(title) if title else ""
    weighs = Markup("<sub>×{}</sub>").format(weight) if weight != 1 else ""
    shape = Markup('<span><span class="{}"{}>{}</span>{}</span>')
    return shape.format(mark_css(value), titled, inside, weighs)


def _count(marks: int) -> str:
    return ngettext("%(num)s mark", "%(num)s marks", marks) % {"num": marks}
