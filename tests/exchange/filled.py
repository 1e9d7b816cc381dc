"""Forms filled by hand: the worked examples of monitoring-mp1.md §7, and workbooks of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from journal.exchange.figures import ClassLine, Content, Explanation, Figures
from journal.exchange.forms import MP1
from journal.exchange.forms.mp1 import H1, H2, YEAR
from journal.exchange.workbook import Heading, write_form
from journal.exchange.workbook.reading import Reading, read_form
from journal.exchange.workbook.structure import Expected

SECRET = "a secret of the instance"
THRESHOLDS = {"THR_ALL": 30, "THR_UNJ": 30}
MADE_AT = datetime(2026, 11, 20, 7, 42, tzinfo=UTC)
LETTERS = [*"EFGHIKLMNPRSTUVWXYZ", "AA"]
HEADING = Heading(
    form=MP1,
    organisation_code="1017",
    organisation_name="МБОУ «Школа № 17»",
    municipality="Город",
    year="2026-2027",
    period="YEAR",
    snapshot_at=MADE_AT,
    thresholds=THRESHOLDS,
    procedure_id="7",
    spans={H1: (date(2026, 9, 1), date(2026, 12, 30)), H2: (date(2026, 12, 31), date(2027, 5, 31))},
)

ROWS = {
    "2А": {"E": 20, "K": 20, "L": 400, "M": 9, "N": 3, "R": 7, "S": 4, "T": 2, "U": 1},
    "5А": {"E": 24, "H": 1, "I": 1, "K": 400, "L": 9350, "R": 350, "S": 120, "T": 45, "AA": 9},
    "5Б": {
        **{"E": 25, "F": 1, "G": 1, "H": 1, "K": 400, "L": 10050},
        **{"R": 430, "S": 150, "T": 80, "U": 10, "V": 3, "W": 2, "X": 1, "Y": 1},
    },
    "9А": {
        **{"E": 25, "K": 480, "L": 12000, "M": 600, "P": 570},
        **{"R": 600, "S": 200, "T": 100, "U": 12, "Y": 2},
    },
}
SECOND = {
    "2А": {"E": 20, "K": 10, "L": 200},
    "5А": {"E": 23, "K": 10, "L": 230},
    "5Б": {"E": 25, "K": 10, "L": 250},
    "9А": {"E": 25, "K": 560, "L": 14000, "N": 50, "R": 300, "S": 158, "T": 100, "Y": 1},
}


def content(**changes: Mapping[str, int]) -> Content:
    """The examples as a content; `changes` such as h1_5А={"R": 1} replace numbers of a row."""
    classes = [ClassLine(name, int(name[:-1])) for name in ROWS]
    rows = {}
    for sheet, short, numbers in ((H1, "h1", ROWS), (H2, "h2", SECOND)):
        rows[sheet] = [
            {letter: row.get(letter, 0) for letter in LETTERS} | changes.get(f"{short}_{name}", {})
            for name, row in numbers.items()
        ]
    zero = {"Y": 0, "Z": 0, "AA": 0}
    rows[YEAR] = [zero | changes.get(f"year_{name}", {}) for name in ROWS]
    explanations = [Explanation("W02", "2А", "Справки ждём.")]
    spare: list[ClassLine | None] = [None] * MP1.spare_rows
    return Content(classes=[*classes, *spare], numbers=rows, explanations=explanations)


def figures(filled: Content | None = None) -> Figures:
    """What the server computes of it."""
    return Figures(MP1, filled or content(), THRESHOLDS)


def workbook(suffix: str = ".xlsx", filled: Content | None = None, **changes: Any) -> bytes:
    """A workbook of the examples; `changes` are of the heading."""
    if filled is None:
        return _usual(suffix, tuple(changes.items()))
    heading = replace(HEADING, **changes)
    return write_form(filled, heading, suffix=suffix, secret=SECRET)


@cache
def _usual(suffix: str, changes: tuple[tuple[str, Any], ...]) -> bytes:
    heading = replace(HEADING, **dict(changes))
    return write_form(content(), heading, suffix=suffix, secret=SECRET)


def read(data: bytes, **changes: Any) -> Reading:
    """What the server reads of a file."""
    return read_form(data, Expected(heading=replace(HEADING, **changes), secret=SECRET))


def codes(reading: Reading) -> list[str]:
    """The codes of the findings in their order."""
    return [one.code for one in reading.findings]


def edited(data: bytes, *edits: tuple[str, str, Any]) -> bytes:
    """The .xlsx with cells (sheet, address, value) changed, as a spreadsheet program saves it."""
    book = load_workbook(io.BytesIO(data))
    for sheet, address, value in edits:
        target = book[sheet]
        assert isinstance(target, Worksheet)
        target[address] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rebuilt(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The .xlsx after any change by openpyxl."""
    book = load_workbook(io.BytesIO(data))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
