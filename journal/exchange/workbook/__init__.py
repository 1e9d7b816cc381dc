"""Workbooks of a form: specification and content to bytes, and back."""

from __future__ import annotations

from journal.documents.book import Book, write_xls, write_xlsx
from journal.exchange.figures import Content, Figures
from journal.exchange.workbook.class_sheets import class_sheet
from journal.exchange.workbook.cover import (
    check_sheet,
    classes_sheet,
    instruction_sheet,
    meta_sheet,
    notes_sheet,
    title_sheet,
)
from journal.exchange.workbook.heading import NO_PROCEDURE, Heading, signature
from journal.exchange.workbook.summary import summary_sheet

WRITERS = {".xls": write_xls, ".xlsx": write_xlsx}


def write_form(content: Content, heading: Heading, *, suffix: str, secret: str) -> bytes:
    """The workbook of the content; `suffix` is .xls or .xlsx."""
    return WRITERS[suffix](book_of(content, heading, secret=secret))


def book_of(content: Content, heading: Heading, *, secret: str) -> Book:
    """The workbook as a neutral description."""
    form = heading.form
    figures = Figures(form, content, heading.thresholds)
    meta, names = meta_sheet(figures, heading, secret)
    return Book(
        sheets=(
            instruction_sheet(heading),
            title_sheet(figures, heading),
            classes_sheet(figures, heading),
            *(class_sheet(figures, sheet, heading) for sheet in form.sheets),
            summary_sheet(figures, heading),
            check_sheet(figures, heading.period),
            notes_sheet(figures),
            meta,
        ),
        names=names,
        made_at=heading.snapshot_at,
        title=f"Форма {form.name}. {heading.organisation_name}",
    )


__all__ = ["NO_PROCEDURE", "WRITERS", "Heading", "book_of", "signature", "write_form"]
