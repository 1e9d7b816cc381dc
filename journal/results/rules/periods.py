"""The periods of a school: terms that end on one day belong together, whatever they are called.

«II четверть» of the lower parallels and «I полугодие» of the upper ones end on one day and are
summed up in one form. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from journal.core.messages import Message
from journal.results.rules.places import Place, place_of_term
from journal.school.rules import Span, TermSpan


@dataclass(frozen=True, slots=True)
class Period:
    """A period with its place for each set of parallels (empty = all)."""

    key: str
    names: tuple[Message, ...]
    places: tuple[tuple[frozenset[int], Place], ...]

    def place_of(self, grade: int) -> Place | None:
        """The place at which the parallel gets its marks of the period."""
        return next((place for grades, place in self.places if not grades or grade in grades), None)

    @property
    def span(self) -> Span:
        """From the first day of the longest of its terms to the end."""
        first = min(place.span.starts_on for _, place in self.places)
        return Span(first, self.places[0][1].span.ends_before)

    @property
    def last_day(self) -> date:
        """The day its rosters are of."""
        return self.places[0][1].last_day


def periods_of_year(terms: Iterable[TermSpan], year: Span) -> tuple[Period, ...]:
    """The terms of the year by their last day, then the year; shorter terms name a period first."""
    by_end: dict[date, list[TermSpan]] = {}
    for term in sorted(terms, key=lambda one: (one.ends_before, -one.starts_on.toordinal())):
        by_end.setdefault(term.ends_before, []).append(term)
    found = [_of_terms(own) for own in by_end.values()]
    if found:
        found.append(_of_year(year))
    return tuple(found)


def _of_terms(own: Sequence[TermSpan]) -> Period:
    places = tuple((term.grades, place_of_term(term)) for term in own)
    names = dict.fromkeys(place.name.key + str(place.number) for _, place in places)
    first = {place.name.key + str(place.number): place.name for _, place in reversed(places)}
    return Period(places[0][1].key, tuple(first[name] for name in names), places)


def _of_year(year: Span) -> Period:
    place = Place(
        kind="year", number=0, term_id=None, span=year, marks_from=None, marks_before=None
    )
    return Period(place.key, (place.name,), ((frozenset(), place),))


def period_to_open(periods: Sequence[Period], today: date) -> Period | None:
    """The latest that has ended, else the first: what is summed up is over."""
    ended = [one for one in periods if one.last_day < today]
    return ended[-1] if ended else next(iter(periods), None)
