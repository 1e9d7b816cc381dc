"""What a workbook is made of. Rows and columns count from 0; colours are six hex digits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its `=`, with the value it gives: a number or a text."""

    text: str
    value: int | Decimal | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a cell is dressed. `locked` cells cannot be changed while the sheet is protected."""

    size: int = 9
    bold: bool = False
    italic: bool = False
    colour: str = "000000"
    fill: str | None = None
    border: str | None = None
    align: str = "left"
    valign: str = "center"
    wrap: bool = False
    number_format: str = "General"
    locked: bool = True


PLAIN = Look()
Value = str | int | Decimal | Formula | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell, or a merged area when `to_row`, `to_column` reach beyond it."""

    row: int
    column: int
    value: Value
    look: Look = PLAIN
    to_row: int | None = None
    to_column: int | None = None

    @property
    def last(self) -> tuple[int, int]:
        """The last row and column."""
        row = self.row if self.to_row is None else self.to_row
        return row, self.column if self.to_column is None else self.to_column


@dataclass(frozen=True, slots=True)
class Whole:
    """An area in which only whole numbers not below zero may be typed (.xlsx)."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Choice:
    """An area in which one of the listed values may be typed (.xlsx)."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSheet:
    """A sheet. `widths` in characters by column, `heights` in points by row; `repeat` are the
    first and last row printed on every page; a wide sheet is printed on A3."""

    title: str
    cells: tuple[Placed, ...]
    widths: Mapping[int, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    freeze: tuple[int, int] | None = None
    repeat: tuple[int, int] | None = None
    landscape: bool = False
    wide: bool = False
    very_hidden: bool = False
    wholes: tuple[Whole, ...] = ()
    choices: tuple[Choice, ...] = ()
    whole_number_error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A protected workbook; `names` are workbook-level names by what they refer to (.xlsx)."""

    sheets: tuple[BookSheet, ...]
    names: Mapping[str, str]
    made_at: datetime
    title: str
