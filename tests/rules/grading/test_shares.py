"""успеваемость, качество, СОУ: by marks and by pupils, with everybody who stays outside."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.grading.rules.shares import (
    Coefficients,
    PupilResult,
    Standing,
    attainment_by_pupils,
    pupil_result,
    quality_by_pupils,
    tally,
)

# marks, успеваемость, качество, СОУ
EXAMPLES = (
    ("5 5 4 4 3 2", "83,3", "66,7", "63,3"),
    ("5 4 3 н/а", "75,0", "50,0", "51,8"),  # н/а stays in N and weighs 7
    ("5 4 3 осв осв", "100,0", "66,7", "66,7"),  # released pupils do not
    ("5 4 3 - -", "100,0", "66,7", "66,7"),  # nor those without an entry
    ("5 4 3 • •", "100,0", "66,7", "66,7"),  # • is no term mark
    ("5 1", "50,0", "50,0", "53,5"),  # «1» weighs as н/а
    ("5 5 5 5 5 5 5 2", "87,5", "87,5", "89,5"),
    ("4 3 3", "100,0", "33,3", "45,3"),
    ("3 3 3 3 3 3 2 3", "87,5", "0,0", "33,5"),
    ("осв - •", None, None, None),
    ("зач незач", None, None, None),
)


@pytest.mark.parametrize(("marks", "attainment", "quality", "level"), EXAMPLES)
def test_by_marks(
    marks: str, attainment: str | None, quality: str | None, level: str | None
) -> None:
    found = tally(None if one == "-" else one for one in marks.split())
    assert (found.attainment.text, found.quality.text, found.level().text) == (
        attainment,
        quality,
        level,
    )


def test_figures_explain_themselves() -> None:
    found = tally(["5", "5", "4", "3", "2", "н/а", "осв", None])
    assert found.attainment.formula == "(2 + 1 + 1) · 100 : 6 = 66,7"
    assert found.quality.formula == "(2 + 1) · 100 : 6 = 50,0"
    assert found.level().formula == "(100·2 + 64·1 + 36·1 + 16·1 + 7·1) : 6 = 53,8"
    assert (found.quality.released, found.quality.without) == (1, 1)
    assert found.average == Fraction(19, 5)


def test_rounding_is_half_up() -> None:
    assert tally(["5"] + ["2"] * 15).quality.text == "6,3"  # 6.25
    assert tally(["5"] * 7 + ["2"] * 9).quality.text == "43,8"  # 43.75


def test_coefficients_are_settings() -> None:
    assert tally(["4", "3"]).level(Coefficients(four=80, three=60)).text == "70,0"


def test_a_pass_fail_subject_has_its_own_share_only() -> None:
    found = tally(["зач", "зач", "незач", "н/а", "осв", None])
    assert found.passed.text == "50,0"
    assert found.attainment.value == 0  # of the н/а alone: such a subject is not asked for it


STANDINGS = (
    ("5 5 зач", PupilResult(Standing.EXCELLENT)),
    ("5 5 4", PupilResult(Standing.GOOD, one_four=True)),
    ("5 4 4 осв", PupilResult(Standing.GOOD)),
    ("5 4 3", PupilResult(Standing.SATISFACTORY, one_three=True)),
    ("3 4 3", PupilResult(Standing.SATISFACTORY)),
    ("5 5 2", PupilResult(Standing.FAILING)),
    ("5 1", PupilResult(Standing.FAILING)),
    ("5 незач", PupilResult(Standing.FAILING)),
    ("5 н/а", PupilResult(Standing.NOT_ATTESTED)),
    ("2 н/а", PupilResult(Standing.FAILING)),
    ("осв -", PupilResult(Standing.UNKNOWN)),
    ("", PupilResult(Standing.UNKNOWN)),
)


@pytest.mark.parametrize(("marks", "found"), STANDINGS)
def test_how_a_pupil_stands(marks: str, found: PupilResult) -> None:
    assert pupil_result(None if one == "-" else one for one in marks.split()) == found


def test_by_pupils() -> None:
    results = [pupil_result(one.split()) for one in ("5 5", "5 4", "4 3", "5 2", "5 н/а", "осв")]
    assert attainment_by_pupils(results).formula == "(1 + 1 + 1) · 100 : 5 = 60,0"
    assert quality_by_pupils(results).formula == "(1 + 1) · 100 : 5 = 40,0"
    assert quality_by_pupils(results).without == 1
    assert quality_by_pupils([]).value is None


@given(st.lists(st.sampled_from(["5", "4", "3", "2", "1", "н/а", "осв", None])))
def test_quality_never_exceeds_attainment(marks: list[str | None]) -> None:
    found = tally(marks)
    quality, attainment = found.quality.value, found.attainment.value
    assert (quality is None) == (attainment is None) == (found.level().value is None)
    if quality is not None and attainment is not None:
        assert 0 <= quality <= attainment <= 100
