"""The checks of a filled form: which rules a row breaks, as the workbook's control column and as
findings with a message, a place and a weight. Pure; whole numbers only (see `workbook.reading` for
what a file may hold instead)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.exchange.figures import Content, Figures
from journal.exchange.forms.expressions import Row, Value, holds, value_of
from journal.exchange.forms.messages import MESSAGES
from journal.exchange.forms.specification import (
    CLASSES,
    FIRST_ROW,
    ClassSheet,
    Column,
    Form,
    Rule,
)
from journal.people.rules import class_parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong, or to be explained. `row` counts from 0 among the class rows, None is the
    whole sheet or file; `letter` the column. `explained`: «Пояснения» has a line about it."""

    code: str
    text: str
    sheet: str = ""
    row: int | None = None
    letter: str = ""
    class_name: str = ""
    explained: bool = False

    @property
    def warning(self) -> bool:
        """W findings and the note about totals do not block."""
        return self.code.startswith("W") or self.code == "M05"

    @property
    def open(self) -> bool:
        """It keeps the form from being accepted: an error, or a warning nobody explained."""
        if not self.warning:
            return True
        return self.code.startswith("W") and not self.explained


def message(code: str, **values: object) -> str:
    """The sentence of a code."""
    return MESSAGES[code].format(**values)


def shown(value: Value) -> str:
    """A value as a message shows it: «48,3»."""
    return f"{value:.1f}".replace(".", ",") if isinstance(value, Decimal) else str(value)


def rules_of(form: Form, sheet: ClassSheet, period: str, *, warnings: bool) -> list[Rule]:
    """The rules of a sheet that look at sheets of the period only."""
    inside = form.periods[period]
    return [
        rule
        for rule in sheet.rules
        if rule.warning == warnings and all(name in inside for name in rule.sheets)
    ]


def control_text(figures: Figures, sheet: ClassSheet, row: int, period: str) -> str:
    """The control column of a class row: «A01 A05 », empty when the row is right."""
    named = figures.content.classes[row] is not None
    numbers = sum(figures.typed(sheet.name, row, one.letter) is not None for one in sheet.typed)
    codes = []
    if not named and numbers:
        codes.append("T05")
    if named and numbers < len(sheet.typed):
        codes.append("T01")
    here = figures.row(sheet, row)
    errors = rules_of(figures.form, sheet, period, warnings=False)
    return "".join(f"{code} " for code in codes + broken(errors, here))


def total_control_text(figures: Figures, sheet: ClassSheet) -> str:
    """The control column of «ИТОГО по ОО»."""
    return "".join(f"{code} " for code in broken(sheet.total_rules, figures.total_row(sheet)))


def broken(rules: Iterable[Rule], row: Row) -> list[str]:
    """The codes of the rules that fail in a row."""
    return [rule.code for rule in rules if holds(rule.fails, row)]


def error_count(figures: Figures, period: str) -> int:
    """Rows of the period's sheets whose control column says something."""
    form = figures.form
    texts = [
        text
        for sheet in form.in_period(period)
        for text in (
            *(control_text(figures, sheet, row, period) for row in range(figures.rows)),
            total_control_text(figures, sheet),
        )
    ]
    return sum(bool(text) for text in texts)


def findings(figures: Figures, period: str) -> list[Finding]:
    """Everything to be said about the typed numbers of the period, sheet by sheet, row by row."""
    form, content = figures.form, figures.content
    found = list(_classes(content))
    for sheet in form.in_period(period):
        for row in range(figures.rows):
            found.extend(_row(figures, sheet, row, period))
        found.extend(_totals(figures, sheet))
    return [_explained(one, content) for one in found]


def _classes(content: Content) -> Iterator[Finding]:
    """T03, T04: each class once, its parallel that of its name."""
    names = Counter(line.name for line in content.classes if line is not None)
    for row, line in enumerate(content.classes):
        if line is None:
            continue
        place = {"sheet": CLASSES, "row": row, "class_name": line.name}
        if class_parts(line.name)[0] != line.grade:
            text = message("T03", к=line.name, п=line.grade)
            yield Finding(code="T03", text=text, letter="C", **place)  # type: ignore[arg-type]
        if names[line.name] > 1:
            text = message("T04", к=line.name)
            yield Finding(code="T04", text=text, letter="B", **place)  # type: ignore[arg-type]


def _row(figures: Figures, sheet: ClassSheet, row: int, period: str) -> Iterator[Finding]:
    line = figures.content.classes[row]
    blank = [one for one in sheet.typed if figures.typed(sheet.name, row, one.letter) is None]
    if line is None:
        if len(blank) < len(sheet.typed):
            yield Finding(code="T05", text=_no_class(row), sheet=sheet.name, row=row, letter="B")
        return
    for column in blank:
        yield _missing(sheet, row, line.name, column)
    here = figures.row(sheet, row)
    for warnings in (False, True):
        for rule in rules_of(figures.form, sheet, period, warnings=warnings):
            if holds(rule.fails, here):
                yield _broken(rule, here, sheet, row, line.name)


def _no_class(row: int) -> str:
    return message("T05", с=row + FIRST_ROW)


def _missing(sheet: ClassSheet, row: int, name: str, column: Column) -> Finding:
    return Finding(
        code="T01",
        text=message("T01", к=name, г=column.graph),
        sheet=sheet.name,
        row=row,
        letter=column.letter,
        class_name=name,
    )


def _broken(rule: Rule, here: Row, sheet: ClassSheet, row: int | None, name: str) -> Finding:
    values = {key: shown(value_of(one, here)) for key, one in rule.shown.items()}
    return Finding(
        code=rule.code,
        text=rule.message.format(к=name, **values),
        sheet=sheet.name,
        row=row,
        letter=rule.letters[0],
        class_name=name,
    )


def _totals(figures: Figures, sheet: ClassSheet) -> Iterator[Finding]:
    here = figures.total_row(sheet)
    for rule in sheet.total_rules:
        if holds(rule.fails, here):
            yield _broken(rule, here, sheet, None, "")


def is_explained(content: Content, code: str, class_name: str) -> bool:
    """Whether «Пояснения» says something about that warning of that class."""
    return any(
        (one.code, one.class_name) == (code, class_name) and one.text
        for one in content.explanations
    )


def _explained(finding: Finding, content: Content) -> Finding:
    explained = is_explained(content, finding.code, finding.class_name)
    return replace(finding, explained=True) if explained else finding


def nothing_typed(content: Content) -> bool:
    """Whether not a single number is typed (M06)."""
    return not any(row for rows in content.numbers.values() for row in rows)


def check_shape(form: Form, period: str, content: Content) -> None:
    """A content from outside holds whole numbers in typed columns of the period's sheets, nothing
    else: no column of personal data can slip in (R18, R19). Raises RuleViolation."""
    sheets = {sheet.name: sheet for sheet in form.in_period(period)}
    for name, rows in content.numbers.items():
        letters = {one.letter for one in sheets[name].typed} if name in sheets else set()
        right = len(rows) <= len(content.classes) and all(
            letter in letters and type(number) is int and number >= 0
            for row in rows
            for letter, number in row.items()
        )
        if not right:
            raise RuleViolation("content", N_("The table has other columns than the form."))
