"""The sheets with a row per class: header, class rows, «ИТОГО по ОО», control column."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from journal.documents.book import BookSheet, Formula, Placed, Whole
from journal.documents.book.model import Look
from journal.exchange.control import control_text, rules_of, total_control_text
from journal.exchange.figures import Figures
from journal.exchange.forms.expressions import formula_text
from journal.exchange.forms.specification import (
    CLASSES,
    FIRST_ROW,
    GRAPH_ROW,
    HEADER_ROW,
    IDENTITY,
    TOTAL,
    ClassSheet,
    Column,
    Rule,
    column_number,
)
from journal.exchange.workbook import looks
from journal.exchange.workbook.heading import Heading
from journal.exchange.workbook.places import Places, addressed, place

OUTSIDE = "Лист не входит в период сбора и не заполняется."
LEGEND = "Жёлтые ячейки заполняются целыми числами не меньше 0; остальные рассчитываются сами."
WHOLE_NUMBER = "Введите целое число не меньше 0. При отсутствии укажите 0."
_WIDTHS = {0: 5.0, 1: 8.0, 2: 9.5, 3: 13.0}


def class_sheet(figures: Figures, sheet: ClassSheet, heading: Heading) -> BookSheet:
    """The sheet as the heading's period wants it: filled, or closed and blank."""
    places = Places(figures.rows)
    inside = sheet.name in figures.form.periods[heading.period]
    rows = _rows(figures, sheet, places, heading) if inside else _closed(sheet, places)
    widths = _WIDTHS | {place(column): column.width for column in sheet.columns}
    return BookSheet(
        title=sheet.name,
        cells=(*_head(sheet, heading, inside), *table_header(sheet, heading), *rows),
        widths=widths | {place(sheet.control): 14.0},
        heights={1: 20, 2: 16, 8: 17, HEADER_ROW - 1: 92}
        | dict.fromkeys(range(FIRST_ROW - 1, places.total_row), 15.5),
        freeze=(GRAPH_ROW, len(IDENTITY)),
        repeat=(HEADER_ROW - 2, GRAPH_ROW - 1),
        landscape=True,
        wide=True,
        wholes=_wholes(sheet, places) if inside else (),
        whole_number_error=WHOLE_NUMBER,
    )


def _head(sheet: ClassSheet, heading: Heading, inside: bool) -> Iterator[Placed]:
    form = heading.form
    yield Placed(0, 0, f"Форма {form.name}, версия {form.version}", looks.NOTE, 0, 8)
    yield Placed(1, 0, form.title, looks.HEADING)
    yield Placed(2, 0, f"{sheet.title}, {heading.year} учебный год", looks.SUBHEADING)
    yield Placed(3, 0, heading.organisation_name, looks.LINE)
    where = f", {heading.municipality}" if heading.municipality else ""
    yield Placed(4, 0, f"Код ОО {heading.organisation_code}{where}", looks.LINE)
    span = heading.spans.get(sheet.name)
    if span is not None:
        yield Placed(5, 0, f"Период: {span[0]:%d.%m.%Y} – {span[1]:%d.%m.%Y}", looks.LINE)
    yield Placed(6, 0, LEGEND if inside else OUTSIDE, looks.NOTE, 6, 16)


def table_header(sheet: ClassSheet, heading: Heading) -> Iterator[Placed]:
    """Groups of graphs, their headers, their numbers."""
    row = HEADER_ROW - 1
    yield Placed(row - 1, 0, "Класс", looks.GROUP, row - 1, len(IDENTITY) - 1)
    for group, members in groupby(sheet.columns, key=lambda column: column.group):
        letters = [place(column) for column in members]
        last = letters[-1] if len(letters) > 1 else None
        yield Placed(row - 1, letters[0], group, looks.GROUP, row - 1, last)
    for number, title in enumerate(IDENTITY):
        yield Placed(row, number, title, looks.HEADER)
        yield Placed(row + 1, number, number + 1, looks.GRAPH)
    for column in sheet.columns:
        title = header_text(column, heading)
        yield Placed(row, place(column), title, looks.HEADER)
        yield Placed(row + 1, place(column), column.graph, looks.GRAPH)
    if sheet.control:
        control = place(sheet.control)
        yield Placed(row - 1, control, "Проверка", looks.GROUP)
        yield Placed(row, control, CONTROL_HEADER, looks.HEADER)
        yield Placed(row + 1, control, column_number(sheet.control), looks.GRAPH)


CONTROL_HEADER = "Контроль строки"


def header_text(column: Column, heading: Heading) -> str:
    """The header with the thresholds of the procedure."""
    return column.header.format(**heading.thresholds)


def _closed(sheet: ClassSheet, places: Places) -> Iterator[Placed]:
    last = place(sheet.control) if sheet.control else place(sheet.columns[-1])
    for row in range(FIRST_ROW - 1, places.total_row):
        for column in range(last + 1):
            yield Placed(row, column, None, looks.CLOSED)
    yield Placed(places.total_row - 1, 0, TOTAL, looks.CLOSED)


def _rows(
    figures: Figures, sheet: ClassSheet, places: Places, heading: Heading
) -> Iterator[Placed]:
    errors = rules_of(figures.form, sheet, heading.period, warnings=False)
    for row in range(places.rows):
        yield from _identity(figures, row)
        yield from _numbers(figures, sheet, row)
        text = control_text(figures, sheet, row, heading.period)
        control = _control_formula(figures, sheet, errors, FIRST_ROW + row)
        at = FIRST_ROW - 1 + row
        yield Placed(at, place(sheet.control), Formula(control, text), looks.CONTROL)
    yield from _total(figures, sheet, places)


def _identity(figures: Figures, row: int) -> Iterator[Placed]:
    line, at = figures.content.classes[row], FIRST_ROW + row
    named = f"'{CLASSES}'!B{at}"
    values: tuple[tuple[str, int | str], ...] = (
        (str(row + 1), row + 1),
        (named, line.name if line else ""),
        (f"'{CLASSES}'!C{at}", line.grade if line else ""),
        (f"'{CLASSES}'!D{at}", line.study_form if line else ""),
    )
    for column, (source, value) in enumerate(values):
        formula = Formula(f'IF({named}="","",{source})', value if line else "")
        yield Placed(at - 1, column, formula, looks.IDENTITY)


def _numbers(figures: Figures, sheet: ClassSheet, row: int) -> Iterator[Placed]:
    at = FIRST_ROW + row
    spare = figures.content.classes[row] is None
    here = addressed(at, figures.thresholds)
    for column in sheet.columns:
        if column.formula is None:
            typed = figures.typed(sheet.name, row, column.letter)
            yield Placed(at - 1, place(column), typed, looks.TYPED)
            continue
        text = formula_text(column.formula, here)
        value = Formula(text, figures.value(sheet, row, column.letter))
        yield Placed(at - 1, place(column), value, _computed(column, spare))


def _computed(column: Column, spare: bool) -> Look:
    if column.tenths:
        return looks.SHARE
    return looks.SPARE if spare else looks.COMPUTED


def _control_formula(figures: Figures, sheet: ClassSheet, errors: list[Rule], row: int) -> str:
    """T05, T01, T02 and the E rules, each joined to the next: no nesting."""
    areas = [f"{first}{row}:{last}{row}" for first, last in runs(sheet)]
    listed = ",".join(areas)
    count = f"COUNT({listed})"
    parts = [
        (f'AND(B{row}="",{count}>0)', "T05"),
        (f'AND(B{row}<>"",{count}<{len(sheet.typed)})', "T01"),
        (f"OR(MIN({listed})<0,SUM({listed})<>INT(SUM({listed})))", "T02"),
    ]
    here = addressed(row, figures.thresholds)
    parts += [(formula_text(rule.fails, here), rule.code) for rule in errors]
    return _joined(parts)


def _joined(parts: list[tuple[str, str]]) -> str:
    return "&".join(f'IF({condition},"{code} ","")' for condition, code in parts)


def runs(sheet: ClassSheet) -> list[tuple[str, str]]:
    """The typed columns as unbroken stretches (first letter, last letter)."""
    found: list[tuple[str, str]] = []
    for column in sheet.typed:
        if found and column_number(found[-1][1]) + 1 == column.graph:
            found[-1] = (found[-1][0], column.letter)
        else:
            found.append((column.letter, column.letter))
    return found


def _total(figures: Figures, sheet: ClassSheet, places: Places) -> Iterator[Placed]:
    at = places.total_row
    here = addressed(at, figures.thresholds)
    yield Placed(at - 1, 0, TOTAL, looks.TOTAL_LABEL, at - 1, len(IDENTITY) - 1)
    for column in sheet.columns:
        if column.added:
            text = f"SUM({column.letter}{FIRST_ROW}:{column.letter}{places.last_row})"
        else:
            assert column.formula is not None
            text = formula_text(column.formula, here)
        value = Formula(text, figures.total_value(sheet, column.letter))
        look = looks.TOTAL_SHARE if column.tenths else looks.TOTAL
        yield Placed(at - 1, place(column), value, look)
    if not sheet.total_rules:
        yield Placed(at - 1, place(sheet.control), None, looks.CONTROL)
    else:
        parts = [(formula_text(rule.fails, here), rule.code) for rule in sheet.total_rules]
        control = Formula(_joined(parts), total_control_text(figures, sheet))
        yield Placed(at - 1, place(sheet.control), control, looks.CONTROL)


def _wholes(sheet: ClassSheet, places: Places) -> tuple[Whole, ...]:
    first, last = FIRST_ROW - 1, places.last_row - 1
    return tuple(Whole(first, place(one), last, place(other)) for one, other in runs(sheet))
