"""Sums of a form by sheet and parallel, and what follows from adding them over schools. Pure.

Shares always come from sums, never from shares: whatever is added up, a school, a municipality, a
stage, the region, its per cents are those of the sums.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from journal.exchange.control import shown
from journal.exchange.figures import Content, Figures
from journal.exchange.forms import Form
from journal.exchange.forms.expressions import Cell, Row, Value, number_of, value_of
from journal.exchange.forms.specification import ClassSheet, Column
from journal.exchange.rules import SMALL_CELL

Sums = Mapping[str, int]
BySheet = Mapping[str, Mapping[int, Sums]]
HIDDEN = "…"
"""What stands for a number of pupils too small to be published."""


def summed(form: Form, period: str, content: Content, thresholds: Mapping[str, int]) -> BySheet:
    """Sums of everything that is added, by sheet and parallel."""
    figures = Figures(form, content, thresholds)
    grades = sorted({line.grade for line in content.classes if line is not None})
    return {
        sheet.name: {
            grade: {
                one.letter: int(figures.level_value(sheet, one.letter, [grade]) or 0)
                for one in sheet.columns
                if one.added
            }
            for grade in grades
        }
        for sheet in form.in_period(period)
    }


def summary_text(found: BySheet) -> str:
    """As it is stored."""
    return json.dumps(
        {sheet: {str(g): dict(s) for g, s in rows.items()} for sheet, rows in found.items()}
    )


def summary_of(text: str) -> BySheet:
    """The inverse of `summary_text`."""
    return {
        sheet: {int(grade): sums for grade, sums in rows.items()}
        for sheet, rows in json.loads(text).items()
    }


@dataclass(frozen=True, slots=True)
class Total:
    """Sums of a sheet over any schools and parallels."""

    sheet: ClassSheet
    sums: Sums
    thresholds: Mapping[str, int]

    def value(self, letter: str) -> Value:
        """A graph of the sums."""
        column = self.sheet.column(letter)
        if column.added or column.formula is None:
            return self.sums.get(letter, 0)
        return value_of(column.formula, self._row())

    def _row(self) -> Row:
        return Row(lambda cell: cell.letter, self._number, dict(self.thresholds))

    def _number(self, cell: Cell) -> int:
        column = self.sheet.column(cell.letter)
        if column.added or column.formula is None:
            return self.sums.get(cell.letter, 0)
        return number_of(column.formula, self._row())

    def words(self, letter: str) -> str:
        """A graph as the region's own pages show it."""
        return shown(self.value(letter))

    def published(self, letter: str) -> str:
        """A graph as publications show it: numbers of pupils under three are suppressed (R19)."""
        value, column = self.value(letter), self.sheet.column(letter)
        if counts_pupils(column) and isinstance(value, int) and 0 < value < SMALL_CELL:
            return HIDDEN
        return shown(value)


def counts_pupils(column: Column) -> bool:
    """Whether a graph holds numbers of pupils, from which one might be recognised."""
    return not column.tenths and column.group in ("Контингент", "Обучающиеся", "Получили отметку")


def added(rows: Iterable[Sums]) -> Sums:
    """The sum of sums."""
    total: dict[str, int] = defaultdict(int)
    for row in rows:
        for letter, number in row.items():
            total[letter] += number
    return total


def of_grades(found: BySheet, sheet: str, grades: Collection[int]) -> Sums:
    """The sums of these parallels."""
    return added(sums for grade, sums in found.get(sheet, {}).items() if grade in grades)
