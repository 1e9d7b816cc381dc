"""The period a form of the school is asked for."""

from __future__ import annotations

from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.reports.kinds.asking import Desk, Say
from journal.results.rules.periods import Period, period_to_open, periods_of_year
from journal.school.calendar import YearSpan
from journal.school.queries import term_spans
from journal.school.rules import Span


def periods_of(desk: Desk, year: YearSpan) -> tuple[Period, ...]:
    """Those of the year in order."""
    return periods_of_year(
        term_spans(desk.session, year.id), Span(year.starts_on, year.ends_before)
    )


_NO_TERMS = N_("The year has no terms: the administrator enters them.")


def period_of(desk: Desk, year: YearSpan, at: str | None) -> Period:
    """The period of an address; without one the latest that has ended. NotFound for others."""
    found = periods_of(desk, year)
    chosen = period_to_open(found, desk.today) if at is None else None
    chosen = chosen or next((one for one in found if one.key == at), None)
    if chosen is None:
        raise NotFound(None if found else _NO_TERMS)
    return chosen


def period_name(period: Period, say: Say) -> str:
    """«II четверть, I полугодие»."""
    return ", ".join(say(name) for name in period.names)
