"""Rules of excuses: dates that can be meant, who decides, ranges that join."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.attendance.rules.excuses import (
    ExcuseDraft,
    check_draft,
    check_family_dates,
    contains,
    joined,
    last_day,
    needs_deputy,
    widened,
)
from journal.core.errors import RuleViolation
from journal.school.rules import Span

TODAY = date(2026, 11, 20)


def draft(first: int = 0, last: int | None = 0, code: str = "b", text: str = "ОРВИ") -> ExcuseDraft:
    """Days counted from today."""
    end = None if last is None else TODAY + timedelta(days=last)
    return ExcuseDraft(first=TODAY + timedelta(days=first), last=end, code=code, text=text)


@pytest.mark.parametrize(
    ("given_draft", "field"),
    [
        (draft(code="n"), "code"),
        (draft(first=2, last=0), "last"),
        (draft(last=None, code="u"), "last"),
        (draft(first=-400, last=-399), "first"),
        (draft(first=0, last=367), "first"),
        (draft(code="u", text=""), "text"),
        (draft(text="я" * 2001), "text"),
    ],
)
def test_what_cannot_be_meant_names_its_field(given_draft: ExcuseDraft, field: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_draft(given_draft, today=TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize("fine", [draft(), draft(last=None), draft(-31, -30), draft(text="")])
def test_what_can_be_meant_passes(fine: ExcuseDraft) -> None:
    check_draft(fine, today=TODAY)
    check_family_dates(fine, today=TODAY)


def test_a_family_explains_a_month_back_at_most() -> None:
    with pytest.raises(RuleViolation) as refused:
        check_family_dates(draft(first=-32, last=0), today=TODAY)
    assert refused.value.field == "first"


@pytest.mark.parametrize(
    ("days", "code", "limit", "deputy"),
    [(3, "u", 3, False), (4, "u", 3, True), (30, "b", 3, False), (None, "b", 3, False)],
)
def test_a_longer_leave_needs_the_deputy(
    days: int | None, code: str, limit: int, deputy: bool
) -> None:
    ends = None if days is None else TODAY + timedelta(days=days)
    assert needs_deputy(Span(TODAY, ends), code, limit) is deputy


def spans() -> st.SearchStrategy[Span]:
    lengths = st.one_of(st.none(), st.integers(1, 20))
    return st.builds(
        lambda start, length: Span(
            TODAY + timedelta(days=start),
            None if length is None else TODAY + timedelta(days=start + length),
        ),
        st.integers(0, 60),
        lengths,
    )


@given(st.lists(spans(), max_size=6))
def test_joining_keeps_the_days_and_leaves_gaps(given_spans: list[Span]) -> None:
    found = joined(given_spans)
    for day in (TODAY + timedelta(days=n) for n in range(90)):
        assert any(s.covers(day) for s in found) == any(s.covers(day) for s in given_spans)
    for one, other in pairwise(found):
        assert one.ends_before is not None and one.ends_before < other.starts_on
    for span in given_spans:
        assert any(contains(whole, span) for whole in found)


def test_the_last_day_is_inclusive() -> None:
    assert last_day(Span(TODAY, TODAY + timedelta(days=1))) == TODAY
    assert last_day(Span(TODAY, None)) is None


@given(spans(), spans())
def test_a_later_word_widens_a_notice(waiting: Span, later: Span) -> None:
    """No day of either is lost, but those after a last day that was told later."""
    if len(joined([waiting, later])) > 1:
        return
    whole = widened(waiting, later)
    assert whole.starts_on == min(waiting.starts_on, later.starts_on)
    told = later.ends_before if waiting.ends_before is None else None
    for day in (TODAY + timedelta(days=n) for n in range(90)):
        over = told is not None and waiting.starts_on < told <= day
        assert whole.covers(day) == (not over and (waiting.covers(day) or later.covers(day)))
