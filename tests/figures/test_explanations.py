"""On the screen every figure of every form says what it is made of."""

from __future__ import annotations

from typing import Any

import pytest

from journal.reports.forms import FormCell, FormRow
from tests.figures.conftest import Forms
from tests.figures.test_attendance_forms import QUARTER
from tests.figures.test_mark_forms import TERM

ASKED: dict[str, dict[str, Any]] = {
    "summary": {"of": "5Б", "at": TERM},
    "class": {"of": "4В", "at": TERM},
    "subject": {"at": TERM},
    "school": {"at": TERM},
    "attendance": {"of": "5Б", "at": TERM},
    "attendance-classes": {"first": QUARTER[0], "last": QUARTER[1]},
    "attendance-days": {"first": QUARTER[0], "last": QUARTER[1]},
    "movement": {},
}
# How many had lessons at all, which no page lists.
PUPILS = {"attendance-classes": (2, 3), "attendance-days": (2,)}


def parts(cell: FormCell) -> int:
    """How many its explanation names."""
    return sum(len(names) for _, names in cell.told.who) if cell.told else 0


@pytest.mark.parametrize("name", ASKED)
def test_no_figure_stands_unexplained(forms: Forms, name: str) -> None:
    explained = 0
    for paper in forms.papers(name, **ASKED[name]):
        for part in paper.parts:
            first = 1 if part.columns[0].title == "№" else 0
            for row in part.rows:
                for place in range(first, len(row.cells)):
                    if place not in PUPILS.get(name, ()):
                        explained += _explained(row, place)
    assert explained, "there is something to explain"


def _explained(row: FormRow, place: int) -> bool:
    """Whether it is a figure, and then that its explanation holds."""
    cell = row.cells[place]
    if cell.number in (None, 0):
        return False
    assert cell.told is not None or cell.why, (row.key, place)
    if cell.told is not None and cell.told.who:
        assert parts(cell) == cell.number, "as many are named as are counted"
    elif cell.told is not None:
        assert cell.told.formula.endswith(cell.text), (row.key, place)
    return True
