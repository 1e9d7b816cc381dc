"""What a form of the region is: one description per form and version, everything else follows.

From a `Form` come the empty template, the filled workbook, the reading back, the validation, the
on-line table and its help. Texts of a form (sheets, headers, messages) are Russian whatever the
language of the reader: school and region quote them to each other. A region with other columns
adds a description, not code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from journal.exchange.forms.expressions import (
    Binary,
    Cell,
    Condition,
    Expression,
    Tenths,
    cells_of,
)

FIRST_ROW = 12
"""Class rows begin here on every sheet that has them; the row above holds graph numbers."""

HEADER_ROW, GRAPH_ROW = 10, 11
CLASSES, TITLE, INSTRUCTION, CHECK = "Классы", "Титул", "Инструкция", "Проверка"
NOTES, META = "Пояснения", "_meta"
TOTAL = "ИТОГО по ОО"
STUDY_FORMS = ("очная", "очно-заочная", "заочная")
IDENTITY = ("№ п/п", "Класс", "Параллель", "Форма обучения")
GRADES = range(1, 13)
STAGES = (
    ("1–4 классы", range(1, 5)),
    ("5–9 классы", range(5, 10)),
    ("10–11(12) классы", range(10, 13)),
)
WHOLE_SCHOOL = "Всего по ОО"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A graph: typed (no formula) or computed. `header` may name thresholds as {THR_ALL}."""

    letter: str
    header: str
    group: str = ""
    formula: Expression | None = None
    help: str = ""
    width: float = 9.5

    @property
    def typed(self) -> bool:
        """A whole number that a person types, or the journal fills in."""
        return self.formula is None

    @property
    def added(self) -> bool:
        """Totals add it up: it is typed, or stands for something typed on other sheets."""
        formula = self.formula
        return formula is None or any(cell.sheet for cell in cells_of(formula))

    @property
    def tenths(self) -> bool:
        """A rounded figure with one decimal; every other column holds whole numbers."""
        return isinstance(self.formula, Tenths)

    @property
    def graph(self) -> int:
        """The number of the graph: A is 1, AG is 33."""
        return column_number(self.letter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A condition that must not hold in a row. `message` names the class {к} and `shown` values;
    `letters` are the cells in question. Warnings ask for an explanation; errors block, and stand
    in the control column of the workbook too."""

    code: str
    fails: Condition
    message: str
    letters: tuple[str, ...]
    shown: Mapping[str, Expression] = field(default_factory=dict)
    warning: bool = False

    @property
    def sheets(self) -> frozenset[str]:
        """Other sheets it looks at: checked only when they are in the period."""
        return frozenset(cell.sheet for cell in cells_of(self.fails) if cell.sheet)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassSheet:
    """A sheet with a row per class. `number` names its range and control number in the metadata;
    a sheet without one is computed from others."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
    total_rules: tuple[Rule, ...] = ()
    control: str = ""
    number: int | None = None

    @property
    def typed(self) -> tuple[Column, ...]:
        """The columns people type, in order."""
        return tuple(column for column in self.columns if column.typed)

    def column(self, letter: str) -> Column:
        """The column of that letter."""
        return next(one for one in self.columns if one.letter == letter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of one version. `periods` name the class sheets a workbook of that period asks for;
    `summary` the blocks of the sheet of that name: (heading, class sheet)."""

    schema: str
    version: str
    name: str
    title: str
    file_stem: str
    sheets: tuple[ClassSheet, ...]
    periods: Mapping[str, tuple[str, ...]]
    period_names: Mapping[str, str]
    summary_name: str
    summary: tuple[tuple[str, str], ...]
    instruction: tuple[str, ...]
    dated: tuple[tuple[str, str], ...] = ()
    thresholds: Mapping[str, int] = field(default_factory=dict)
    spare_rows: int = 5
    empty_rows: int = 30

    def sheet(self, name: str) -> ClassSheet:
        """The class sheet of that name."""
        return next(one for one in self.sheets if one.name == name)

    def in_period(self, period: str) -> tuple[ClassSheet, ...]:
        """The class sheets of the period."""
        return tuple(one for one in self.sheets if one.name in self.periods[period])

    @property
    def major(self) -> int:
        """Workbooks of another MAJOR cannot be read."""
        return int(self.version.split(".")[0])

    @property
    def minor(self) -> int:
        """Workbooks of a later MINOR cannot be read."""
        return int(self.version.split(".")[1])

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """All sheets in their order."""
        own = tuple(sheet.name for sheet in self.sheets)
        return (INSTRUCTION, TITLE, CLASSES, *own, self.summary_name, CHECK, NOTES, META)

    def file_name(self, organisation_code: str, year: str, suffix: str) -> str:
        """«MP1_230037_2026-2027_v1.0.0.xls»."""
        return f"{self.file_stem}_{organisation_code}_{year}_v{self.version}{suffix}"


def column_number(letter: str) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for one in letter:
        number = number * 26 + ord(one) - 64
    return number


def column_letter(number: int) -> str:
    """The inverse of `column_number`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def replaced(columns: Iterable[Column], formulas: Mapping[str, Expression]) -> tuple[Column, ...]:
    """The columns with these formulas: a sheet that is computed from other ones."""
    return tuple(replace(one, formula=formulas.get(one.letter, one.formula)) for one in columns)


def sum_of(sheets: Iterable[str], letter: str) -> Expression:
    """The cell of that column added over sheets."""
    total: Expression | None = None
    for sheet in sheets:
        cell = Cell(letter, sheet)
        total = cell if total is None else Binary("+", total, cell)
    assert total is not None
    return total
