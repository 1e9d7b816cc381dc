"""The .xlsx writer: formulas with values, protection, names, and what may be typed where."""

from __future__ import annotations

import io
import re
from datetime import UTC
from decimal import Decimal
from functools import cache
from typing import Any

import xlsxwriter

from journal.documents.book.model import Book, BookSheet, Formula, Look, Placed
from journal.documents.workbook.archive import rewritten

A3, A4 = 8, 9
_FONT = "Arial"
_PROPERTIES = re.compile(rb"(<workbookPr[^>]*/>)")
_STRUCTURE = rb'\1<workbookProtection lockStructure="1"/>'


def write_xlsx(book: Book) -> bytes:
    """The workbook's bytes; the same book gives the same bytes."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        workbook.set_properties(
            {"title": book.title, "created": book.made_at.astimezone(UTC).replace(tzinfo=None)}
        )
        looks = _Looks(workbook)
        for sheet in book.sheets:
            _write_sheet(workbook.add_worksheet(sheet.title), sheet, looks)
        for name, refers_to in book.names.items():
            workbook.define_name(name, f"={refers_to}")
    return rewritten(
        content.getvalue(),
        {"xl/workbook.xml": lambda data: _PROPERTIES.sub(_STRUCTURE, data, count=1)},
    )


class _Looks:
    """Formats of the workbook, one for each look."""

    def __init__(self, workbook: Any) -> None:
        self.of = cache(lambda look: workbook.add_format(_format(look)))


def _format(look: Look) -> dict[str, Any]:
    given: dict[str, Any] = {
        "font_name": _FONT,
        "font_size": look.size,
        "bold": look.bold,
        "italic": look.italic,
        "font_color": f"#{look.colour}",
        "align": look.align,
        "valign": "vcenter" if look.valign == "center" else look.valign,
        "text_wrap": look.wrap,
        "num_format": look.number_format,
        "locked": look.locked,
    }
    if look.fill:
        given["bg_color"] = f"#{look.fill}"
    if look.border:
        given |= {"border": 1, "border_color": f"#{look.border}"}
    return given


def _write_sheet(target: Any, sheet: BookSheet, looks: _Looks) -> None:
    for placed in sheet.cells:
        _write(target, placed, looks.of(placed.look))
    for column, width in sheet.widths.items():
        target.set_column(column, column, width)
    for row, height in sheet.heights.items():
        target.set_row(row, height)
    if sheet.freeze:
        target.freeze_panes(*sheet.freeze)
    _restrict(target, sheet)
    _print_setup(target, sheet)
    target.protect("", {"format_columns": True, "format_rows": True})
    if sheet.very_hidden:
        target.very_hidden()


def _write(target: Any, placed: Placed, look: Any) -> None:
    row, column = placed.row, placed.column
    if placed.last != (row, column):
        target.merge_range(row, column, *placed.last, "", look)
    match placed.value:
        case None | "":
            target.write_blank(row, column, None, look)
        case Formula(text, value):
            shown = float(value) if isinstance(value, Decimal) else value
            target.write_formula(row, column, f"={text}", look, shown)
        case str() as text:
            target.write_string(row, column, text, look)
        case number:
            target.write_number(row, column, float(number), look)


def _restrict(target: Any, sheet: BookSheet) -> None:
    for area in sheet.wholes:
        target.data_validation(
            area.first_row,
            area.first_column,
            area.last_row,
            area.last_column,
            {
                "validate": "integer",
                "criteria": ">=",
                "value": 0,
                "error_message": sheet.whole_number_error,
            },
        )
    for choice in sheet.choices:
        target.data_validation(
            choice.first_row,
            choice.first_column,
            choice.last_row,
            choice.last_column,
            {"validate": "list", "source": list(choice.values)},
        )


def _print_setup(target: Any, sheet: BookSheet) -> None:
    if sheet.landscape:
        target.set_landscape()
    target.set_paper(A3 if sheet.wide else A4)
    target.fit_to_pages(1, 0)
    target.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    target.set_footer("&L&8&A&R&8&P / &N")
    if sheet.repeat:
        target.repeat_rows(*sheet.repeat)
