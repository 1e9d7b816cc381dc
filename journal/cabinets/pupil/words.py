"""What the pages of the diary say in the reader's language and draw as plots."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from journal.diary.pages import WeekPage
from journal.diary.rules.marks import SubjectMarks
from journal.diary.rules.terms import TermMarks
from journal.diary.rules.weeks import Week
from journal.grading.rules import decimal_text
from journal.webkit.i18n import day_month
from journal.webkit.plots import Spark, spark


@dataclass(frozen=True, slots=True)
class WeekWords:
    """The week in words, and its neighbours."""

    span: str
    previous: str
    following: str
    tomorrow: date


def week_words(page: WeekPage) -> WeekWords:
    """«16–21 ноября», the week before and the week after."""
    week = page.week
    return WeekWords(
        _week_span(week),
        _week_span(week.step(-1)),
        _week_span(week.step(1)),
        page.today + timedelta(days=1),
    )


def _week_span(week: Week) -> str:
    return span_words(week.days[0], week.days[-1])


def span_words(first: date, last: date) -> str:
    """«16–21 ноября», «30 ноября – 5 декабря»."""
    if first.month == last.month:
        return f"{first.day}–{day_month(last)}"
    return f"{day_month(first)} – {day_month(last)}"


def trends(terms: Iterable[TermMarks | None]) -> dict[tuple[int, int], Spark]:
    """The trend plots by term and subject; none where there are fewer than two numbers."""
    found = {}
    for term in terms:
        if term is None:
            continue
        drawn = {(term.term_id, row.subject_id): _trend(row) for row in term.subjects}
        found.update({place: plot for place, plot in drawn.items() if plot is not None})
    return found


def _trend(row: SubjectMarks) -> Spark | None:
    if not row.trend:
        return None
    sentence = _(
        "Average: from %(first)s to %(last)s",
        first=decimal_text(row.trend[0]),
        last=decimal_text(row.trend[-1]),
    )
    return spark(sentence, row.trend)
