"""The spans a report of attendance is drawn up for: months, terms, the year, any days. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from journal.core.messages import N_, Message
from journal.lessons.queries.agenda import Days
from journal.school.rules import Span, TermSpan, term_name

MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days with a name; `kind` is month, term, year or range."""

    kind: str
    name: Message
    span: Days

    @property
    def first(self) -> date:
        """The first day."""
        return self.span.starts_on

    @property
    def last(self) -> date:
        """The last day, inclusive."""
        return self.span.ends_before - DAY


@dataclass(frozen=True, slots=True)
class Asked:
    """The days of an address, inclusive; None is not said."""

    since: date | None = None
    until: date | None = None


def periods_of_year(terms: Iterable[TermSpan], year: Span, today: date) -> tuple[Period, ...]:
    """The months and terms that have begun, in order, and the whole year."""
    found = [*_months(year, today), *_terms(terms, today)]
    whole = Days(year.starts_on, year.ends_before or today + DAY)
    return (*found, Period("year", N_("Whole year"), whole))


def _months(year: Span, today: date) -> Iterator[Period]:
    first = year.starts_on
    last = today if year.ends_before is None else min(today, year.ends_before - DAY)
    while first <= last:
        before = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        ends = before if year.ends_before is None else min(before, year.ends_before)
        name = N_("%(month)s %(year)s", month=MONTHS[first.month - 1], year=str(first.year))
        yield Period("month", name, Days(first, ends))
        first = before


def _terms(terms: Iterable[TermSpan], today: date) -> Iterator[Period]:
    """A term of several parallels once; parallels whose days differ have one each."""
    seen = set()
    for term in terms:
        key = (term.kind, term.number, term.starts_on, term.ends_before)
        if term.starts_on <= today and key not in seen:
            seen.add(key)
            span = Days(term.starts_on, term.ends_before)
            yield Period("term", term_name(term.kind, term.number), span)


def chosen_period(
    known: Sequence[Period], asked: Asked, today: date, *, usual: str = "term"
) -> Period:
    """What the address asks for: a known span under its name, or any days, whichever comes first.

    Without days the latest `usual` one that has begun, else the whole year.
    """
    if asked.since is None and asked.until is None:
        begun = [one for one in known if one.kind == usual]
        return max(begun, key=lambda one: one.first, default=known[-1])
    since = asked.since or known[-1].first
    until = asked.until or max(today, since)
    since, until = min(since, until), max(since, until)
    span = Days(since, until + DAY)
    named = next((one for one in known if one.span == span), None)
    return named or Period("range", _words(since, until), span)


def _words(since: date, until: date) -> Message:
    first, last = f"{since:%d.%m.%Y}", f"{until:%d.%m.%Y}"
    if since == until:
        return N_("on %(day)s", day=first)
    return N_("%(first)s–%(last)s", first=first, last=last)
