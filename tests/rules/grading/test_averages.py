"""The weighted average: exact, between its marks, monotone; retakes as the act says."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.grading.rules import NUMERIC, USUAL, Retake, RuleSet, decimal_text, weighted_average
from tests.rules.grading.marks import entries, of_pairs, values, weighted

SUMS = (
    (("5", "5", "4"), (3, 1, 5), "4,44"),
    (("4", "5"), (1, 3), "4,75"),
    (("5", "н/а", "•", "осв"), (1, 1, 1, 1), "5,00"),
    (("•",), (1,), None),
    ((), (), None),
)


@pytest.mark.parametrize(("marks", "weights", "text"), SUMS)
def test_the_average_of_the_domain(
    marks: tuple[str, ...], weights: tuple[int, ...], text: str | None
) -> None:
    assert weighted_average(entries(*marks, weights=weights), USUAL).text == text


HALVES = ((Fraction(889, 200), "4,45"), (Fraction(4444, 1000), "4,44"), (Fraction(7, 2), "3,50"))


@pytest.mark.parametrize(("value", "text"), HALVES)
def test_shown_half_up(value: Fraction, text: str) -> None:
    assert decimal_text(value) == text


RETAKES = (
    # a 2 of weight 3 retaken to 5, beside a 4
    (Retake.REPLACES, ("2", "5", "4"), {2: 1}, Fraction(19, 4)),
    (Retake.AVERAGES, ("2", "5", "4"), {2: 1}, Fraction(29, 8)),
    (Retake.BOTH, ("2", "5", "4"), {2: 1}, Fraction(25, 7)),
    # a retake retaken again: three marks share one weight
    (Retake.AVERAGES, ("2", "3", "4"), {2: 1, 3: 2}, Fraction(19, 7)),
    (Retake.REPLACES, ("2", "3", "4"), {2: 1, 3: 2}, Fraction(4)),
    # an answer still awaited replaces nothing
    (Retake.REPLACES, ("2", "•", "4"), {2: 1}, Fraction(5, 2)),
)


@pytest.mark.parametrize(("mode", "marks", "retakes", "value"), RETAKES)
def test_what_a_retake_does(
    mode: Retake, marks: tuple[str, ...], retakes: dict[int, int], value: Fraction
) -> None:
    given_marks = entries(*marks, weights=(3, 3, 1), retakes=retakes)
    figure = weighted_average(given_marks, RuleSet(retake=mode))
    assert figure.value == value
    left_out = [one.entry.value for one in figure.explanation.left_out]
    assert len(left_out) + len(figure.explanation.counted) == len(marks)


def test_the_formula_says_the_shared_weight() -> None:
    figure = weighted_average(
        entries("2", "5", "4", weights=(3, 3, 1), retakes={2: 1}), RuleSet(retake=Retake.AVERAGES)
    )
    assert figure.explanation.formula == "(2·3/2 + 5·3/2 + 4) : (3/2 + 3/2 + 1) = 29/2 : 4 = 3,63"


@given(weighted, st.sampled_from(Retake))
def test_between_the_least_and_the_greatest(pairs: list[tuple[str, int]], retake: Retake) -> None:
    numbers = [NUMERIC[value] for value, _ in pairs]
    value = weighted_average(of_pairs(pairs), RuleSet(retake=retake)).value
    assert value is not None
    assert min(numbers) <= value <= max(numbers)


@given(weighted, st.data())
def test_a_better_mark_never_lowers_it(pairs: list[tuple[str, int]], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(pairs) - 1))
    better = data.draw(values.filter(lambda one: one >= pairs[place][0]))
    raised = [*pairs[:place], (better, pairs[place][1]), *pairs[place + 1 :]]
    before = weighted_average(of_pairs(pairs), USUAL).value
    after = weighted_average(of_pairs(raised), USUAL).value
    assert before is not None and after is not None
    assert after >= before


@given(values, values, st.integers(1, 10))
def test_an_averaged_retake_lies_between_the_other_two_ways(
    first: str, second: str, weight: int
) -> None:
    both = entries(first, second, weights=(weight, weight), retakes={2: 1})
    found = {mode: weighted_average(both, RuleSet(retake=mode)).value for mode in Retake}
    assert found[Retake.REPLACES] == NUMERIC[second]
    assert found[Retake.AVERAGES] == Fraction(NUMERIC[first] + NUMERIC[second], 2)
    assert found[Retake.AVERAGES] == found[Retake.BOTH]
