"""The sheet of sums by parallel, stage and the whole school, a block for each class sheet."""

from __future__ import annotations

from collections.abc import Iterator

from journal.documents.book import BookSheet, Formula, Look, Placed
from journal.exchange.figures import Figures
from journal.exchange.forms.expressions import formula_text
from journal.exchange.forms.specification import (
    GRADES,
    GRAPH_ROW,
    HEADER_ROW,
    IDENTITY,
    ClassSheet,
    Column,
)
from journal.exchange.workbook import looks
from journal.exchange.workbook.class_sheets import OUTSIDE, table_header
from journal.exchange.workbook.heading import Heading
from journal.exchange.workbook.places import (
    Places,
    addressed,
    block_row,
    place,
    summary_rows,
)


def summary_sheet(figures: Figures, heading: Heading) -> BookSheet:
    """The blocks of the form's summary; those outside the period are blank."""
    form = figures.form
    first = form.sheet(form.summary[0][1])
    cells = [*_head(heading), *_header(first, heading)]
    for block, (label, name) in enumerate(form.summary):
        sheet = form.sheet(name)
        inside = name in form.periods[heading.period]
        cells += _block_head(block, label if inside else f"{label}. {OUTSIDE}", sheet)
        if inside:
            cells += _block(figures, sheet, block)
    return BookSheet(
        title=form.summary_name,
        cells=tuple(cells),
        widths={0: 5.0, 1: 8.0, 2: 5.0, 3: 6.0} | {place(c): c.width for c in first.columns},
        heights={1: 20, 2: 16, 8: 17, HEADER_ROW - 1: 92}
        | dict.fromkeys(range(GRAPH_ROW, block_row(len(form.summary)) - 1), 15.0),
        freeze=(GRAPH_ROW, len(IDENTITY)),
        repeat=(HEADER_ROW - 2, GRAPH_ROW - 1),
        landscape=True,
        wide=True,
    )


def _head(heading: Heading) -> Iterator[Placed]:
    form = heading.form
    yield Placed(0, 0, f"Форма {form.name}, версия {form.version}", looks.NOTE, 0, 8)
    yield Placed(1, 0, form.title, looks.HEADING)
    yield Placed(2, 0, f"Свод по параллелям, {heading.year} учебный год", looks.SUBHEADING)
    yield Placed(3, 0, heading.organisation_name, looks.LINE)
    yield Placed(4, 0, f"Код ОО {heading.organisation_code}", looks.LINE)
    note = "Проценты рассчитаны от сумм, а не как среднее процентов классов."
    yield Placed(6, 0, note, looks.NOTE, 6, 16)


def _header(sheet: ClassSheet, heading: Heading) -> Iterator[Placed]:
    """The header of the class sheets, the class columns being one label."""
    row = HEADER_ROW - 1
    yield Placed(row - 1, 0, "Параллели и уровни", looks.GROUP, row, len(IDENTITY) - 1)
    yield Placed(row + 1, 0, None, looks.GRAPH, row + 1, len(IDENTITY) - 1)
    last = place(sheet.columns[-1])
    for placed in table_header(sheet, heading):
        if len(IDENTITY) <= placed.column <= last:
            yield placed


def _block_head(block: int, label: str, sheet: ClassSheet) -> Iterator[Placed]:
    row = block_row(block) - 1
    yield Placed(row, 0, label, looks.TOTAL_LABEL, row, place(sheet.columns[-1]))


def _block(figures: Figures, sheet: ClassSheet, block: int) -> Iterator[Placed]:
    first = block_row(block) + 1
    for number, (label, grades, row) in enumerate(summary_rows(block)):
        parallel = number < len(GRADES)
        look = looks.LEVEL_LABEL if parallel else looks.TOTAL_LABEL
        yield Placed(row - 1, 0, label, look, row - 1, len(IDENTITY) - 1)
        for column in sheet.columns:
            text = _formula(figures, sheet, column, grades, row, first if not parallel else None)
            value = Formula(text, figures.level_value(sheet, column.letter, grades))
            yield Placed(row - 1, place(column), value, _look(column, parallel))


def _look(column: Column, parallel: bool) -> Look:
    if parallel:
        return looks.SHARE if column.tenths else looks.SPARE
    return looks.TOTAL_SHARE if column.tenths else looks.TOTAL


def _formula(
    figures: Figures,
    sheet: ClassSheet,
    column: Column,
    grades: range,
    row: int,
    first: int | None,
) -> str:
    """A parallel by SUMIF over the class rows, a stage as the sum of its parallels from the block's
    row `first` on; computed columns by their own formula in this row."""
    if column.formula is not None and not column.added:
        return formula_text(column.formula, addressed(row, figures.thresholds))
    letter = column.letter
    if first is not None:
        top, bottom = first + grades[0] - GRADES[0], first + grades[-1] - GRADES[0]
        return f"SUM({letter}{top}:{letter}{bottom})"
    places = Places(figures.rows)
    wanted = places.range_of("C", sheet.name)
    return f"SUMIF({wanted},{grades[0]},{places.range_of(letter, sheet.name)})"
