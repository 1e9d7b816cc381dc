"""Every figure of every form of the registry says what it is made of, and says the same figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from journal.reports.forms import FormCell, FormColumn, PaperForm, Told
from journal.reports.kinds.registry import BY_NAME, form_kind
from tests.figures.conftest import Forms
from tests.figures.test_attendance_forms import QUARTER, SO_FAR
from tests.figures.test_mark_forms import TERM

ASKED: dict[str, dict[str, Any]] = {
    "summary": {"of": "5Б", "at": TERM},
    "journal": {"of": "5Б", "at": TERM},
    "pupil": {"of": "5Б", "at": TERM},
    "class": {"of": "4В", "at": TERM},
    "subject": {"at": TERM},
    "school": {"at": TERM},
    "attendance": {"of": "5Б", "at": TERM},
    "attendance-classes": {"first": QUARTER[0], "last": QUARTER[1]},
    "attendance-days": {"first": SO_FAR[0], "last": SO_FAR[1]},
    "movement": {},
    "passport": {},
    "changes": {},
}
LEAST = {"summary": 300, "pupil": 700, "subject": 4500, "school": 370, "movement": 250}
LEAST |= {"attendance": 400, "attendance-classes": 400, "attendance-days": 450, "passport": 480}
LEAST |= {"journal": 500, "class": 200, "changes": 0}
DATE = re.compile(r"\d\d\.\d\d")


def figures(form: PaperForm) -> Iterator[tuple[str, FormColumn, FormCell]]:
    """Counts, per cents, averages and marks for a term, each with its row and column. No figures
    are ordinal numbers, days, entries by date, words."""
    for row in form.rows:
        for column, cell in zip(form.columns, row.cells, strict=True):
            number = cell.number is not None and not isinstance(cell.number, date)
            decided = column.kind == "mark" and not DATE.fullmatch(column.title)
            if cell.text and column.title != "№" and (number or decided):
                yield row.key, column, cell


def told_figure(told: Told) -> str:
    """The figure an explanation comes to."""
    if told.formula:
        return re.split("[ \N{NO-BREAK SPACE}]", told.formula)[-1]
    if told.lines:
        decided = [value for what, value in told.lines if what == "Выставлено"]
        return decided[0] if decided else str(len(told.lines))
    return str(sum(len(names) for _, names in told.who))


def built(forms: Forms, name: str) -> Iterator[PaperForm]:
    for unit in forms.units(name, **ASKED[name]):
        for paper in form_kind(name).build(forms.desk, unit):
            yield from paper.parts


@pytest.mark.parametrize("name", BY_NAME)
def test_no_figure_stands_unexplained(forms: Forms, name: str) -> None:
    faults, explained = [], 0
    for form in built(forms, name):
        for row, column, cell in figures(form):
            explained += 1
            if cell.told is None and not cell.why:
                faults.append(f"{form.heading}: {row}, {column.title}: {cell.text}")
            elif cell.told is not None and told_figure(cell.told) != cell.text:
                faults.append(f"{row}, {column.title}: {cell.text}, told {cell.told}")
    assert not faults
    assert explained >= LEAST[name]
