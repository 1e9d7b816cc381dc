"""When a change of an average is worth a word."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from journal.grading.rules import Entry, weighted_average
from journal.grading.rules.averages import Figure
from journal.grading.rules.rule_sets import USUAL
from journal.grading.rules.trends import change


def figure(values: str, weight: int = 1) -> Figure:
    entries = [
        Entry(number, date(2026, 9, 1), "Ответ", value, weight)
        for number, value in enumerate(values.split())
    ]
    return weighted_average(entries, USUAL)


@pytest.mark.parametrize(
    ("before", "now", "words", "told"),
    [
        ("5 5 5", "4 4 4", "−1,00", True),
        ("4 4 4 4", "4 4 5 5", "+0,50", True),
        ("4 4 4", "4 4 5", "+0,33", False),
        ("4 4 4", "4 4 4", "0,00", False),
    ],
)
def test_half_a_mark_is_worth_a_word(before: str, now: str, words: str, told: bool) -> None:
    found = change(figure(before), figure(now))
    assert found is not None
    assert (found.words, found.worth_a_word) == (words, told)
    assert found.difference == Fraction(now_of(now)) - Fraction(now_of(before))


def now_of(values: str) -> Fraction:
    numbers = [int(one) for one in values.split()]
    return Fraction(sum(numbers), len(numbers))


@pytest.mark.parametrize(
    ("before", "now"), [("5 5", "2 2 2"), ("5 5 5", "2 2"), ("5 5 5", ""), ("5 5 •", "2 2 2")]
)
def test_few_marks_say_nothing(before: str, now: str) -> None:
    """Two marks, none, or marks that are no numbers are not spoken of."""
    assert change(figure(before), figure(now)) is None
