"""The sheets around the tables: instruction, title, classes, check, explanations, metadata."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date

from journal.documents.book import BookSheet, Formula, Placed
from journal.documents.book.model import Choice
from journal.exchange.control import control_text, error_count, total_control_text
from journal.exchange.figures import MODULUS, Figures, control_letters
from journal.exchange.forms.specification import (
    CHECK,
    CLASSES,
    FIRST_ROW,
    GRAPH_ROW,
    HEADER_ROW,
    IDENTITY,
    INSTRUCTION,
    META,
    NOTES,
    STUDY_FORMS,
    TITLE,
    ClassSheet,
)
from journal.exchange.workbook import looks
from journal.exchange.workbook.heading import Heading, signature
from journal.exchange.workbook.places import Places, quoted

RESPONSIBLE = ("Фамилия", "Имя", "Отчество", "Должность", "Телефон", "E-mail")
NOTE_COLUMNS = ("Код замечания", "Класс", "Пояснение")
NOTE_ROWS, SPARE_NOTES = 40, 10
FIRST_TITLE_ROW, FIRST_CHECK_ROW = 4, 5


def instruction_sheet(heading: Heading) -> BookSheet:
    """What to fill and how."""
    form = heading.form
    lines = [
        Placed(4 + number, 0, text, looks.TEXT) for number, text in enumerate(form.instruction)
    ]
    return BookSheet(
        title=INSTRUCTION,
        cells=(
            Placed(0, 0, f"Форма {form.name}, версия {form.version}", looks.NOTE),
            Placed(1, 0, form.title, looks.HEADING),
            Placed(2, 0, f"Как заполнить форму за {heading.year} учебный год", looks.SUBHEADING),
            *lines,
        ),
        widths={0: 100},
        landscape=True,
        heights={1: 20} | {4 + n: 15 * (1 + len(t) // 100) for n, t in enumerate(form.instruction)},
    )


def title_fields(heading: Heading) -> list[tuple[str, str, str]]:
    """The prefilled lines of «Титул»: label and one or two values."""
    fields = [
        ("Код ОО", heading.organisation_code, ""),
        ("Наименование ОО", heading.organisation_name, ""),
        ("Муниципалитет", heading.municipality, ""),
        ("Учебный год", heading.year, ""),
    ]
    for label, sheet in heading.form.dated:
        first, last = heading.spans.get(sheet, (None, None))
        fields.append((label, _day(first), _day(last)))
    fields.append(("Период сбора", heading.form.period_names[heading.period], ""))
    return fields


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def responsible_row(heading: Heading) -> int:
    """The row of the first line about the responsible person, as people count."""
    return FIRST_TITLE_ROW + len(title_fields(heading)) + 2


def title_sheet(figures: Figures, heading: Heading) -> BookSheet:
    """Whose form it is, and who is responsible for it."""
    cells = [
        Placed(0, 0, f"Форма {heading.form.name}", looks.HEADING),
        Placed(1, 0, heading.form.title, looks.SUBHEADING),
    ]
    for number, (label, value, second) in enumerate(title_fields(heading)):
        row = FIRST_TITLE_ROW - 1 + number
        cells.append(Placed(row, 0, label, looks.LABEL))
        cells.append(Placed(row, 1, value, looks.FACT, None, None if second else 2))
        if second:
            cells.append(Placed(row, 2, second, looks.FACT))
    first = responsible_row(heading) - 1
    cells.append(Placed(first - 1, 0, "Ответственный", looks.SUBHEADING))
    for number, label in enumerate(RESPONSIBLE):
        value = figures.content.responsible.get(label, "")
        cells.append(Placed(first + number, 0, label, looks.LABEL))
        cells.append(Placed(first + number, 1, value, looks.TYPED_TEXT, None, 2))
    heights = dict.fromkeys(range(FIRST_TITLE_ROW - 1, first + len(RESPONSIBLE)), 18.0)
    heights |= {0: 22, FIRST_TITLE_ROW: 32}
    return BookSheet(title=TITLE, cells=tuple(cells), widths={0: 26, 1: 38, 2: 38}, heights=heights)


def classes_sheet(figures: Figures, heading: Heading) -> BookSheet:
    """The only place where classes are typed; their rows are the rows of every sheet."""
    cells = [
        Placed(1, 0, "Классы", looks.HEADING),
        Placed(2, 0, f"{heading.organisation_name}", looks.LINE),
        Placed(4, 0, "Классы – по параллелям, затем по литерам.", looks.NOTE, 4, 3),
    ]
    for column, title in enumerate(IDENTITY):
        cells.append(Placed(HEADER_ROW - 1, column, title, looks.HEADER))
        cells.append(Placed(GRAPH_ROW - 1, column, column + 1, looks.GRAPH))
    for number, line in enumerate(figures.content.classes):
        row = FIRST_ROW - 1 + number
        values = (line.name, line.grade, line.study_form) if line else (None, None, None)
        cells.append(Placed(row, 0, number + 1, looks.IDENTITY))
        for column, value in enumerate(values, start=1):
            cells.append(Placed(row, column, value, looks.TYPED_CLASS))
    last = Places(figures.rows).last_row - 1
    return BookSheet(
        title=CLASSES,
        cells=tuple(cells),
        widths={0: 7, 1: 14, 2: 14, 3: 22},
        heights={1: 20, HEADER_ROW - 1: 24},
        freeze=(GRAPH_ROW, 0),
        choices=(Choice(FIRST_ROW - 1, 3, last, 3, STUDY_FORMS),),
    )


def check_lines(figures: Figures, period: str) -> list[tuple[str, str, int, ClassSheet | None]]:
    """The lines of «Проверка»: key, label, value, the class sheet it is about."""
    inside = figures.form.in_period(period)
    lines: list[tuple[str, str, int, ClassSheet | None]] = [
        ("errors", f"Строк с ошибками, лист «{sheet.name}»", _errors(figures, sheet, period), sheet)
        for sheet in inside
    ]
    lines.append(("total", "Всего строк с ошибками", error_count(figures, period), None))
    lines += [
        ("number", f"Контрольное число, лист «{one.name}»", figures.control_number(one), one)
        for one in inside
        if one.number is not None
    ]
    return lines


def _errors(figures: Figures, sheet: ClassSheet, period: str) -> int:
    texts = [control_text(figures, sheet, row, period) for row in range(figures.rows)]
    return sum(bool(text) for text in (*texts, total_control_text(figures, sheet)))


def check_row(figures: Figures, period: str, key: str, sheet: ClassSheet | None) -> int:
    """The row of a line of «Проверка», as people count."""
    lines = check_lines(figures, period)
    places = [(one[0], one[3].name if one[3] else None) for one in lines]
    return FIRST_CHECK_ROW + places.index((key, sheet.name if sheet else None))


def check_sheet(figures: Figures, period: str) -> BookSheet:
    """Errors by sheet, and control numbers."""
    cells = [
        Placed(0, 0, "Проверка", looks.HEADING),
        Placed(3, 0, "Показатель", looks.HEADER),
        Placed(3, 1, "Значение", looks.HEADER),
    ]
    lines = check_lines(figures, period)
    for number, (key, label, value, sheet) in enumerate(lines):
        row = FIRST_CHECK_ROW - 1 + number
        text = _check_formula(figures, key, sheet, [one[0] for one in lines].count("errors"))
        cells.append(Placed(row, 0, label, looks.LABEL))
        cells.append(Placed(row, 1, Formula(text, value), looks.COMPUTED))
    total = f"B{check_row(figures, period, 'total', None)}"
    wrong, right = "Есть ошибки: см. графу «Контроль строки».", "Ошибок нет."
    verdict = Formula(f'IF({total}>0,"{wrong}","{right}")', wrong if _any(lines) else right)
    cells.append(Placed(1, 0, verdict, looks.SUBHEADING))
    heights = dict.fromkeys(range(FIRST_CHECK_ROW - 2, FIRST_CHECK_ROW + len(lines)), 18.0)
    widths = {0: 52.0, 1: 16.0}
    return BookSheet(title=CHECK, cells=tuple(cells), widths=widths, heights=heights | {0: 22})


def _any(lines: Sequence[tuple[str, str, int, ClassSheet | None]]) -> bool:
    return any(value for key, _, value, _ in lines if key == "total")


def _check_formula(figures: Figures, key: str, sheet: ClassSheet | None, counted: int) -> str:
    if sheet is None:
        return f"SUM(B{FIRST_CHECK_ROW}:B{FIRST_CHECK_ROW + counted - 1})"
    places = Places(figures.rows)
    if key == "errors":
        column, name = sheet.control, quoted(sheet.name)
        area = f"{name}!${column}${FIRST_ROW}:${column}${places.total_row}"
        return f"{figures.rows + 1}-COUNTBLANK({area})"
    sums = [
        f"{number}*SUM({places.range_of(letter, sheet.name)})"
        for number, letter in enumerate(control_letters(sheet), start=1)
    ]
    return f"MOD({'+'.join(sums)},{MODULUS})"


def notes_sheet(figures: Figures) -> BookSheet:
    """Explanations of warnings: code, class, text."""
    lines = [(one.code, one.class_name, one.text) for one in figures.content.explanations]
    lines += [("", "", "")] * max(NOTE_ROWS - len(lines), SPARE_NOTES)
    cells = [
        Placed(1, 0, "Пояснения к замечаниям", looks.HEADING),
        Placed(4, 0, "Строка для каждого замечания с кодом W.", looks.NOTE, 4, 2),
    ]
    for column, title in enumerate(NOTE_COLUMNS):
        cells.append(Placed(HEADER_ROW - 1, column, title, looks.HEADER))
        cells.append(Placed(GRAPH_ROW - 1, column, column + 1, looks.GRAPH))
    for number, line in enumerate(lines):
        for column, value in enumerate(line):
            row = FIRST_ROW - 1 + number
            cells.append(Placed(row, column, value or None, looks.TYPED_TEXT))
    return BookSheet(
        title=NOTES,
        cells=tuple(cells),
        widths={0: 16, 1: 12, 2: 90},
        heights={1: 20, HEADER_ROW - 1: 24},
        freeze=(GRAPH_ROW, 0),
    )


def meta_values(
    figures: Figures, heading: Heading, secret: str
) -> Iterator[tuple[str, str | int | Formula]]:
    """Keys and values of `_meta` in their order."""
    form, places = heading.form, Places(figures.rows)
    yield "MP_SCHEMA", form.schema
    yield "MP_VERSION", form.version
    yield "MP_PROC_ID", heading.procedure_id
    yield "MP_ORG_CODE", heading.organisation_code
    yield "MP_YEAR", heading.year
    yield "MP_PERIOD", heading.period
    for name, value in heading.thresholds.items():
        yield f"MP_{name}", value
    yield "MP_ROWS", figures.rows
    yield "MP_SNAPSHOT_AT", f"{heading.snapshot_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    yield "MP_SIGN", signature(heading, figures.rows, secret)
    numbered = [sheet for sheet in form.sheets if sheet.number is not None]
    for sheet in numbered:
        yield f"MP_DATA_{sheet.number}", places.data_range(sheet)
    for sheet in numbered:
        inside = sheet in form.in_period(heading.period)
        yield f"MP_CHECK_{sheet.number}", _check_link(figures, heading, sheet) if inside else ""
    row = check_row(figures, heading.period, "total", None)
    errors = error_count(figures, heading.period)
    yield "MP_ERRCOUNT", Formula(f"{quoted(CHECK)}!B{row}", errors)


def _check_link(figures: Figures, heading: Heading, sheet: ClassSheet) -> Formula:
    row = check_row(figures, heading.period, "number", sheet)
    return Formula(f"{quoted(CHECK)}!B{row}", figures.control_number(sheet))


def meta_sheet(figures: Figures, heading: Heading, secret: str) -> tuple[BookSheet, dict[str, str]]:
    """The hidden sheet, and the workbook-level names of its keys."""
    cells, names = [], {}
    for row, (key, value) in enumerate(meta_values(figures, heading, secret)):
        cells.append(Placed(row, 0, key))
        cells.append(Placed(row, 1, value))
        data = key.startswith("MP_DATA_")
        names[key] = str(value) if data else f"{quoted(META)}!$B${row + 1}"
    return BookSheet(title=META, cells=tuple(cells), very_hidden=True), names
