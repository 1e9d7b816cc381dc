"""A sheet of a form as a page shows it: heads by group, a line per class, totals. Pure.

The same description for the on-line table, for the journal's figures and for what was sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from journal.exchange.control import (
    Finding,
    control_text,
    shown,
    total_control_text,
)
from journal.exchange.figures import Figures
from journal.exchange.forms.specification import (
    GRADES,
    STAGES,
    STUDY_FORMS,
    WHOLE_SCHOOL,
    ClassSheet,
    Column,
)

Wrong = Collection[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Head:
    """A graph: its letter, number, header and help."""

    letter: str
    graph: int
    text: str
    help: str
    typed: bool


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell in words; `wrong` is one that keeps the form from being accepted."""

    letter: str
    text: str
    typed: bool
    wrong: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """A class row; `name` is empty in a spare one. `control` are codes of errors."""

    row: int
    name: str
    study_form: str
    cells: tuple[CellView, ...]
    control: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet: groups as (name, number of graphs)."""

    name: str
    title: str
    groups: tuple[tuple[str, int], ...]
    heads: tuple[Head, ...]
    lines: tuple[LineView, ...]
    totals: tuple[str, ...]
    total_control: str


def sheet_view(
    figures: Figures, sheet: ClassSheet, period: str, findings: Iterable[Finding] = ()
) -> SheetView:
    """The sheet of these figures; cells of the findings that block are marked."""
    wrong = {
        (one.row, one.letter)
        for one in findings
        if one.sheet == sheet.name and one.row is not None and not one.warning
    }
    heads = tuple(_head(figures, one) for one in sheet.columns)
    return SheetView(
        name=sheet.name,
        title=sheet.title,
        groups=tuple(
            (name, len(list(found))) for name, found in groupby(sheet.columns, lambda c: c.group)
        ),
        heads=heads,
        lines=tuple(_line(figures, sheet, row, period, wrong) for row in range(figures.rows)),
        totals=tuple(total_text(figures, sheet, one) for one in sheet.columns),
        total_control=total_control_text(figures, sheet).strip(),
    )


def _head(figures: Figures, column: Column) -> Head:
    text = column.header.format(**figures.thresholds)
    return Head(column.letter, column.graph, text, column.help, column.typed)


def _line(figures: Figures, sheet: ClassSheet, row: int, period: str, wrong: Wrong) -> LineView:
    line = figures.content.classes[row]
    return LineView(
        row=row,
        name="" if line is None else line.name,
        study_form=STUDY_FORMS[0] if line is None else line.study_form,
        cells=tuple(
            CellView(
                one.letter,
                cell_text(figures, sheet, row, one),
                one.typed,
                (row, one.letter) in wrong,
            )
            for one in sheet.columns
        ),
        control=control_text(figures, sheet, row, period).strip(),
    )


def cell_text(figures: Figures, sheet: ClassSheet, row: int, column: Column) -> str:
    """A cell in words; a formula of a row without a class says nothing."""
    if column.typed:
        number = figures.typed(sheet.name, row, column.letter)
        return "" if number is None else str(number)
    if figures.content.classes[row] is None:
        return ""
    return shown(figures.value(sheet, row, column.letter))


def total_text(figures: Figures, sheet: ClassSheet, column: Column) -> str:
    """A cell of «ИТОГО по ОО» in words."""
    return shown(figures.total_value(sheet, column.letter))


@dataclass(frozen=True, slots=True)
class LevelView:
    """A line of «Свод»: a parallel, a stage or the whole school."""

    name: str
    values: tuple[str, ...]
    stage: bool


def summary_view(figures: Figures, sheet: ClassSheet) -> tuple[LevelView, ...]:
    """«Свод» of a sheet: parallels that have classes, stages that have them, the whole school."""
    present = {line.grade for line in figures.content.classes if line is not None}
    levels: list[tuple[str, Collection[int], bool]] = [
        (str(grade), [grade], False) for grade in GRADES if grade in present
    ]
    levels += [(name, grades, True) for name, grades in STAGES if present & set(grades)]
    levels.append((WHOLE_SCHOOL, list(GRADES), True))
    return tuple(
        LevelView(
            name,
            tuple(
                shown(figures.level_value(sheet, one.letter, list(grades))) for one in sheet.columns
            ),
            stage,
        )
        for name, grades, stage in levels
    )
