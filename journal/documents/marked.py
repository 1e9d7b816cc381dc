"""The faulty table handed back: the cells in question coloured, each with a comment.

An .xlsx keeps its values, formats and widths; of an .ods, .xls or CSV, or of a workbook that the
writer cannot open, an .xlsx with the same cells is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal.documents.loading import first_used

if TYPE_CHECKING:
    from journal.documents.marker import marked_cells, marked_copy
else:
    marked_cells, marked_copy = (
        first_used("journal.documents.marker", name) for name in ("marked_cells", "marked_copy")
    )

__all__ = ["Place", "Remark", "marked_cells", "marked_copy"]


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
