"""Writing .xlsx: text stays text, headers are styled and frozen, lists drop down.

A value of type `str` is always written as a text cell: a name that starts with `=` never becomes a
formula, here or when the reader edits the cell later. The same sheets and moment give the same
bytes. The writer is loaded by the first workbook (`journal.documents.loading`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal.documents.loading import first_used
from journal.documents.workbook.model import Sheet, SheetColumn, Value

if TYPE_CHECKING:
    from openpyxl.utils import get_column_letter as column_letter

    from journal.documents.workbook.writer import write_workbook
else:
    column_letter = first_used("openpyxl.utils", "get_column_letter")
    write_workbook = first_used("journal.documents.workbook.writer", "write_workbook")

__all__ = ["Sheet", "SheetColumn", "Value", "column_letter", "write_workbook"]
