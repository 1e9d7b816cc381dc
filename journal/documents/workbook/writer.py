"""The writer of workbooks: openpyxl, loaded by the first one."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

from journal.documents.workbook.archive import settled
from journal.documents.workbook.model import Sheet, SheetColumn, Value

_TEXT_FORMAT = "@"
_DAY_FORMAT = "dd.mm.yyyy"
_TIME_FORMAT = "hh:mm"
_HEADER_FILL = PatternFill("solid", start_color="E8EEF7")
_HEADER_LINE = Border(bottom=Side(style="thin", color="8EA3C2"))
_EXAMPLE_FONT = Font(italic=True, color="7A7A7A")
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
    for number, column in enumerate(sheet.columns, start=1):
        dimension = target.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        if column.text:
            dimension.number_format = _TEXT_FORMAT
    target.append([_header_cell(target, column) for column in sheet.columns])
    if sheet.example is not None:
        target.append([_example_cell(target, value) for value in sheet.example])
    for row in sheet.rows:
        target.append([_cell(target, value) for value in row])
    _add_drop_downs(target, sheet.columns)


def _add_drop_downs(sheet: WriteOnlyWorksheet, columns: Sequence[SheetColumn]) -> None:
    for number, column in enumerate(columns, start=1):
        if validation := _drop_down(column):
            letter = get_column_letter(number)
            validation.add(f"{letter}2:{letter}{_LISTED_ROWS}")
            sheet.data_validations.append(validation)  # type: ignore[attr-defined]


def _header_cell(sheet: WriteOnlyWorksheet, column: SheetColumn) -> Cell:
    cell = text_cell(sheet, column.title)
    cell.font = Font(bold=True, color="9A3412" if column.required else "1F2937")
    cell.fill = _HEADER_FILL
    cell.border = _HEADER_LINE
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _example_cell(sheet: WriteOnlyWorksheet, value: Value) -> Cell:
    cell = _dressed(sheet, value)
    cell.font = _EXAMPLE_FONT
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> Cell | Value:
    """Only what needs a style becomes a cell: a plain value costs a third of the time."""
    if isinstance(value, bool) or value is None or isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, str) and value and value[0] not in "=#" and value.isprintable():
        return value
    return _dressed(sheet, value)


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
