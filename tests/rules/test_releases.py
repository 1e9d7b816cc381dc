"""Rules of releases by order: days, overlaps, what a closed term keeps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.attendance.rules.releases import (
    GivenRelease,
    ReleaseDraft,
    changed_days,
    check_draft,
    refuse_closed,
    refuse_twice,
)
from journal.core.errors import RuleViolation
from journal.school.rules import Span, TermSpan

TODAY = date(2026, 11, 20)
FIRST = TermSpan(
    1,
    "quarter",
    1,
    frozenset(),
    date(2026, 9, 1),
    date(2026, 10, 25),
    None,
    date(2026, 10, 29),
)


def draft(**changes: object) -> ReleaseDraft:
    facts: dict[str, object] = {"kind": "attending", "subject_id": 7, "order": "№ 45 от 20.11.2026"}
    facts |= {"first": TODAY, "last": TODAY + timedelta(days=30)}
    return ReleaseDraft(**(facts | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "lateness"}, "kind"),
        ({"order": ""}, "order"),
        ({"order": "№" * 201}, "order"),
        ({"last": TODAY - timedelta(days=1)}, "last"),
        ({"first": TODAY + timedelta(days=367), "last": None}, "first"),
    ],
)
def test_what_no_order_says_is_refused(changes: dict[str, object], field: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_draft(draft(**changes), today=TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize("last", [None, TODAY, TODAY + timedelta(days=200)])
def test_an_order_holds_to_its_last_day_or_until_further_word(last: date | None) -> None:
    check_draft(draft(last=last), today=TODAY)
    assert draft(last=last).span.covers(last or date(2030, 1, 1))
    assert last is None or not draft(last=last).span.covers(last + timedelta(days=1))


@pytest.mark.parametrize(
    ("kind", "subject", "days", "refused"),
    [
        ("attending", 7, (date(2026, 12, 1), None), True),
        ("attending", 7, (date(2026, 12, 21), None), False),
        ("attending", 8, (date(2026, 12, 1), None), False),
        ("attending", None, (date(2026, 12, 1), None), False),
        ("practice", 7, (date(2026, 12, 1), None), False),
        ("attending", 7, (date(2026, 9, 1), date(2026, 11, 20)), False),
    ],
)
def test_one_release_from_one_thing_at_a_time(
    kind: str, subject: int | None, days: tuple[date, date | None], refused: bool
) -> None:
    known = [GivenRelease("attending", 7, Span(date(2026, 11, 20), date(2026, 12, 21)))]
    if not refused:
        refuse_twice(kind, subject, Span(*days), known)
        return
    with pytest.raises(RuleViolation):
        refuse_twice(kind, subject, Span(*days), known)


@pytest.mark.parametrize(
    ("days", "refused"),
    [
        ((date(2026, 10, 24), None), True),
        ((date(2026, 10, 25), None), False),  # the break belongs to no term
        ((date(2026, 9, 1), date(2026, 9, 2)), True),
    ],
)
def test_a_closed_term_keeps_its_figures(days: tuple[date, date | None], refused: bool) -> None:
    if not refused:
        refuse_closed([Span(*days)], [FIRST], today=TODAY, field="first")
        return
    with pytest.raises(RuleViolation) as told:
        refuse_closed([Span(*days)], [FIRST], today=TODAY, field="first")
    assert told.value.message.params["day"] == date(2026, 10, 24)
    refuse_closed([Span(*days)], [FIRST], today=date(2026, 10, 28), field="first")


DAYS = st.dates(date(2026, 9, 1), date(2026, 9, 30))
SPANS = st.builds(
    lambda first, length: Span(first, None if length is None else first + timedelta(days=length)),
    DAYS,
    st.none() | st.integers(1, 20),
)


@given(before=st.none() | SPANS, after=st.none() | SPANS, day=DAYS)
def test_a_day_on_which_something_changes_is_always_named(
    before: Span | None, after: Span | None, day: date
) -> None:
    held = [span is not None and span.covers(day) for span in (before, after)]
    named = any(span.covers(day) for span in changed_days(before, after))
    assert named or held[0] == held[1]


@given(first=DAYS, ends=st.tuples(st.integers(1, 20), st.integers(1, 20)), day=DAYS)
def test_another_last_day_changes_no_other_days(
    first: date, ends: tuple[int, int], day: date
) -> None:
    before, after = (Span(first, first + timedelta(days=length)) for length in ends)
    named = any(span.covers(day) for span in changed_days(before, after))
    assert named == (before.covers(day) != after.covers(day))
