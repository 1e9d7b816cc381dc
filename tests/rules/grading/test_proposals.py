"""Term, year and final proposals: thresholds exact, н/а, осв and зачёт by their rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.grading.rules import (
    USUAL,
    Half,
    RuleBook,
    RuleSet,
    check_rule_set,
    weighted_average,
)
from journal.grading.rules.proposals import (
    Attended,
    Part,
    Proposal,
    propose_final,
    propose_for_term,
    propose_for_year,
    round_half_up,
)
from tests.rules.grading.marks import entries, of_pairs, values, weighted

PRESENT = Attended(planned=20)


def term(
    *marks: str,
    attended: Attended = PRESENT,
    scale: str = "five_point",
    grade: int = 5,
    rules: RuleSet = USUAL,
    weights: tuple[int, ...] = (),
) -> Proposal:
    return propose_for_term(
        entries(*marks, weights=weights), attended, scale=scale, grade=grade, rules=rules
    )


# Weights that make averages of exactly a threshold, and one part in a hundred below it.
THRESHOLDS = (
    (("5", "4", "4"), (60, 20, 20), "5"),
    (("5", "4", "4"), (59, 20, 21), "4"),
    (("4", "3", "3"), (60, 20, 20), "4"),
    (("4", "3", "3"), (59, 20, 21), "3"),
    (("3", "2", "2"), (60, 20, 20), "3"),
    (("3", "2", "2"), (59, 20, 21), "2"),
    (("1", "1", "2"), (), "2"),
)


@pytest.mark.parametrize(("marks", "weights", "value"), THRESHOLDS)
def test_thresholds_are_exact_and_inclusive(
    marks: tuple[str, ...], weights: tuple[int, ...], value: str
) -> None:
    assert term(*marks, weights=weights).value == value


FEW = (
    # too few marks: н/а only when more than half was missed too
    (("5", "5"), Attended(20, 11), "н/а"),
    (("5", "5"), Attended(20, 10), None),
    (("5", "5", "5"), Attended(20, 19), "5"),
    ((), Attended(), None),
    ((), Attended(planned=0, released=12), "осв"),
    ((), Attended(planned=2, missed=2, released=12), "н/а"),
    (("4", "4", "4"), Attended(planned=0, released=12), "4"),
)


@pytest.mark.parametrize(("marks", "attended", "value"), FEW)
def test_few_marks(marks: tuple[str, ...], attended: Attended, value: str | None) -> None:
    found = term(*marks, attended=attended)
    assert found.value == value
    assert found.attended == attended


def test_the_minimum_and_the_missed_share_are_settings() -> None:
    rules = RuleSet(minimum_marks=5, missed_over=30)
    assert term("5", "5", "5", "5", attended=Attended(10, 4), rules=rules).value == "н/а"
    assert term("5", "5", "5", "5", attended=Attended(10, 3), rules=rules).value is None


PASSES = (
    (("зач", "незач"), "зач"),
    (("зач", "незач", "незач"), "незач"),
    (("зач",), "зач"),
    (("•",), None),
)


@pytest.mark.parametrize(("marks", "value"), PASSES)
def test_a_pass_fail_subject(marks: tuple[str, ...], value: str | None) -> None:
    found = term(*marks, scale="pass_fail")
    assert found.value == value
    assert found.average is not None
    assert found.average.explanation.formula == "", "no number is reckoned of a зачёт"


def test_a_pass_fail_subject_has_no_formula_of_numbers() -> None:
    average = term("зач", "незач", scale="pass_fail").average
    assert average is not None
    assert average.explanation.formula == ""
    assert [entry.value for entry in average.explanation.counted] == ["зач", "незач"]


@pytest.mark.parametrize(("scale", "grade"), [("five_point", 1), ("none", 5), ("pass_fail", 1)])
def test_nothing_is_proposed_where_no_marks_are_given(scale: str, grade: int) -> None:
    marks = ("5", "5", "5")
    assert term(*marks, scale=scale, grade=grade).value is None
    parts = [Part(N_("Year"), "5")]
    assert propose_for_year(parts, scale=scale, grade=grade, rules=USUAL).value is None
    assert propose_final("5", None, scale=scale, grade=grade, rules=USUAL).value is None


def year(*given_marks: str | None, scale: str = "five_point") -> str | None:
    parts = [Part(N_("Year"), value) for value in given_marks]
    return propose_for_year(parts, scale=scale, grade=5, rules=USUAL).value


YEARS = (
    (("4", "4", "5", "5"), "5"),
    (("3", "4", "3", "3"), "3"),
    (("3", "4"), "4"),
    (("2", "3", "2", "2"), "2"),
    (("н/а", "4", "5", "4"), "4"),
    (("осв", "осв", "осв", "осв"), "осв"),
    (("осв", "н/а", "осв", "осв"), "н/а"),
    (("4", "4", None, "4"), None),
    ((), None),
)


@pytest.mark.parametrize(("marks", "value"), YEARS)
def test_the_year_is_the_half_up_mean(marks: tuple[str | None, ...], value: str | None) -> None:
    assert year(*marks) == value


def test_a_year_does_not_wait_for_terms_before_the_pupil_came() -> None:
    parts = [Part(N_("Year"), None, required=False), Part(N_("Year"), "4")]
    assert propose_for_year(parts, scale="five_point", grade=5, rules=USUAL).value == "4"


def test_a_year_of_passes() -> None:
    assert year("зач", "зач", "незач", "зач", scale="pass_fail") == "зач"


FINALS = (
    ("4", None, Half.UP, "4"),
    ("4", "5", Half.UP, "5"),
    ("3", "4", Half.TEACHER, None),
    ("3", "5", Half.TEACHER, "4"),
    (None, "5", Half.UP, None),
    ("зач", None, Half.UP, "зач"),
    ("4", "н/а", Half.UP, "4"),
)


@pytest.mark.parametrize(("of_year", "exam", "half", "value"), FINALS)
def test_the_final_mark(
    of_year: str | None, exam: str | None, half: Half, value: str | None
) -> None:
    rules = RuleSet(final_half=half)
    found = propose_final(of_year, exam, scale="five_point", grade=9, rules=rules)
    assert found.value == value


@given(weighted, st.data())
def test_a_better_mark_never_lowers_the_proposal(
    pairs: list[tuple[str, int]], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(pairs) - 1))
    better = data.draw(values.filter(lambda one: one >= pairs[place][0]))
    raised = [*pairs[:place], (better, pairs[place][1]), *pairs[place + 1 :]]
    found = [
        propose_for_term(of_pairs(one), PRESENT, scale="five_point", grade=5, rules=USUAL).value
        for one in (pairs, raised)
    ]
    assert (found[0] is None) == (found[1] is None) == (len(pairs) < USUAL.minimum_marks)
    assert (found[0] or "") <= (found[1] or "")


@given(weighted)
def test_the_proposal_is_the_average_within_its_thresholds(pairs: list[tuple[str, int]]) -> None:
    average = weighted_average(of_pairs(pairs), USUAL).value
    value = propose_for_term(
        of_pairs(pairs), Attended(0), scale="five_point", grade=5, rules=USUAL
    ).value
    if value is not None and average is not None:
        begins = dict(USUAL.thresholds) | {"2": Decimal(0)}
        above = [at for mark, at in begins.items() if mark > value]
        assert Fraction(begins[value]) <= average
        assert all(average < Fraction(one) for one in above)


@given(st.fractions(0, 5))
def test_half_up_is_the_nearest(value: Fraction) -> None:
    assert Fraction(-1, 2) < round_half_up(value) - value <= Fraction(1, 2)


SETS = (
    RuleSet(id=1, valid_from=date(2026, 9, 1), title="№ 1"),
    RuleSet(id=2, valid_from=date(2026, 12, 1), title="№ 2"),
)
DATES = (
    (date(2026, 11, 20), date(2026, 12, 28), 1),  # the term goes on: the rules of today
    (date(2026, 12, 1), date(2026, 12, 28), 2),
    (date(2027, 1, 20), date(2026, 12, 28), 2),
    (date(2027, 1, 20), date(2026, 11, 1), 1),  # a term that has ended keeps its own
    (date(2026, 11, 20), date(2026, 9, 1), None),  # before any act: the usual rules
    (date(2026, 11, 20), None, 1),
)


@pytest.mark.parametrize(("today", "before", "found"), DATES)
def test_which_version_a_figure_follows(
    today: date, before: date | None, found: int | None
) -> None:
    assert RuleBook(SETS, today).until(before).id == found


NEW = {"valid_from": date(2026, 12, 1), "title": "Приказ № 5", "act": "п. 3.2"}
REFUSED = (
    ({"valid_from": date(2026, 11, 20)}, "valid_from"),
    ({"valid_from": date(2027, 1, 1)}, "valid_from"),
    ({"title": ""}, "title"),
    ({"act": "а" * 4001}, "act"),
    ({"four_from": Decimal("4.60")}, "five_from"),
    ({"five_from": Decimal("5.01")}, "five_from"),
    ({"minimum_marks": 0}, "minimum_marks"),
    ({"missed_over": 100}, "missed_over"),
)


@pytest.mark.parametrize(("facts", "field"), REFUSED)
def test_a_version_that_cannot_be(facts: dict[str, object], field: str) -> None:
    taken = [date(2027, 1, 1)]
    check_rule_set(RuleSet(**NEW), today=date(2026, 11, 20), taken=taken)  # type: ignore[arg-type]
    with pytest.raises(RuleViolation) as refused:
        wrong = RuleSet(**NEW | facts)  # type: ignore[arg-type]
        check_rule_set(wrong, today=date(2026, 11, 20), taken=taken)
    assert refused.value.field == field
