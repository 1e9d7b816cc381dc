"""Where things stand on the sheets of a form: rows, addresses, ranges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from journal.exchange.figures import control_letters
from journal.exchange.forms.expressions import Cell, Row
from journal.exchange.forms.specification import (
    FIRST_ROW,
    GRADES,
    STAGES,
    WHOLE_SCHOOL,
    ClassSheet,
    Column,
    column_number,
)

BLOCK = len(GRADES) + len(STAGES) + 2
"""Rows of a block of the summary: its heading, parallels, stages, the whole school."""


@dataclass(frozen=True, slots=True)
class Places:
    """The rows of a workbook with so many class rows."""

    rows: int

    @property
    def last_row(self) -> int:
        """The last class row, as people count."""
        return FIRST_ROW + self.rows - 1

    @property
    def total_row(self) -> int:
        """«ИТОГО по ОО»."""
        return self.last_row + 1

    def range_of(self, letter: str, sheet: str | None = None, *, fixed: bool = False) -> str:
        """The class rows of a column."""
        mark = "$" if fixed else ""
        area = f"{mark}{letter}${FIRST_ROW}:{mark}{letter}${self.last_row}"
        return f"{quoted(sheet)}!{area}" if sheet else area

    def data_range(self, sheet: ClassSheet) -> str:
        """The whole-number cells of the class rows of a sheet."""
        first, last = control_letters(sheet)[0], control_letters(sheet)[-1]
        return f"{quoted(sheet.name)}!${first}${FIRST_ROW}:${last}${self.last_row}"


def quoted(sheet: str) -> str:
    """A sheet's name inside a formula."""
    return f"'{sheet}'"


def address(letter: str, row: int, sheet: str | None = None) -> str:
    """A cell's address, as people count rows."""
    return f"{quoted(sheet)}!{letter}{row}" if sheet else f"{letter}{row}"


def addressed(row: int, thresholds: Mapping[str, int]) -> Row:
    """The row as formulas are written in it: every cell stands in the same row of its sheet."""
    return Row(_in_row(row), _no_value, dict(thresholds))


def _in_row(row: int) -> Callable[[Cell], str]:
    return lambda cell: address(cell.letter, row, cell.sheet)


def _no_value(cell: Cell) -> int:
    raise LookupError(f"{cell.letter} is addressed here, not read")


def block_row(block: int) -> int:
    """The row of a summary block's heading; its parallels begin in the next one."""
    return FIRST_ROW + block * BLOCK


def summary_rows(block: int) -> list[tuple[str, range, int]]:
    """The rows of a summary block: label, parallels they sum, row."""
    rows: list[tuple[str, range, int]] = []
    row = block_row(block) + 1
    for grade in GRADES:
        rows.append((f"{grade} класс", range(grade, grade + 1), row))
        row += 1
    for label, grades in STAGES:
        rows.append((label, grades, row))
        row += 1
    rows.append((WHOLE_SCHOOL, GRADES, row))
    return rows


def place(column: Column | str) -> int:
    """The 0-based column."""
    return column_number(column if isinstance(column, str) else column.letter) - 1
