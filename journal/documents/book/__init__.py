"""Workbooks with formulas, as a neutral description and two writers: .xls and .xlsx.

Each formula carries its value, so that a reader that does not recalculate sees the same figures.
"""

from __future__ import annotations

from journal.documents.book.model import Book, BookSheet, Formula, Look, Placed, Whole
from journal.documents.book.xls import write_xls
from journal.documents.book.xlsx import write_xlsx

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
