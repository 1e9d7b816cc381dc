"""The writer of workbooks: openpyxl, loaded by the first one."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from textwrap import wrap
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from journal.documents.workbook.archive import settled
from journal.documents.workbook.model import Sheet, SheetColumn, Value

_TEXT_FORMAT = "@"
_DAY_FORMAT = "dd.mm.yyyy"
_TIME_FORMAT = "hh:mm"
_HEADER_FILL = PatternFill("solid", start_color="E8EEF7")
_HEADER_LINE = Border(bottom=Side(style="thin", color="8EA3C2"))
_FACE: dict[str, Any] = {"name": "Calibri", "size": 11}  # a font without a name is anybody's
_EXAMPLE_FONT = Font(italic=True, color="7A7A7A", **_FACE)
_LYING = Alignment(vertical="center", wrap_text=True)
_UPRIGHT = Alignment(horizontal="center", vertical="bottom", text_rotation=90, wrap_text=True)
_TOP = {False: Alignment(vertical="top"), True: Alignment(vertical="top", wrap_text=True)}
_LINE, _LETTER, _HIGHEST = 15.0, 5.8, 200.0  # points: of a line, of a letter, of a header
_STANDING = 90  # characters that a standing page has room for
_A4 = 9
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.7, "bottom": 0.6, "header": 0.3, "footer": 0.3}
_HEADING = 230  # characters; Excel takes no head of more than 255
# What a drop-down covers below the header, and the longest list Excel takes inline.
_LISTED_ROWS = 5000
_INLINE_LIST = 255


def write_workbook(sheets: Iterable[Sheet], *, made_at: datetime) -> bytes:
    """The .xlsx of these sheets; `made_at` goes into the file's properties."""
    workbook = Workbook(write_only=True)
    workbook.properties.creator = ""
    for sheet in sheets:
        _write_sheet(workbook, sheet)
    content = io.BytesIO()
    workbook.save(content)
    return settled(content.getvalue(), made_at)


def text_cell(sheet: WriteOnlyWorksheet, value: str) -> Cell:
    """A cell that is text whatever it begins with."""
    cell: Cell = WriteOnlyCell(sheet)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"
    cell.number_format = _TEXT_FORMAT
    return cell


def _write_sheet(workbook: Workbook, sheet: Sheet) -> None:
    target = workbook.create_sheet(sheet.title)
    target.freeze_panes = "A2"
    _set_page(target, sheet)
    for number, column in enumerate(sheet.columns, start=1):
        dimension = target.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        if column.text:
            dimension.number_format = _TEXT_FORMAT
    target.append([_header_cell(target, column) for column in sheet.columns])
    if sheet.example is not None:
        target.append([_example_cell(target, value) for value in sheet.example])
    widths = [column.width for column in sheet.columns]
    for number, row in enumerate(sheet.rows, start=2 if sheet.example is None else 3):
        lines = [_lines(value, width) for value, width in zip(row, widths, strict=True)]
        if max(lines, default=1) > 1:
            target.row_dimensions[number].height = _LINE * max(lines)
            target.append([_at_top(target, *one) for one in zip(row, lines, strict=True)])
        else:
            target.append([_cell(target, value) for value in row])
    _add_drop_downs(target, sheet.columns)


def _set_page(target: WriteOnlyWorksheet, sheet: Sheet) -> None:
    """Printed, the sheet is as wide as a page of A4, ruled, under its header and what it is; the
    header shows all its words."""
    lying = sum(column.width for column in sheet.columns) > _STANDING
    page: Any = target  # the library's type does not tell all it has
    page.page_setup.orientation = "landscape" if lying else "portrait"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToHeight = 0
    page.page_margins = PageMargins(**_MARGINS)
    page.print_options.gridLines = True
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
    page.oddHeader.left.text = _plain(sheet.heading) or "&A"
    page.oddFooter.left.text = _plain(sheet.made)
    page.oddFooter.right.text = "&P / &N"
    page.row_dimensions[1].height = max(
        (_header_height(one) for one in sheet.columns), default=_LINE
    )


def _plain(text: str) -> str:
    """As it stands in a head or foot, where «&» begins a code."""
    shown = text if len(text) <= _HEADING else text[: _HEADING - 1] + "…"
    return shown.replace("&", "&&")


def _header_height(column: SheetColumn) -> float:
    if column.upright:
        return min(_HIGHEST, _LETTER * len(column.title) + _LINE)
    lines = wrap(column.title, max(3, int(column.width) - 1))
    return _LINE * max(1, len(lines))


def _add_drop_downs(sheet: WriteOnlyWorksheet, columns: Sequence[SheetColumn]) -> None:
    for number, column in enumerate(columns, start=1):
        if validation := _drop_down(column):
            letter = get_column_letter(number)
            validation.add(f"{letter}2:{letter}{_LISTED_ROWS}")
            sheet.data_validations.append(validation)  # type: ignore[attr-defined]


def _header_cell(sheet: WriteOnlyWorksheet, column: SheetColumn) -> Cell:
    cell = text_cell(sheet, column.title)
    cell.font = Font(bold=True, color="9A3412" if column.required else "1F2937", **_FACE)
    cell.fill = _HEADER_FILL
    cell.border = _HEADER_LINE
    cell.alignment = _UPRIGHT if column.upright else _LYING
    return cell


def _example_cell(sheet: WriteOnlyWorksheet, value: Value) -> Cell:
    cell = _dressed(sheet, value)
    cell.font = _EXAMPLE_FONT
    return cell


def _lines(value: Value, width: float) -> int:
    """That a value takes in a column of so many characters."""
    if not isinstance(value, str) or (len(value) <= width and "\n" not in value):
        return 1
    return sum(max(1, len(wrap(line, max(1, int(width) - 1)))) for line in value.split("\n"))


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> Cell | Value:
    """Only what needs a style becomes a cell: a plain value costs a third of the time."""
    if isinstance(value, bool) or value is None or isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, str) and value and value[0] not in "=#" and value.isprintable():
        return value
    return _dressed(sheet, value)


def _at_top(sheet: WriteOnlyWorksheet, value: Value, lines: int) -> Cell:
    """In a row of several lines all cells begin on the first."""
    cell = _dressed(sheet, value)
    cell.alignment = _TOP[lines > 1]
    return cell


def _dressed(sheet: WriteOnlyWorksheet, value: Value) -> Cell:
    if isinstance(value, str):
        return text_cell(sheet, value)
    cell: Cell = WriteOnlyCell(sheet)
    cell.value = value
    if isinstance(value, date):
        cell.number_format = _DAY_FORMAT
    elif isinstance(value, time):
        cell.number_format = _TIME_FORMAT
    return cell


def _drop_down(column: SheetColumn) -> DataValidation | None:
    if column.choices_from:
        return DataValidation(
            type="list", formula1=column.choices_from, allow_blank=True, showErrorMessage=False
        )
    listed = ",".join(column.choices)
    if not column.choices or len(listed) > _INLINE_LIST:
        return None
    return DataValidation(
        type="list", formula1=f'"{listed}"', allow_blank=not column.required, showErrorMessage=True
    )
