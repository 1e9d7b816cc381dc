"""Workbooks with formulas, as a neutral description and two writers: .xls and .xlsx.

Each formula carries its value, so that a reader that does not recalculate sees the same figures.
The writers are loaded by the first workbook (`journal.documents.loading`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal.documents.book.model import Book, BookSheet, Formula, Look, Placed, Whole
from journal.documents.loading import first_used

if TYPE_CHECKING:
    from journal.documents.book.xls import write_xls
    from journal.documents.book.xlsx import write_xlsx
else:
    write_xls = first_used("journal.documents.book.xls", "write_xls")
    write_xlsx = first_used("journal.documents.book.xlsx", "write_xlsx")

__all__ = [
    "Book",
    "BookSheet",
    "Formula",
    "Look",
    "Placed",
    "Whole",
    "write_xls",
    "write_xlsx",
]
