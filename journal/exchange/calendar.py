"""Half-years of a school: which day of which class belongs to which. Pure.

Half-year I ends with quarter 2, of half-year 1 where a parallel has half-years; II begins the next
day, so that the winter break belongs to II (monitoring-mp1.md §4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from journal.school.rules import TermSpan, terms_of_grade
from journal.school.stays import YearClass

FIRST_HALF, SECOND_HALF = 1, 2


@dataclass(frozen=True, slots=True)
class HalfYears:
    """The year and, by parallel, the first day of half-year II."""

    starts_on: date
    ends_before: date
    boundaries: dict[int, date]

    def half_of(self, grade: int, day: date) -> int:
        """1 or 2."""
        return FIRST_HALF if day < self.boundaries[grade] else SECOND_HALF

    def span(self, half: int, grade: int) -> tuple[date, date]:
        """The days of a half-year of a parallel, half-open."""
        boundary = self.boundaries[grade]
        if half == FIRST_HALF:
            return self.starts_on, boundary
        return boundary, self.ends_before


def half_years(
    starts_on: date, ends_before: date, terms: Iterable[TermSpan], classes: Iterable[YearClass]
) -> HalfYears:
    """A parallel with neither quarters nor half-years takes the latest boundary of the others, or
    else half-year II begins on 1 January."""
    terms, grades = list(terms), {one.grade for one in classes}
    found = {grade: _boundary(terms_of_grade(terms, grade)) for grade in grades}
    known = [day for day in found.values() if day is not None]
    usual = max(known) if known else date(starts_on.year + 1, 1, 1)
    return HalfYears(starts_on, ends_before, {grade: day or usual for grade, day in found.items()})


def _boundary(terms: list[TermSpan]) -> date | None:
    for kind, number in (("half_year", 1), ("quarter", 2)):
        for term in terms:
            if (term.kind, term.number) == (kind, number):
                return term.ends_before
    return None
