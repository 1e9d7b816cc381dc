"""An uploaded workbook back into the content of a form, with everything there is to say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from journal.core.text import tidy
from journal.documents.cells import Cell, CellRefused, is_blank, shown
from journal.exchange.control import Finding, findings, message, nothing_typed
from journal.exchange.figures import ClassLine, Content, Explanation, Figures
from journal.exchange.forms import Form
from journal.exchange.forms.expressions import Value
from journal.exchange.forms.specification import (
    CLASSES,
    FIRST_ROW,
    NOTES,
    STUDY_FORMS,
    TITLE,
    ClassSheet,
    Column,
)
from journal.exchange.workbook.cells import RawBook
from journal.exchange.workbook.cover import NOTE_COLUMNS, RESPONSIBLE, responsible_row
from journal.exchange.workbook.heading import Heading
from journal.exchange.workbook.places import Places, place
from journal.exchange.workbook.structure import (
    MOST_ROWS,
    Expected,
    Refused,
    check_structure,
    checked_meta,
    formulas_in_typed_cells,
    opened,
)
from journal.transfer.celltypes import canonical_class

_NEARLY = Decimal("0.000001")
Where = tuple[str, int, str]
"""Sheet, class row from 0, letter."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says. Without `content` it could not be read; `raw` are typed cells that hold
    something else than a whole number, as they stand. `snapshot_at` is the instant the workbook
    was made of, as it says itself."""

    findings: tuple[Finding, ...]
    content: Content | None = None
    raw: Mapping[Where, Cell] = field(default_factory=dict)
    snapshot_at: datetime | None = None


def read_form(data: bytes, expected: Expected) -> Reading:
    """Read and check a workbook of the heading's form, school, procedure and period."""
    heading = expected.heading
    try:
        book = opened(data)
        form, rows = checked_meta(book, expected)
        check_structure(book, form, rows, expected)
    except Refused as refusal:
        return Reading(refusal.findings)
    formulas = formulas_in_typed_cells(book, rows, heading)
    if formulas:
        return Reading(tuple(formulas))
    parser = _Parser(book, form, rows, heading)
    content = parser.content()
    if nothing_typed(content) and not parser.raw:
        return Reading((Finding(code="M06", text=message("M06")),))
    figures = Figures(form, content, heading.thresholds)
    refused = {(one.sheet, one.row, one.letter) for one in parser.refused}
    found = [
        one
        for one in findings(figures, heading.period)
        if one.code != "T01" or (one.sheet, one.row, one.letter) not in refused
    ]
    stale = _stale_totals(book, figures, heading) if not parser.refused else ()
    at = _instant(book.meta.get("MP_SNAPSHOT_AT", ""))
    return Reading((*parser.refused, *found, *stale), content, parser.raw, at)


def _instant(text: str) -> datetime | None:
    """«2026-11-20T07:42:00Z»; None for anything else."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


class _Parser:
    """Typed cells to values; `refused` are T02 findings, `raw` what stood there."""

    def __init__(self, book: RawBook, form: Form, rows: int, heading: Heading) -> None:
        self._book, self._form, self._rows, self._heading = book, form, rows, heading
        self.refused: list[Finding] = []
        self.raw: dict[Where, Cell] = {}

    def content(self) -> Content:
        """Everything typed."""
        classes = [self._class(row) for row in range(self._rows)]
        numbers = {
            sheet.name: [self._row(sheet, row, classes[row]) for row in range(self._rows)]
            for sheet in self._form.in_period(self._heading.period)
        }
        first = responsible_row(self._heading) - 1
        responsible = {
            label: self._book.text(TITLE, first + number, 1)
            for number, label in enumerate(RESPONSIBLE)
        }
        explanations = list(self._explanations())
        return Content(
            classes=classes, numbers=numbers, explanations=explanations, responsible=responsible
        )

    def _class(self, row: int) -> ClassLine | None:
        name, grade, form = (self._book.at(CLASSES, _at(row), n) for n in (1, 2, 3))
        if is_blank(name):
            return None
        written = class_name(shown(name))
        whole = whole_number(grade)
        if whole is None:
            self._refuse(CLASSES, row, "C", 3, written, grade)
        study_form = tidy(shown(form)).casefold()
        known = study_form if study_form in STUDY_FORMS else STUDY_FORMS[0]
        return ClassLine(written, whole or 0, known)

    def _row(self, sheet: ClassSheet, row: int, line: ClassLine | None) -> dict[str, int]:
        found = {}
        for column in sheet.typed:
            cell = self._book.at(sheet.name, _at(row), place(column))
            number = whole_number(cell)
            if number is not None:
                found[column.letter] = number
            elif not is_blank(cell):
                name = line.name if line else ""
                self._refuse(sheet.name, row, column.letter, column.graph, name, cell)
        return found

    def _refuse(self, sheet: str, row: int, letter: str, graph: int, name: str, cell: Cell) -> None:
        self.raw[sheet, row, letter] = cell
        self.refused.append(
            Finding(
                code="T02",
                text=message("T02", к=name or f"(строка {_at(row) + 1})", г=graph),
                sheet=sheet,
                row=row,
                letter=letter,
                class_name=name,
            )
        )

    def _explanations(self) -> Iterator[Explanation]:
        for row in range(FIRST_ROW - 1, MOST_ROWS):
            code, name, text = (
                tidy(self._book.text(NOTES, row, column)) for column in range(len(NOTE_COLUMNS))
            )
            if code or text:
                yield Explanation(code.upper(), class_name(name) if name else "", text)


def class_name(written: str) -> str:
    """A class as schools name it, or what was written when it is no class."""
    try:
        return canonical_class(written)
    except CellRefused:
        return tidy(written)


def whole_number(cell: Cell) -> int | None:
    """A whole number not below 0; None for anything else, a number written as text too."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    if cell < 0 or cell != int(cell):
        return None
    return int(cell)


def _at(row: int) -> int:
    return FIRST_ROW - 1 + row


def _stale_totals(book: RawBook, figures: Figures, heading: Heading) -> Iterator[Finding]:
    """M05: computed columns whose values in the file are others than ours, once a column."""
    for sheet in figures.form.in_period(heading.period):
        for column in sheet.columns:
            values = _computed(figures, sheet, column)
            if any(_differs(book.at(sheet.name, r, place(column)), own) for r, own in values):
                yield Finding(
                    code="M05",
                    text=message("M05", л=sheet.name, г=column.graph),
                    sheet=sheet.name,
                    letter=column.letter,
                )


def _computed(figures: Figures, sheet: ClassSheet, column: Column) -> Iterator[tuple[int, Value]]:
    """The computed cells of a column, «ИТОГО по ОО» among them: row of the sheet, value."""
    yield Places(figures.rows).total_row - 1, figures.total_value(sheet, column.letter)
    if not column.typed:
        for row in range(figures.rows):
            yield _at(row), figures.value(sheet, row, column.letter)


def _differs(theirs: Cell, ours: Value) -> bool:
    """A blank cell was not computed by the program that wrote the file: nothing to compare. Some
    write an empty text as 0 into a .xls."""
    if is_blank(theirs) or isinstance(theirs, bool):
        return False
    if not isinstance(theirs, int | float):
        return True
    if isinstance(ours, str):
        return theirs != 0
    return abs(Decimal(theirs) - ours) > _NEARLY
