"""A page in figures: nothing is counted twice, and the parts make the whole."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.grading.rules import Entry, Retake, RuleSet, weighted_average
from journal.register.rules.figures import (
    ORDER,
    addends,
    distribution,
    first_of_month,
    monday,
    stretches,
)
from journal.register.rules.presence import why_no_absence, why_no_mark

DAYS = st.dates(date(2026, 9, 1), date(2027, 5, 31))
CELLS = st.lists(
    st.tuples(DAYS, st.sampled_from(ORDER), st.integers(1, 10), st.none() | st.sampled_from(ORDER)),
    max_size=25,
)


def marks(cells: list[tuple[date, str, int, str | None]]) -> list[Entry]:
    """Each cell a mark, some with its retake, which stands in the same lesson."""
    found = []
    for number, (day, value, weight, retake) in enumerate(cells):
        found.append(Entry(2 * number, day, "Ответ", value, weight))
        if retake:
            again = Entry(2 * number + 1, day, "Ответ", retake, weight, retake_of=2 * number)
            found.append(again)
    return found


@given(CELLS, st.sampled_from(Retake))
def test_shares_and_stretches_lose_and_double_nothing(
    cells: list[tuple[date, str, int, str | None]], retake: Retake
) -> None:
    entries, rules = marks(cells), RuleSet(retake=retake)
    replaced = sum(1 for cell in cells if cell[3]) if retake is Retake.REPLACES else 0
    shares = distribution(entries, "five_point", rules)
    assert sum(share.count for share in shares) == len(entries) - replaced
    places = [ORDER.index(share.value) for share in shares]
    assert places == sorted(places)
    assert {"5", "4", "3", "2"} <= {share.value for share in shares}
    whole = weighted_average(entries, rules)
    for begin in (monday, first_of_month):
        parts = stretches(entries, begin, rules)
        counted = [one.mark_id for part in parts for one in part.figure.explanation.counted]
        assert sorted(counted) == [one.mark_id for one in whole.explanation.counted]
        assert [part.starts_on for part in parts] == sorted({begin(e.held_on) for e in entries})
    assert sum(one.total for one in addends(whole)) == whole.explanation.total


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_a_week_begins_on_monday(day: date) -> None:
    assert monday(day).weekday() == 0
    assert timedelta(0) <= day - monday(day) < timedelta(7)


@pytest.mark.parametrize(
    ("allowed", "value", "code", "refused"),
    [
        (True, "5", "n", False),
        (False, "5", "n", True),
        (False, "зач", "b", True),
        (False, "5", "o", False),  # late is present
        (False, "5", None, False),
        (False, "•", "u", False),
        (False, "осв", "p", False),
    ],
)
def test_the_rule_about_marks_of_absent_pupils(
    allowed: bool, value: str, code: str | None, refused: bool
) -> None:
    assert (why_no_mark(allowed=allowed, value=value, code=code) is not None) == refused
    reverse = why_no_absence(allowed=allowed, code=code or "o", values=[value])
    assert (reverse is not None) == refused
