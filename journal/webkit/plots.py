"""Geometry of the plots: numbers in, coordinates out. Templates only write them down.

Units are SVG user units (1 = one CSS pixel at full size). Values are exact `Fraction`s or ints;
nothing here rounds a figure, the words beside it come ready from the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Text:
    """A word at a place."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Dot:
    """The end of a line or a point on it; strings, because they are written as they are."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """The table under a plot: the same values in words."""

    corner: str
    row: str
    heads: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinePlot:
    title: str
    sentence: str
    width: int
    height: int
    axes: str
    ticks: tuple[Text, ...]
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Text, ...]
    last: Text | None
    table: Numbers


@dataclass(frozen=True, slots=True)
class Bar:
    css: str
    x: int
    y: int
    width: int
    height: int
    middle: int
    value: str
    value_y: int
    label: str
    label_y: int


@dataclass(frozen=True, slots=True)
class BarPlot:
    title: str
    sentence: str
    width: int
    height: int
    axes: str
    bars: tuple[Bar, ...]
    table: Numbers


@dataclass(frozen=True, slots=True)
class Spark:
    sentence: str
    width: int
    height: int
    axes: str
    points: str
    end: Dot


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series: `value` None is a gap (nothing known), never a zero."""

    label: str
    value: Fraction | int | None
    words: str

    @property
    def head(self) -> str:
        """What stands over its value in the table."""
        return self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """The words around a plot: title, what it shows in a sentence, the table's corner and row."""

    title: str
    sentence: str
    corner: str
    row: str


@dataclass(frozen=True, slots=True)
class Column:
    """One bar: its class (m5 … m2 or empty), its label, the count and the count in words; `name`
    is the label in full, where the bar has room for a part of it."""

    label: str
    value: Fraction | int
    words: str
    css: str = ""
    name: str = ""

    @property
    def head(self) -> str:
        """What stands over its value in the table."""
        return self.name or self.label


Level = Callable[[Fraction | int], Fraction]
_WIDTH, _HEIGHT = 440, 150
_SPARK_WIDTH, _SPARK_HEIGHT = 72, 32
_SPARK_FLOOR = _SPARK_HEIGHT - 4
_SPARK_UNIT = (_SPARK_FLOOR - 4) / 3
_SPARK_AXES = "".join(
    f"M4 {int(_SPARK_FLOOR - (guide - 2) * _SPARK_UNIT)}h{_SPARK_WIDTH - 12}" for guide in (4, 3)
)
_LEFT, _RIGHT, _TOP, _FOOT = 40, 20, 20, 30


def line_plot(
    caption: Caption, points: Sequence[Point], ticks: Sequence[tuple[Fraction | int, str]]
) -> LinePlot:
    """A line through `points`, left to right, between the lowest and the highest of `ticks`."""
    level = _leveller([tick for tick, _ in ticks], _TOP, _HEIGHT - _FOOT)
    columns = _columns(len(points), _LEFT, _WIDTH - _RIGHT - 20)
    dots = _dots(columns, points, level)
    return LinePlot(
        title=caption.title,
        sentence=caption.sentence,
        width=_WIDTH,
        height=_HEIGHT,
        axes="".join(f"M30 {int(level(t))}h{_WIDTH - _RIGHT - 30}" for t, _ in ticks),
        ticks=tuple(Text(0, int(level(t)) + 4, words) for t, words in ticks),
        lines=_runs(columns, points, level),
        dots=tuple(Dot(_number(x), _number(y)) for x, y, _ in dots),
        labels=_labels(columns, points, _HEIGHT - 10),
        last=Text(int(dots[-1][0]), int(dots[-1][1]) - 8, dots[-1][2]) if dots else None,
        table=_numbers(caption, points),
    )


def bar_plot(caption: Caption, columns: Sequence[Column]) -> BarPlot:
    """Upright bars over a common floor; the tallest fills the height."""
    floor, most = _HEIGHT - _FOOT, max((c.value for c in columns), default=0)
    width = 20 + 70 * len(columns)
    return BarPlot(
        title=caption.title,
        sentence=caption.sentence,
        width=width,
        height=_HEIGHT,
        axes=f"M10 {floor}h{width - 20}",
        bars=tuple(_bar(place, c, most, floor) for place, c in enumerate(columns)),
        table=_numbers(caption, columns),
    )


def spark(sentence: str, values: Sequence[Fraction | float]) -> Spark | None:
    """A trend without numbers, guides at the marks 4 and 3; None below two values (no trend).

    Places are reckoned in floats: a diary draws a dozen, and a figure is never read off them.
    """
    if len(values) < 2:
        return None
    columns, levels = _spark_columns(len(values)), list(map(_spark_level, values))
    return Spark(
        sentence=sentence,
        width=_SPARK_WIDTH,
        height=_SPARK_HEIGHT,
        axes=_SPARK_AXES,
        points=_spark_points(len(values)) % tuple(levels),
        end=Dot(columns[-1], levels[-1]),
    )


@lru_cache(maxsize=256)
def _spark_columns(count: int) -> tuple[str, ...]:
    step = (_SPARK_WIDTH - 12) / (count - 1)
    return tuple(f"{4 + step * place:.1f}" for place in range(count))


@lru_cache(maxsize=256)
def _spark_points(count: int) -> str:
    """The places of so many points, to be filled with their levels."""
    return " ".join(f"{x},%s" for x in _spark_columns(count))


@lru_cache(maxsize=8192)  # averages are quotients of small numbers: the same in every diary
def _spark_level(value: Fraction | float) -> str:
    return f"{_SPARK_FLOOR - (min(max(float(value), 2), 5) - 2) * _SPARK_UNIT:.1f}"


def _bar(place: int, column: Column, most: Fraction | int, floor: int) -> Bar:
    x = 24 + 70 * place
    height = int(Fraction(column.value) * (floor - _TOP - 6) / most) if most else 0
    return Bar(
        css=column.css,
        x=x,
        y=floor - height,
        width=40,
        height=height,
        middle=x + 20,
        value=column.words,
        value_y=floor - height - 6,
        label=column.label,
        label_y=floor + 20,
    )


def _numbers(caption: Caption, points: Sequence[Point] | Sequence[Column]) -> Numbers:
    heads, values = tuple(p.head for p in points), tuple(p.words for p in points)
    return Numbers(caption.corner, caption.row, heads, values)


def _columns(count: int, left: int, right: int) -> list[Fraction]:
    if count < 2:
        return [Fraction(left)] * count
    return [left + Fraction((right - left) * place, count - 1) for place in range(count)]


def _leveller(values: Sequence[Fraction | int], top: int, floor: int) -> Level:
    """From a value to its height between the lowest and the highest of `values`; kept inside."""
    low, high = Fraction(min(values)), Fraction(max(values))

    def level(value: Fraction | int) -> Fraction:
        if high == low:
            return Fraction(floor)
        share = (Fraction(value) - low) / (high - low)
        return floor - min(max(share, Fraction(0)), Fraction(1)) * (floor - top)

    return level


def _dots(
    columns: Sequence[Fraction], points: Sequence[Point], level: Level
) -> list[tuple[Fraction, Fraction, str]]:
    """The known values: their places and words."""
    return [
        (x, level(point.value), point.words)
        for x, point in zip(columns, points, strict=True)
        if point.value is not None
    ]


def _labels(columns: Sequence[Fraction], points: Sequence[Point], y: int) -> tuple[Text, ...]:
    return tuple(Text(int(x), y, one.label) for x, one in zip(columns, points, strict=True))


def _runs(
    columns: Sequence[Fraction],
    points: Sequence[Point],
    level: Level,
) -> tuple[str, ...]:
    """Polylines between the gaps: an unknown value breaks the line."""
    runs: list[list[str]] = [[]]
    for x, point in zip(columns, points, strict=True):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(f"{_number(x)},{_number(level(point.value))}")
    return tuple(" ".join(run) for run in runs if len(run) > 1)


def _number(value: Fraction) -> str:
    return f"{float(value):.1f}"
