"""The spans a report of attendance offers, and which one an address means."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.control.attendance.periods import Asked, chosen_period, periods_of_year
from journal.lessons.queries.agenda import Days
from journal.school.rules import Span, TermSpan

YEAR = Span(date(2026, 9, 1), date(2027, 6, 1))
TODAY = date(2026, 11, 20)
NEVER = (None, None)
QUARTERS = (
    TermSpan(1, "quarter", 1, frozenset(), date(2026, 9, 1), date(2026, 10, 25), *NEVER),
    TermSpan(2, "quarter", 2, frozenset(), date(2026, 11, 2), date(2026, 12, 28), *NEVER),
    TermSpan(3, "quarter", 3, frozenset(), date(2027, 1, 11), date(2027, 3, 22), *NEVER),
)


def known(today: date = TODAY):  # type: ignore[no-untyped-def]
    return periods_of_year(QUARTERS, YEAR, today)


def test_months_and_terms_that_have_begun_and_the_year() -> None:
    found = [(one.kind, one.first, one.last) for one in known()]
    assert found == [
        ("month", date(2026, 9, 1), date(2026, 9, 30)),
        ("month", date(2026, 10, 1), date(2026, 10, 31)),
        ("month", date(2026, 11, 1), date(2026, 11, 30)),
        ("term", date(2026, 9, 1), date(2026, 10, 24)),
        ("term", date(2026, 11, 2), date(2026, 12, 27)),
        ("year", date(2026, 9, 1), date(2027, 5, 31)),
    ]


def test_months_stop_with_the_year() -> None:
    months = [one for one in known(date(2027, 8, 1)) if one.kind == "month"]
    assert len(months) == 9 and months[-1].last == date(2027, 5, 31)


@pytest.mark.parametrize(
    ("since", "until", "kind", "first", "last"),
    [
        (None, None, "term", date(2026, 11, 2), date(2026, 12, 27)),
        (date(2026, 9, 1), date(2026, 10, 24), "term", date(2026, 9, 1), date(2026, 10, 24)),
        (date(2026, 9, 1), date(2026, 9, 30), "month", date(2026, 9, 1), date(2026, 9, 30)),
        (date(2026, 9, 10), None, "range", date(2026, 9, 10), TODAY),
        (None, date(2026, 9, 10), "range", date(2026, 9, 1), date(2026, 9, 10)),
        # The wrong way round: the days between are meant.
        (date(2026, 9, 20), date(2026, 9, 10), "range", date(2026, 9, 10), date(2026, 9, 20)),
    ],
)
def test_what_an_address_means(
    since: date | None, until: date | None, kind: str, first: date, last: date
) -> None:
    found = chosen_period(known(), Asked(since, until), TODAY)
    assert (found.kind, found.first, found.last) == (kind, first, last)


def test_before_the_first_term_the_year_is_meant() -> None:
    found = chosen_period(known(date(2026, 8, 20)), Asked(), date(2026, 8, 20))
    assert found.kind == "year"


def test_the_latest_month_where_months_are_usual() -> None:
    assert chosen_period(known(), Asked(), TODAY, usual="month").first == date(2026, 11, 1)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 1)), st.integers(0, 400))
def test_any_days_are_exactly_those_days(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = chosen_period(known(), Asked(first, last), TODAY)
    assert found.span == Days(first, last + timedelta(days=1))
