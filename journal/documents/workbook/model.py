"""A workbook to write, as values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

Value = str | int | float | Decimal | bool | date | datetime | time | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column: its header, width in characters, and what the reader may choose from.

    `choices` become a strict drop-down; `choices_from` (an address such as `'Классы'!$A$2:$A$99`)
    a drop-down that suggests but does not forbid. `text` formats empty cells as text, so that
    Excel does not turn «2-9» into a date. `upright` headers are written from bottom to top.
    """

    title: str
    width: float = 14
    required: bool = False
    text: bool = False
    upright: bool = False
    choices: tuple[str, ...] = ()
    choices_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet to write: `rows` follow the header; `example` is a grey row above them. On paper
    `heading` stands above every page, `made` below it."""

    title: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[Value]] = ()
    example: Sequence[Value] | None = None
    heading: str = ""
    made: str = ""
