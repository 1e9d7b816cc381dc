"""The cells of an uploaded workbook, as raw values by sheet, row and column (from 0)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

import python_calamine as calamine

from journal.documents.cells import Cell, is_blank, shown
from journal.documents.guards import Limits, UnreadableFile, damaged, panic_told
from journal.documents.inspection import Inspection, Locked, inspect, is_old
from journal.documents.unlocking import unlocked
from journal.exchange.forms.specification import META

LARGEST = 2 * 1024 * 1024
LIMITS = Limits(file_bytes=LARGEST, unpacked_bytes=40_000_000, cells=400_000)
_ROWS, _COLUMNS = 600, 64
"""No form reaches beyond; what lies outside is not looked at."""


@dataclass(frozen=True, slots=True)
class RawBook:
    """What a file holds, with what its container tells."""

    inspection: Inspection
    sheets: Mapping[str, Mapping[tuple[int, int], Cell]]

    def at(self, sheet: str, row: int, column: int) -> Cell:
        """The value of a cell; blank text when there is none."""
        return self.sheets.get(sheet, {}).get((row, column), "")

    def text(self, sheet: str, row: int, column: int) -> str:
        """The value as people read it."""
        return shown(self.at(sheet, row, column))

    def has_formula(self, sheet: str, row: int, column: int) -> bool:
        """Whether a formula stands in the cell."""
        return (row, column) in self.inspection.formulas.get(sheet, ())

    @property
    def meta(self) -> dict[str, str]:
        """The keys and values of the hidden sheet."""
        rows = {row for row, _ in self.sheets.get(META, {})}
        return {self.text(META, row, 0): self.text(META, row, 1) for row in sorted(rows)}


def raw_book(data: bytes) -> RawBook:
    """Read the file. Raises NotExcel, Locked, or UnreadableFile; see `documents.inspection`."""
    data, inspection = _inspected(data)
    try:
        with panic_told(), calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            sheets = {name: _cells(workbook.get_sheet_by_name(name)) for name in _names(workbook)}
    except (calamine.CalamineError, OSError) as broken:
        raise UnreadableFile(damaged()) from broken
    return RawBook(inspection, sheets)


def _inspected(data: bytes) -> tuple[bytes, Inspection]:
    """The file as it can be read: programs encrypt a protected .xls without asking anybody."""
    try:
        return data, inspect(data, limits=LIMITS)
    except Locked as locked:
        opened = unlocked(data) if is_old(data) else None
        if opened is None:
            raise Locked(locked.message) from locked
        return opened, inspect(opened, limits=LIMITS)


def _names(workbook: calamine.CalamineWorkbook) -> list[str]:
    kinds = calamine.SheetTypeEnum
    return [one.name for one in workbook.sheets_metadata if one.typ == kinds.WorkSheet]


def _cells(sheet: calamine.CalamineSheet) -> dict[tuple[int, int], Cell]:
    if sheet.total_height * sheet.total_width > LIMITS.cells:
        raise UnreadableFile(damaged())
    rows = sheet.to_python(skip_empty_area=False)
    return {
        (row, column): value
        for row, cells in enumerate(rows[:_ROWS])
        for column, value in enumerate(cells[:_COLUMNS])
        if not is_blank(value)
    }
