"""Comparisons do not over-read small numbers; the rating is a mean that shows itself."""

from __future__ import annotations

from fractions import Fraction

import pytest

from journal.grading.rules.shares import pupil_result, quality_by_pupils, tally
from journal.reports.analysis.rules import Compared, Rating
from journal.webkit.point_plots import SHAPES, Named, Series, drawn, scatter_plot, series_plot


def compared(count: int) -> Compared:
    values = ["5"] * count
    share = quality_by_pupils(pupil_result([value]) for value in values)
    return Compared("5А", count, share, share, tally(values))


@pytest.mark.parametrize(("count", "formula"), [(4, "–"), (5, "(5 + 0) · 100 : 5 = 100,0")])
def test_fewer_than_five_give_no_per_cent(count: int, formula: str) -> None:
    one = compared(count)
    assert one.formula(one.quality) == formula
    assert (one.quality_value is None) == (one.average is None) == (count < 5)
    assert one.average_text == ("–" if count < 5 else "5,00")


def test_the_rating_is_the_mean_of_three_per_cents() -> None:
    rating = Rating((95, 100), (4, 5), (5, 8))
    assert rating.value == Fraction(95 + 80, 3) + Fraction(125, 6)
    assert rating.formula == "(95,0 + 80,0 + 62,5) : 3 = 79,2"
    unknown = Rating((0, 0), (4, 5), (5, 8))
    assert (unknown.value, unknown.formula) == (None, "–")


def test_series_are_told_apart_by_shape() -> None:
    assert len({drawn(number, 10, 10) for number in range(len(SHAPES))}) == len(SHAPES)
    series = [
        Series("I", (Fraction(50), None), ("50", "–")),
        Series("II", (Fraction(50), Fraction(100)), ("50", "100")),
    ]
    plot = series_plot("Качество", "Качество", ["5А", "5Б"], series)
    assert len(plot.shapes) == 3, "nothing known draws nothing"
    assert plot.shapes[0].path != plot.shapes[1].path, "equal values, two shapes"
    assert [name for _, name in plot.key] == ["I", "II"]


def test_points_stay_inside_of_the_axes() -> None:
    across = [(Fraction(90), "90"), (Fraction(100), "100")]
    up = [(Fraction(3), "3"), (Fraction(4), "4")]
    points = [
        Named("5А", Fraction(95), Fraction(7, 2), "5А"),
        Named("5Б", Fraction(10), Fraction(9), "5Б"),
    ]
    plot = scatter_plot("Т", "Т", points, across=across, up=up)
    assert len(plot.shapes) == 2
    assert [label.text for label in plot.labels] == ["90", "100", "5А", "5Б"]
    assert all(0 <= label.x <= plot.width and 0 <= label.y <= plot.height for label in plot.labels)
