"""What is said of a cell, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is wrong: the sheet, its 1-based row, the column's header, and a sentence to read."""

    sheet: str
    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a sheet; rows and columns count from 0."""

    sheet: str
    row: int
    column: int
