"""Reading sheets of raw cells from .xlsx, .ods, .xls and `;`-separated CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import NamedTuple

import python_calamine as calamine

from journal.core.messages import N_
from journal.documents.cells import Cell, is_blank
from journal.documents.delimited import DELIMITER, unguarded
from journal.documents.guards import (
    LIMITS,
    Limits,
    UnreadableFile,
    check_archive,
    check_area,
    check_size,
    damaged,
    panic_told,
)

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")


class TableRow(NamedTuple):
    """A row with something in it: its 1-based number in the sheet (line in a CSV), its cells."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: only rows that are not blank, the first of them usually the header."""

    name: str
    rows: tuple[TableRow, ...]


def read_tables(file_name: str, data: bytes, *, limits: Limits = LIMITS) -> tuple[Table, ...]:
    """Every sheet of the file; the kind of file is told by its content, not by its name.

    A CSV gives one table named after the file. Raises UnreadableFile with a sentence.
    """
    check_size(data, limits)
    if data.startswith(_ZIP):
        check_archive(data, limits)
        return _read_workbook(data, limits)
    if data.startswith(_OLE):
        return _read_workbook(data, limits)
    if data.startswith(_FOREIGN):
        raise UnreadableFile(_wrong_kind_of_file)
    return (_read_csv(PurePath(file_name.replace("\\", "/")).stem, data, limits),)


_wrong_kind_of_file = N_("This is not a table. Hand in a file .xlsx, .ods, .xls or .csv.")


def _read_workbook(data: bytes, limits: Limits) -> tuple[Table, ...]:
    try:
        with panic_told(), calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            names = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.typ == calamine.SheetTypeEnum.WorkSheet
            ]
            return _read_sheets(workbook, names, limits)
    except calamine.PasswordError as locked:
        raise UnreadableFile(
            N_("The file is protected by a password. Save it without one.")
        ) from locked
    except (calamine.CalamineError, OSError) as broken:
        raise UnreadableFile(damaged()) from broken


def _read_sheets(
    workbook: calamine.CalamineWorkbook, names: Sequence[str], limits: Limits
) -> tuple[Table, ...]:
    area, tables = 0, []
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        area += sheet.total_height * sheet.total_width
        check_area(area, limits)
        rows = sheet.to_python(skip_empty_area=False)
        tables.append(Table(name, tuple(_filled(enumerate(rows, start=1)))))
    return tuple(tables)


def _filled(rows: Iterable[tuple[int, Sequence[Cell]]]) -> Iterator[TableRow]:
    for number, cells in rows:
        if not all(is_blank(cell) for cell in cells):
            yield TableRow(number, tuple(cells))


def _read_csv(name: str, data: bytes, limits: Limits) -> Table:
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as foreign:
        raise UnreadableFile(
            N_("The text of the file is not in UTF-8. Save it as «CSV UTF-8».")
        ) from foreign
    if "\0" in content:
        raise UnreadableFile(_wrong_kind_of_file)
    try:
        rows = tuple(_filled(_numbered_records(content)))
    except csv.Error as broken:
        raise UnreadableFile(
            N_("The quotes of the CSV file do not match. Save the table as CSV again.")
        ) from broken
    check_area(sum(len(row.cells) for row in rows), limits)
    if rows:
        _check_delimiter(rows[0].cells)
    return Table(name, rows)


def _numbered_records(content: str) -> Iterator[tuple[int, list[Cell]]]:
    """Records with the line each begins on: a quoted cell may hold line breaks."""
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=DELIMITER, strict=True)
    begins = 1
    for record in reader:
        yield begins, [unguarded(value) for value in record]
        begins = reader.line_num + 1


def _check_delimiter(header: Sequence[Cell]) -> None:
    if len(header) == 1 and re.search(r"\w[,\t]\s*\w", str(header[0])):
        raise UnreadableFile(
            N_("The columns of the CSV file must be separated by a semicolon. Save it so.")
        )
