"""Terms of keeping: counted from 1 January after the end of the year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.school.retention.rules import Kept, counted_from, free_from
from journal.school.retention.triggers import decisions


@pytest.mark.parametrize(
    ("last", "what", "free"),
    [
        (date(2021, 8, 31), Kept.JOURNALS, date(2027, 1, 1)),
        (date(2021, 5, 25), Kept.JOURNALS, date(2027, 1, 1)),
        (date(2020, 12, 31), Kept.JOURNALS, date(2026, 1, 1)),
        (date(2001, 8, 31), Kept.SHEETS, date(2027, 1, 1)),
    ],
)
def test_the_first_day_it_may_go(last: date, what: Kept, free: date) -> None:
    assert free_from(last, what) == free


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.sampled_from(Kept))
def test_never_before_so_many_whole_years(last: date, what: Kept) -> None:
    whole = {Kept.JOURNALS: 5, Kept.SHEETS: 25}[what]
    assert free_from(last, what).year - counted_from(last).year == whole
    assert free_from(last, what) > last.replace(year=last.year + whole, day=1)


def test_the_triggers_hold_the_same_terms() -> None:
    assert any("THEN 5 ELSE 25" in one for one in decisions().sqlite)
    assert any("THEN 5 ELSE 25" in one for one in decisions().postgresql)
