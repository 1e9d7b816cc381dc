"""Plots of points told apart by their shape, never by colour alone: numbers in, paths out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from journal.webkit.plots import Text

_HEIGHT, _TOP, _FOOT, _LEFT, _STEP, _WIDE = 260, 16, 44, 40, 34, 760
SHAPES = ("circle", "square", "triangle", "cross")


@dataclass(frozen=True, slots=True)
class Shape:
    """A point as a path, with the words a pointer or a screen reader gets."""

    path: str
    words: str


@dataclass(frozen=True, slots=True)
class PointPlot:
    """Everything the template writes down; `key` explains the shapes."""

    title: str
    sentence: str
    width: int
    height: int
    axes: str
    ticks: tuple[Text, ...]
    labels: tuple[Text, ...]
    shapes: tuple[Shape, ...]
    key: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Values beside the labels (None: nothing known), with what they are called."""

    name: str
    values: tuple[Fraction | None, ...]
    words: tuple[str, ...]


def series_plot(
    title: str, sentence: str, labels: Sequence[str], series: Sequence[Series]
) -> PointPlot:
    """Per cents from 0 to 100: a column for each label, a shape for each series."""
    width = _LEFT + _STEP * max(len(labels), 1) + 20
    ticks = (0, 25, 50, 75, 100)
    shapes = [
        Shape(drawn(number, _x(place), _y(value, 0, 100)), f"{labels[place]}, {one.words[place]}")
        for number, one in enumerate(series)
        for place, value in enumerate(one.values)
        if value is not None
    ]
    return PointPlot(
        title=title,
        sentence=sentence,
        width=width,
        height=_HEIGHT,
        axes="".join(f"M{_LEFT - 8} {_y(Fraction(t), 0, 100)}H{width - 8}" for t in ticks),
        ticks=tuple(Text(0, _y(Fraction(t), 0, 100) + 4, str(t)) for t in ticks),
        labels=tuple(Text(_x(n), _HEIGHT - 24, label) for n, label in enumerate(labels)),
        shapes=tuple(shapes),
        key=tuple((drawn(n, 8, 8), one.name) for n, one in enumerate(series)),
    )


@dataclass(frozen=True, slots=True)
class Named:
    """A point of two values with its name beside it."""

    name: str
    x: Fraction
    y: Fraction
    words: str


Ticks = Sequence[tuple[Fraction, str]]


def scatter_plot(
    title: str, sentence: str, points: Sequence[Named], *, across: Ticks, up: Ticks
) -> PointPlot:
    """Two values against each other, between the first and the last of the ticks of each."""
    low, high = up[0][0], up[-1][0]
    placed = [(_across(one.x, across), _y(one.y, low, high), one) for one in points]
    return PointPlot(
        title=title,
        sentence=sentence,
        width=_WIDE,
        height=_HEIGHT,
        axes="".join(f"M{_LEFT - 8} {_y(tick, low, high)}H{_WIDE - 50}" for tick, _ in up),
        ticks=tuple(Text(0, _y(tick, low, high) + 4, words) for tick, words in up),
        labels=(
            *(Text(_across(tick, across), _HEIGHT - 24, words) for tick, words in across),
            *(Text(left + 18, top + 4, one.name) for left, top, one in placed),
        ),
        shapes=tuple(Shape(drawn(0, left, top), one.words) for left, top, one in placed),
        key=(),
    )


def _across(value: Fraction, ticks: Ticks) -> int:
    low, high = ticks[0][0], ticks[-1][0]
    share = min(max((value - low) / (high - low), Fraction(0)), Fraction(1))
    return int(_LEFT + share * (_WIDE - _LEFT - 60))


def drawn(number: int, x: int, y: int) -> str:
    """The path of the series' shape around a place."""
    shape = SHAPES[number % len(SHAPES)]
    if shape == "circle":
        return f"M{x - 4} {y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0"
    if shape == "square":
        return f"M{x - 4} {y - 4}h8v8h-8z"
    if shape == "triangle":
        return f"M{x} {y - 5}l5 9h-10z"
    return f"M{x - 4} {y - 4}l8 8M{x + 4} {y - 4}l-8 8"


def _x(place: int) -> int:
    return _LEFT + 8 + _STEP * place


def _y(value: Fraction, low: Fraction | int, high: Fraction | int) -> int:
    share = min(max((value - low) / (high - low), Fraction(0)), Fraction(1))
    return int(_HEIGHT - _FOOT - share * (_HEIGHT - _FOOT - _TOP))
