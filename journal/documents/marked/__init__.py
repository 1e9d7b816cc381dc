"""The faulty table handed back: the cells in question coloured, each with a comment.

An .xlsx keeps its values, formats and widths; of an .ods, .xls or CSV, or of a workbook that the
writer cannot open, an .xlsx with the same cells is made. The writer is loaded by the first faulty
table (`journal.documents.loading`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal.documents.loading import first_used
from journal.documents.marked.model import Place, Remark

if TYPE_CHECKING:
    from journal.documents.marked.writer import marked_cells, marked_copy
else:
    marked_cells, marked_copy = (
        first_used("journal.documents.marked.writer", name)
        for name in ("marked_cells", "marked_copy")
    )

__all__ = ["Place", "Remark", "marked_cells", "marked_copy"]
