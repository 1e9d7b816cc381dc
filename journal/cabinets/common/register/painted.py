"""The journal page in words, as the template writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a switch."""

    label: str
    url: str
    current: bool
    note: str | None = None


class Head(NamedTuple):
    """A column's head: everything that its markup shows."""

    first: bool
    today: bool
    cancelled: bool
    title: str
    held_on: date
    number: int
    works: tuple[str, ...]
    work: str
    weight: int


@dataclass(frozen=True, slots=True)
class HeadRows:
    """The three rows of heads as markup, of so many columns."""

    days: Markup
    numbers: Markup
    kinds: Markup
    count: int


@dataclass(frozen=True, slots=True)
class MonthHead:
    """A month over its columns."""

    label: str
    span: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowHead:
    """A run of the row «запись до»."""

    css: str
    span: int
    text: str
    title: str
    lock: bool
    unlock_url: str | None = None


@dataclass(frozen=True, slots=True)
class SumHead:
    """A column after the lessons."""

    label: str
    title: str
    css: str
    url: str = ""


class SumCell(NamedTuple):
    """A term mark beside the row: `kind` is final (given) or offer (proposed). `explain` leads to
    how the proposal of the page's own term came about."""

    text: str | None
    css: str
    place: str
    kind: str = "final"
    explain: str = ""


class PaintedRow(NamedTuple):
    """A pupil's line; `cells` is ready markup."""

    number: int
    name: str
    note: str
    cells: Markup
    average: str
    explain: str
    missed: int | str
    sums: tuple[SumCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintedPage:
    """Everything the template writes down."""

    title: str
    subtitle: str
    period: str
    count: str
    nothing: str
    can_write: bool
    terms: tuple[Link, ...]
    months: tuple[MonthHead, ...]
    heads: HeadRows
    windows: tuple[WindowHead, ...]
    head_rows: int
    sum_heads: tuple[SumHead, ...]
    rows: tuple[PaintedRow, ...]
    pad: tuple[tuple[str, str], ...]
    data: Markup
    words: Markup
    panels: Markup
    legend: Markup
