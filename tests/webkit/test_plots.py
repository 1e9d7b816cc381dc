"""Plots: coordinates stay inside the picture, gaps break lines, numbers stand beside them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from journal.webkit.plots import Caption, Column, Point, bar_plot, line_plot, spark

WEEKS = [
    Point("02.11", Fraction(371, 100), "3,71"),
    Point("09.11", None, "–"),
    Point("16.11", Fraction(374, 100), "3,74"),
    Point("23.11", Fraction(386, 100), "3,86"),
]
WORDS = Caption(title="t", sentence="s", corner="Неделя с", row="Балл")
TICKS = [(Fraction(3), "3,00"), (Fraction(7, 2), "3,50"), (Fraction(4), "4,00")]


def test_a_gap_breaks_the_line_and_is_no_zero():
    plot = line_plot(WORDS, WEEKS, TICKS)
    assert len(plot.dots) == 3
    assert plot.lines == ("280.0,46.0 400.0,34.0",)
    assert plot.table.values == ("3,71", "–", "3,74", "3,86")
    assert plot.last is not None
    assert plot.last.text == "3,86"


def test_no_points_draw_axes_only():
    plot = line_plot(WORDS, [], TICKS)
    assert (plot.lines, plot.last) == ((), None)
    assert plot.axes == "M30 120h390M30 70h390M30 20h390"


def test_bars_stand_on_the_floor_and_the_tallest_fills_the_height():
    plot = bar_plot(WORDS, [Column("«5»", 41, "41", "m5"), Column("«4»", 78, "78", "m4")])
    assert [bar.y + bar.height for bar in plot.bars] == [120, 120]
    assert plot.bars[1].height == 94
    assert plot.bars[0].css == "m5"


def test_the_table_under_bars_has_the_names_in_full():
    plot = bar_plot(WORDS, [Column("Заречный", 41, "41", name="Заречный район")])
    assert plot.bars[0].label == "Заречный"
    assert plot.table.heads == ("Заречный район",)


def test_bars_of_nothing_have_no_height():
    plot = bar_plot(WORDS, [Column("«5»", 0, "0")])
    assert plot.bars[0].height == 0


def test_one_value_is_no_trend():
    assert spark("s", [4]) is None


@given(st.lists(st.fractions(min_value=0, max_value=10), min_size=2, max_size=40))
def test_a_trend_stays_inside_its_picture(values: list[Fraction]):
    drawn = spark("s", values)
    assert drawn is not None
    for pair in drawn.points.split():
        x, y = pair.split(",")
        assert 0 <= float(x) <= drawn.width
        assert 0 <= float(y) <= drawn.height
