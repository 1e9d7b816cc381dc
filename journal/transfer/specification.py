"""One declarative description of a sheet: what reading, templates, exports and checks go by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Generic, TypeVar

from journal.core.messages import N_, Message
from journal.documents.cells import Cell, CellRefused, is_blank, shown
from journal.documents.workbook import SheetColumn, Value
from journal.transfer.celltypes import CellType
from journal.transfer.faults import Findings
from journal.transfer.references import Ref, References

Row = TypeVar("Row")

_EMPTY: tuple[object, ...] = ("", ())


@dataclass(frozen=True, slots=True)
class Column:
    """A column: header, field of the row, kind of cell.

    A row without a sound `vital` cell cannot be told from others and is not built; another faulty
    cell is stood in for, so that the row can still be referred to. `names` says what the cell
    refers to; `defines`, that here it is not referred to but made known.
    """

    title: str
    field: str
    cell: CellType
    required: bool = False
    vital: bool = False
    default: object = None
    names: Ref | None = None
    defines: bool = False
    example: Value = None

    def value(self, cell: Cell, known: References) -> object:
        """The value of a cell in its canonical form. Raises CellRefused."""
        found = None if is_blank(cell) else self.cell.read(cell)
        if found is None or found in _EMPTY:
            if self.required:
                raise CellRefused(N_("Fill in «%(column)s».", column=self.title))
            return self.default
        if self.names is None:
            return found
        if isinstance(found, tuple):
            return tuple([known.find(self.names, name) for name in found])
        take = known.settle if self.defines else known.find
        return take(self.names, str(found))

    def written(self, row: object) -> Value:
        """What stands in this column for a row."""
        value = getattr(row, self.field)
        return None if value is None else self.cell.write(value)

    def header(self) -> SheetColumn:
        """How the column looks in a written workbook."""
        return SheetColumn(
            title=self.title,
            width=self.cell.width,
            required=self.required,
            text=self.cell.as_text,
            choices=self.cell.listed,
        )


def telling(
    title: str, field: str, cell: CellType, example: Value = None, *, names: Ref | None = None
) -> Column:
    """A required column that tells rows apart."""
    return Column(title, field, cell, True, True, None, names, example=example)


def defining(title: str, field: str, cell: CellType, example: Value, *, names: Ref) -> Column:
    """The column under which a sheet makes names known."""
    return Column(title, field, cell, True, True, None, names, defines=True, example=example)


def required(
    title: str, field: str, cell: CellType, example: Value = None, *, names: Ref | None = None
) -> Column:
    """A column that must be filled in."""
    return Column(title, field, cell, True, names=names, example=example)


def optional(
    title: str,
    field: str,
    cell: CellType,
    example: Value = None,
    *,
    names: Ref | None = None,
    default: object = None,
) -> Column:
    """A column that may be blank or absent."""
    return Column(title, field, cell, names=names, default=default, example=example)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSpec(Generic[Row]):
    """A sheet: `key` are the fields that tell a row from others, `repeated_at` the header under
    which a second row with the same key is reported ("": a check of its own does that)."""

    title: str
    build: Callable[..., Row]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    repeated_at: str

    def column(self, field: str) -> Column:
        """The column of a field."""
        return next(column for column in self.columns if column.field == field)

    def with_default(self, field: str, value: object) -> SheetSpec[Row]:
        """The same sheet where a blank cell of this column means `value`."""
        columns = tuple(
            replace(column, default=value) if column.field == field else column
            for column in self.columns
        )
        return replace(self, columns=columns)

    def key_of(self, row: Row) -> tuple[object, ...]:
        """The natural key of a row."""
        return tuple([getattr(row, field) for field in self.key])

    def written(self, row: Row) -> list[Value]:
        """The cells of a row in the order of the columns."""
        return [column.written(row) for column in self.columns]


class SheetFindings(Generic[Row]):
    """The faults of one sheet, told by row and field; rows of the database are never faulty."""

    def __init__(self, spec: SheetSpec[Row], findings: Findings) -> None:
        self._spec = spec
        self._findings = findings
        self._titles = {column.field: column.title for column in spec.columns}

    def fault(self, row: Row, field: str, message: Message) -> None:
        """Record an error of a cell of this row."""
        if number := _number(row):
            cells = dict(zip(self._titles, self._spec.written(row), strict=True))
            value = shown(raw(cells[field]))
            self._findings.fault(
                self._spec.title, number, self._titles[field], shown(raw(value)), message
            )

    def note(self, row: Row, field: str, message: Message) -> None:
        """Record a remark on a cell of this row."""
        if number := _number(row):
            self._findings.note(self._spec.title, number, self._titles[field], message)

    def bad(self, row: Row, *fields: str) -> bool:
        """Whether one of these cells (any cell, if none is named) is faulty already."""
        number = _number(row)
        if not fields:
            return self._findings.in_row(self._spec.title, number)
        return self._findings.at(self._spec.title, number, *(self._titles[f] for f in fields))


def raw(value: Value) -> Cell:
    """A written value as a reader of the sheet would get it."""
    return float(value) if isinstance(value, Decimal) else value


def _number(row: object) -> int:
    number = getattr(row, "row", 0)
    assert isinstance(number, int)
    return number
