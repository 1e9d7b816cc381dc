"""Writing .xlsx: text stays text, headers are styled and frozen, lists drop down.

A value of type `str` is always written as a text cell: a name that starts with `=` never becomes a
formula, here or when the reader edits the cell later. The same sheets and moment give the same
bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

Value = str | int | float | Decimal | bool | date | datetime | time | None

_TEXT_FORMAT = "@"
_DAY_FORMAT = "dd.mm.yyyy"
_TIME_FORMAT = "hh:mm"
_HEADER_FILL = PatternFill("solid", start_color="E8EEF7")
_HEADER_LINE = Border(bottom=Side(style="thin", color="8EA3C2"))
_EXAMPLE_FONT = Font(italic=True, color="7A7A7A")
# What a drop-down covers below the header, and the longest list Excel takes inline.
_LISTED_ROWS = 5000
_INLINE_LIST = 255
_MOMENTS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column: its header, width in characters, and what the reader may choose from.

    `choices` become a strict drop-down; `choices_from` (an address such as `'Классы'!$A$2:$A$99`)
    a drop-down that suggests but does not forbid. `text` formats empty cells as text, so that
    Excel does not turn «2-9» into a date.
    """

    title: str
    width: float = 14
    required: bool = False
    text: bool = False
    choices: tuple[str, ...] = ()
    choices_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet to write: `rows` follow the header; `example` is a grey row above them."""

    title: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[Value]] = ()
    example: Sequence[Value] | None = None


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


def settled(content: bytes, made_at: datetime) -> bytes:
    """The same archive with the moment of making instead of the clock's, byte for byte equal."""
    moment = f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode()
    change = partial(_MOMENTS.sub, rb"\g<1>" + moment + rb"\2")
    return rewritten(content, {"docProps/core.xml": change})


def rewritten(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The same archive with some members changed, without the clock's moments."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name in changes:
                data = changes[name](data)
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            target.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return result.getvalue()


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
