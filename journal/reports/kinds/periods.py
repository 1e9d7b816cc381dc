"""The period a form of the school is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from journal.core.errors import NotFound
from journal.core.messages import N_, Message
from journal.grading.as_of import AsOf
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


def made_as_of(desk: Desk, period: Period, as_of: AsOf | None) -> Iterator[Message]:
    """What a form of the period says of its moment: of a past day, or that the period goes on."""
    if as_of is not None:
        yield N_(
            "As of the end of %(day)s: term marks as they stood in the journal, pupils who were in "
            "the class by the orders of that day.",
            day=f"{as_of.day:%d.%m.%Y}",
        )
    elif desk.today <= period.last_day:
        yield N_("The period is not over: the figures are those of this moment.")


def said_period(year_name: str, period: Period, as_of: AsOf | None, say: Say) -> str:
    """«2026-2027 учебный год, II четверть, на 18.11.2026»."""
    place = period_name(period, say)
    said = say(N_("%(year)s academic year, %(place)s", year=year_name, place=place))
    if as_of is None:
        return said
    return say(N_("%(what)s, as of %(day)s", what=said, day=f"{as_of.day:%d.%m.%Y}"))
