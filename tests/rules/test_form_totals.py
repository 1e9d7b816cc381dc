"""A form's total is the sum of its entries; pieces of a wide table hold everything once."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from journal.grading.rules.shares import Tally, tally
from journal.reports.kinds.cells import whole_tally
from journal.reports.kinds.chunks import even_chunks
from journal.results.rules.periods import period_to_open, periods_of_year
from journal.school.rules import Span, TermSpan

VALUES = st.lists(st.sampled_from([None, "5", "4", "3", "2", "1", "н/а", "осв", "зач", "•"]))


@given(st.lists(VALUES, max_size=5))
def test_the_total_is_the_tally_of_all_entries(groups: list[list[str | None]]) -> None:
    total = whole_tally(tally(group) for group in groups)
    whole = tally(value for group in groups for value in group)
    assert +total.counts == +whole.counts and total.without == whole.without
    for name in ("attainment", "quality", "average", "average_formula"):
        assert getattr(total, name) == getattr(whole, name)
    assert total.level() == whole.level()


def test_nothing_has_no_average() -> None:
    assert whole_tally([]).average is None and whole_tally([]).average_formula == ""
    assert isinstance(whole_tally([]), Tally)


@given(st.lists(st.integers()), st.integers(1, 30))
def test_pieces_are_even_and_whole(items: list[int], most: int) -> None:
    parts = even_chunks(items, most)
    assert [one for part in parts for one in part] == items
    assert max(map(len, parts)) <= most
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
    assert len(parts) == max(1, -(-len(items) // most))


def term(number: int, kind: str, grades: set[int], first: date, before: date) -> TermSpan:
    return TermSpan(number, kind, number, frozenset(grades), first, before, None, None)


def test_terms_that_end_together_are_one_period() -> None:
    lower, upper = {5, 6}, {10}
    first, middle, christmas = date(2026, 9, 1), date(2026, 10, 26), date(2026, 12, 28)
    terms = [
        term(1, "quarter", lower, first, middle),
        term(2, "quarter", lower, middle + timedelta(7), christmas),
        term(1, "half_year", upper, first, christmas),
    ]
    quarter, half, year = periods_of_year(terms, Span(first, date(2027, 6, 1)))
    assert [one.key for one in (quarter, half, year)] == ["quarter-1", "quarter-2", "year"]
    assert quarter.place_of(10) is None
    found = half.place_of(10)
    assert found is not None and found.key == "half_year-1"
    assert len(half.names) == 2
    assert period_to_open([quarter, half, year], date(2026, 11, 20)) is quarter
    assert period_to_open([quarter, half, year], date(2027, 7, 1)) is year
