"""What a printed form is described by, free of the toolkit that prints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Align = Literal["left", "center", "right"]
MM = 72 / 25.4  # points
MARGIN = 12 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """What stands on every page, in the reader's language already.

    `made` is the whole sentence of the moment («Сформировано 20.11.2026 14:05»), `page_label` has
    the places %(page)s and %(pages)s.
    """

    school: str
    title: str
    made: str
    page_label: str
    subtitle: str = ""
    check_code: str = ""
    wide: bool = False
    large: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page in points: A4, A3 if `large`, lying if `wide`."""
        short, long = (297 * MM, 420 * MM) if self.large else (210 * MM, 297 * MM)
        return (long, short) if self.wide else (short, long)

    @property
    def text_width(self) -> float:
        """Points between the margins."""
        return self.size[0] - 2 * MARGIN


Part = tuple[PageFrame, Sequence[Any]]
"""What follows one another in a frame: the blocks are the toolkit's flowables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfColumn:
    """A column: `share` is its part of the table's width beside the others' shares.

    `upright` writes the header from bottom to top (narrow columns of subjects and dates).
    """

    title: str
    share: float = 1
    align: Align = "left"
    upright: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One card: whose it is, its lines (label, value), a closing note, the text of a QR code."""

    title: str
    lines: tuple[tuple[str, str], ...]
    note: str = ""
    qr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipSheet:
    """What stands around the cards: school on each, title, moment and page in the margin."""

    school: str
    title: str
    made: str
    page_label: str
