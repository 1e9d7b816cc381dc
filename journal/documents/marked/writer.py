"""The writer of marked tables: openpyxl, loaded by the first one."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from journal.documents.cells import Cell, folded, header_key, is_blank, shown
from journal.documents.guards import LIMITS, Limits
from journal.documents.marked.model import Place, Remark
from journal.documents.tables import Table, read_tables
from journal.documents.workbook.archive import settled

_FAULTY = PatternFill("solid", start_color="FFD6D6")
# Comments are drawn one by one by the spreadsheet program: beyond this only colours.
_COMMENTS = 2000
_AUTHOR = "✓"
# The writer's library stumbles in many ways over files that the reader takes (.ods, .xls, foreign
# styles): then the cells alone are copied.
_STUMBLES = (
    InvalidFileException,
    BadZipFile,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
)
_COMMENT_WIDTH, _COMMENT_HEIGHT = 320, 90


def marked_copy(
    file_name: str,
    data: bytes,
    remarks: Iterable[Remark],
    *,
    made_at: datetime,
    limits: Limits = LIMITS,
) -> bytes:
    """The .xlsx copy with every remark's cell coloured and commented.

    A remark about a column that the sheet lacks goes beside the header; one about a sheet that the
    file lacks is left out (the list of errors has it). Raises UnreadableFile.
    """
    tables = read_tables(file_name, data, limits=limits)
    workbook = _opened(data) or _rebuilt(tables)
    by_sheet: dict[str, list[Remark]] = defaultdict(list)
    for remark in remarks:
        by_sheet[folded(remark.sheet)].append(remark)
    comments_left = _COMMENTS
    for table in tables:
        places = _places(table, by_sheet.get(folded(table.name), []))
        sheet = _sheet_of(workbook, table.name)
        for (row, column), text in places.items():
            _mark(sheet.cell(row, column), text if comments_left > 0 else None)
            comments_left -= 1
    content = io.BytesIO()
    workbook.save(content)
    return settled(content.getvalue(), made_at)


def marked_cells(
    data: bytes, remarks: Mapping[Place, str], values: Mapping[Place, Cell], *, made_at: datetime
) -> bytes:
    """The .xlsx `data` with these cells set to `values`, coloured and commented by `remarks`."""
    workbook = load_workbook(io.BytesIO(data))
    for place, value in values.items():
        _fill(_at(workbook, place), value)
    for number, (place, text) in enumerate(remarks.items()):
        _mark(_at(workbook, place), text if number < _COMMENTS else None)
    content = io.BytesIO()
    workbook.save(content)
    return settled(content.getvalue(), made_at)


def _at(workbook: Workbook, place: Place) -> SheetCell | MergedCell:
    return _sheet_of(workbook, place.sheet).cell(place.row + 1, place.column + 1)


def _opened(data: bytes) -> Workbook | None:
    try:
        return load_workbook(io.BytesIO(data))
    except _STUMBLES:
        return None


def _rebuilt(tables: Sequence[Table]) -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for table in tables:
        sheet = workbook.create_sheet(_title(table.name))
        for row in table.rows:
            for number, value in enumerate(row.cells, start=1):
                if not is_blank(value):
                    _fill(sheet.cell(row.number, number), value)
    return workbook


def _fill(cell: Any, value: Cell) -> None:
    """Text as text, so that a value beginning with `=` is no formula in the copy either."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        return
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "dd.mm.yyyy"


def _title(name: str) -> str:
    """A sheet's title as spreadsheet programs allow it."""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31] or "1"


def _sheet_of(workbook: Workbook, name: str) -> Worksheet:
    sheet = workbook[name if name in workbook.sheetnames else _title(name)]
    assert isinstance(sheet, Worksheet)
    return sheet


def _places(table: Table, remarks: Sequence[Remark]) -> dict[tuple[int, int], str]:
    """Cell (row, column) to all that is said of it."""
    header = table.rows[0].cells if table.rows else ()
    columns = {header_key(shown(title)): place for place, title in enumerate(header, start=1)}
    places: dict[tuple[int, int], str] = {}
    for remark in remarks:
        column = columns.get(header_key(remark.column), len(header) + 1)
        said = places.get((remark.row, column))
        places[remark.row, column] = f"{said}\n{remark.text}" if said else remark.text
    return places


def _mark(cell: SheetCell | MergedCell, text: str | None) -> None:
    cell.fill = _FAULTY
    if text is not None and isinstance(cell, SheetCell):
        cell.comment = Comment(text, _AUTHOR, width=_COMMENT_WIDTH, height=_COMMENT_HEIGHT)
