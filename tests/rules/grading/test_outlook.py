"""What lies ahead by the rules: a fall needs two terms with marks, н/а needs lessons missed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.grading.rules import USUAL, RuleSet
from journal.grading.rules.outlook import Ahead, Fall, ahead_of, fall_of, is_falling
from journal.grading.rules.proposals import Attended, propose_for_term
from tests.rules.grading.marks import entries

MATHS = (7, "Математика")


def fall(before: str, now: str, rules: RuleSet = USUAL) -> Fall | None:
    return fall_of(MATHS, (entries(*before), rules), (entries(*now), rules))


@pytest.mark.parametrize(
    ("before", "now", "depth"),
    [
        ("555", "444", "1"),
        ("554", "444", "2/3"),
        ("5544", "4444", "1/2"),  # exactly half a mark is shown
        ("55444", "4444", None),  # 0.4 is not
        ("444", "555", None),  # it rose
        ("55", "2222", None),  # too few marks before
        ("5555", "22", None),  # too few now
    ],
)
def test_a_fall_between_two_terms(before: str, now: str, depth: str | None) -> None:
    found = fall(before, now)
    assert (str(found.depth) if found else None) == depth


def test_the_fewest_marks_are_the_schools_rule() -> None:
    assert fall("55", "22", RuleSet(minimum_marks=2)) is not None
    assert fall("5555", "2222", RuleSet(minimum_marks=5)) is None


def test_marks_that_are_no_numbers_do_not_count() -> None:
    before = (entries("5", "5", "осв", "•"), USUAL)
    assert fall_of(MATHS, before, (entries(*"2222"), USUAL)) is None


def test_one_deep_fall_or_two_are_a_risk() -> None:
    deep, half = fall("555", "444"), fall("5544", "4444")
    assert deep is not None and half is not None
    assert is_falling([deep]) and is_falling([half, half])
    assert not is_falling([half]) and not is_falling([])


@given(st.text("2345", min_size=3, max_size=9), st.text("2345", min_size=3, max_size=9))
def test_a_fall_one_way_is_none_the_other(before: str, now: str) -> None:
    assert fall(before, now) is None or fall(now, before) is None


def ahead(marks: str, missed: int, planned: int, **more: object) -> Ahead | None:
    usual = {"scale": "five_point", "grade": 5, "rules": USUAL}
    attended = Attended(planned=planned, missed=missed)
    return ahead_of(MATHS, entries(*marks), attended, **(usual | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("marks", "missed", "planned", "told"),
    [
        ("", 2, 3, True),
        ("45", 6, 10, True),
        ("45", 5, 10, False),  # exactly half is not more than half
        ("455", 9, 10, False),  # enough marks
        ("", 2, 2, False),  # two lessons say nothing yet
        ("", 0, 10, False),
    ],
)
def test_not_attested_if_nothing_changes(marks: str, missed: int, planned: int, told: bool) -> None:
    assert bool(ahead(marks, missed, planned)) is told


def test_no_marks_are_given_nothing_is_ahead() -> None:
    assert ahead("", 3, 4, grade=1) is None
    assert ahead("", 3, 4, scale="none") is None
    assert ahead("", 3, 4, scale="pass_fail") is not None


def test_the_share_is_the_schools_rule() -> None:
    assert ahead("", 3, 10, rules=RuleSet(missed_over=29)) is not None
    assert ahead("", 3, 10, rules=RuleSet(missed_over=30)) is None


@given(
    st.text("2345", max_size=4),
    st.integers(0, 12),
    st.integers(3, 12),
    st.integers(1, 99),
    st.integers(1, 5),
)
def test_it_is_the_proposal_of_the_term(
    marks: str, missed: int, planned: int, over: int, fewest: int
) -> None:
    missed = min(missed, planned)
    rules = RuleSet(missed_over=over, minimum_marks=fewest, five_from=Decimal("4.60"))
    attended = Attended(planned=planned, missed=missed)
    proposal = propose_for_term(entries(*marks), attended, scale="five_point", grade=5, rules=rules)
    found = ahead(marks, missed, planned, rules=rules)
    assert (found is not None) is (proposal.value == "н/а")
