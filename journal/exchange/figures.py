"""The figures of a filled form: every formula of the workbook computed by the server."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from journal.exchange.forms.expressions import Cell, Row, Value, number_of, value_of
from journal.exchange.forms.specification import ClassSheet, Column, Form

MODULUS = 999983
Numbers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class as the sheet «Классы» names it."""

    name: str
    grade: int
    study_form: str = "очная"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A line of «Пояснения»: why a warning is as it is."""

    code: str
    class_name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What people type, or the journal fills in. Row n of every sheet is the class of row n (None:
    no class there); `numbers` by sheet and row hold the typed columns that are not blank."""

    classes: Sequence[ClassLine | None]
    numbers: Mapping[str, Sequence[Numbers]]
    explanations: Sequence[Explanation] = ()
    responsible: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    """All values of a form. Rows count from 0, spare ones are blank, and blank is zero."""

    form: Form
    content: Content
    thresholds: Mapping[str, int]

    @property
    def rows(self) -> int:
        """How many class rows there are, spare ones included."""
        return len(self.content.classes)

    def typed(self, sheet: str, row: int, letter: str) -> int | None:
        """What is typed there; None for a blank cell."""
        rows = self.content.numbers.get(sheet, ())
        return rows[row].get(letter) if row < len(rows) else None

    def value(self, sheet: ClassSheet, row: int, letter: str) -> Value:
        """A class row's value, BLANK where a share of nothing is asked for."""
        return self._value(sheet.column(letter), self.row(sheet, row))

    def values(self, sheet: ClassSheet, row: int) -> list[Value]:
        """All values of a class row: what several formulas ask for is computed once."""
        known: dict[Cell, int] = {}

        def number(cell: Cell) -> int:
            if cell not in known:
                column = self._sheet(sheet, cell)
                known[cell] = self.number(column, row, cell.letter)
            return known[cell]

        here = self._row(number)
        return [self._value(column, here) for column in sheet.columns]

    def number(self, sheet: ClassSheet, row: int, letter: str) -> int:
        """A whole number of a class row; blank is 0."""
        column = sheet.column(letter)
        if column.formula is None:
            return self.typed(sheet.name, row, letter) or 0
        return number_of(column.formula, self.row(sheet, row))

    def row(self, sheet: ClassSheet, row: int) -> Row:
        """The class row as expressions see it."""
        return self._row(lambda cell: self.number(self._sheet(sheet, cell), row, cell.letter))

    def total_row(self, sheet: ClassSheet) -> Row:
        """The row «ИТОГО по ОО» as expressions see it."""
        return self._row(lambda cell: self.total(self._sheet(sheet, cell), cell.letter))

    def total(self, sheet: ClassSheet, letter: str) -> int:
        """The whole-number column over all rows."""
        return self._sum(sheet, letter, range(self.rows))

    def total_value(self, sheet: ClassSheet, letter: str) -> Value:
        """A cell of «ИТОГО по ОО»: shares come from sums, never from shares."""
        return self._value(sheet.column(letter), self.total_row(sheet))

    def level_value(self, sheet: ClassSheet, letter: str, grades: Sequence[int]) -> Value:
        """A cell of «Свод»: the classes of these parallels."""
        column = sheet.column(letter)
        rows = [
            place
            for place, line in enumerate(self.content.classes)
            if line is not None and line.grade in grades
        ]
        if column.added:
            return self._sum(sheet, letter, rows)
        level = self._row(lambda cell: self._sum(sheet, cell.letter, rows))
        return self._value(column, level)

    def control_number(self, sheet: ClassSheet) -> int:
        """Σ over the whole-number columns of ordinal × sum, modulo 999983."""
        letters = control_letters(sheet)
        return sum(n * self.total(sheet, one) for n, one in enumerate(letters, 1)) % MODULUS

    def _sum(self, sheet: ClassSheet, letter: str, rows: Sequence[int]) -> int:
        return sum(self.number(sheet, row, letter) for row in rows)

    def _sheet(self, sheet: ClassSheet, cell: Cell) -> ClassSheet:
        return self._sheets[cell.sheet] if cell.sheet else sheet

    @cached_property
    def _sheets(self) -> dict[str, ClassSheet]:
        return {sheet.name: sheet for sheet in self.form.sheets}

    def _row(self, value: Callable[[Cell], int]) -> Row:
        return Row(lambda cell: cell.letter, value, dict(self.thresholds))

    def _value(self, column: Column, row: Row) -> Value:
        if column.formula is None:
            return row.value(Cell(column.letter))
        return value_of(column.formula, row)


def control_letters(sheet: ClassSheet) -> list[str]:
    """The columns of the control number: E to AA, all that hold whole numbers."""
    return [column.letter for column in sheet.columns if not column.tenths]
