"""Whether an uploaded workbook is the form it says it is: file, metadata, structure (F, M)."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass

from journal.documents.book.model import Formula
from journal.documents.guards import UnreadableFile
from journal.documents.inspection import Locked, NotExcel
from journal.exchange.control import Finding, message
from journal.exchange.figures import Content
from journal.exchange.forms import FORMS, Form
from journal.exchange.forms.messages import BROKEN
from journal.exchange.forms.specification import (
    CLASSES,
    FIRST_ROW,
    META,
    NOTES,
    TITLE,
    column_letter,
)
from journal.exchange.workbook import book_of, looks
from journal.exchange.workbook.cells import LARGEST, RawBook, raw_book
from journal.exchange.workbook.cover import NOTE_COLUMNS, RESPONSIBLE, responsible_row
from journal.exchange.workbook.heading import Heading, signature
from journal.exchange.workbook.places import place

MOST_ROWS = 500
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_STRUCTURE = frozenset(
    (
        looks.HEADER,
        looks.GRAPH,
        looks.GROUP,
        looks.LABEL,
        looks.TOTAL_LABEL,
        looks.LEVEL_LABEL,
    )
)


@dataclass(frozen=True, slots=True)
class Refused(Exception):
    """The file is not read any further; `findings` say why."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Which workbook is awaited, and the secret it was signed with."""

    heading: Heading
    secret: str


def opened(data: bytes) -> RawBook:
    """The cells of the file. Raises Refused with F01 to F05."""
    if len(data) > LARGEST:
        raise _refused("F04")
    try:
        book = raw_book(data)
    except NotExcel as other:
        raise _refused("F01") from other
    except Locked as locked:
        raise _refused("F02") from locked
    except UnreadableFile as broken:
        raise Refused((Finding(code="F05", text=BROKEN),)) from broken
    if book.inspection.active:
        raise _refused("F03")
    return book


def checked_meta(book: RawBook, expected: Expected) -> tuple[Form, int]:
    """The form at the file's version, and its number of rows. Raises Refused with M01 to M04."""
    meta, heading = book.meta, expected.heading
    if "MP_SCHEMA" not in meta:
        raise _refused("M04", л=META, я="A1")
    if meta["MP_SCHEMA"] != heading.form.schema:
        raise _refused("M03")
    form = _supported(meta.get("MP_VERSION", ""), heading.form)
    rows = int(meta["MP_ROWS"]) if meta.get("MP_ROWS", "").isdigit() else 0
    if not 0 < rows <= MOST_ROWS or not _signed(meta, rows, expected):
        raise _refused("M02")
    if meta["MP_ORG_CODE"] != heading.organisation_code:
        raise _refused("M02")
    awaited = (heading.procedure_id, heading.year, heading.period)
    if (meta["MP_PROC_ID"], meta["MP_YEAR"], meta.get("MP_PERIOD")) != awaited:
        raise _refused("M03")
    return form, rows


def _supported(version: str, form: Form) -> Form:
    """MAJOR must match, MINOR may be older."""
    found = _VERSION.fullmatch(version)
    known = [one for one in FORMS if (one.schema, one.version) == (form.schema, version)]
    if found and int(found[1]) == form.major and int(found[2]) <= form.minor:
        return known[0] if known else form
    raise _refused("M01", v=version or "–")


def _signed(meta: dict[str, str], rows: int, expected: Expected) -> bool:
    claimed = Heading(
        form=expected.heading.form,
        organisation_code=meta.get("MP_ORG_CODE", ""),
        organisation_name="",
        municipality="",
        year=meta.get("MP_YEAR", ""),
        period="",
        snapshot_at=expected.heading.snapshot_at,
        thresholds={},
        procedure_id=meta.get("MP_PROC_ID", ""),
    )
    own = signature(claimed, rows, expected.secret, version=meta.get("MP_VERSION", ""))
    return hmac.compare_digest(own, meta.get("MP_SIGN", ""))


def check_structure(book: RawBook, form: Form, rows: int, expected: Expected) -> None:
    """Sheets and headers must be ours. Raises Refused with an M04 for each sheet that is not."""
    blank = Content(classes=[None] * rows, numbers={})
    ours = book_of(blank, expected.heading, secret=expected.secret)
    found = []
    for sheet in ours.sheets:
        if sheet.title not in book.sheets:
            found.append(_structure(sheet.title, "A1"))
            continue
        for placed in sheet.cells:
            fixed = placed.look in _STRUCTURE and not isinstance(placed.value, Formula)
            wanted = "" if placed.value is None else str(placed.value)
            if fixed and book.text(sheet.title, placed.row, placed.column) != wanted:
                found.append(_structure(sheet.title, _address(placed.row, placed.column)))
                break
    if found:
        raise Refused(tuple(found))


def _structure(sheet: str, address: str) -> Finding:
    return Finding(code="M04", text=message("M04", л=sheet, я=address), sheet=sheet)


def formulas_in_typed_cells(book: RawBook, rows: int, heading: Heading) -> list[Finding]:
    """F05 for each typed cell of the period that holds a formula."""
    return [
        Finding(
            code="F05",
            text=message("F05", л=sheet, я=_address(row, column)),
            sheet=sheet,
            row=row - FIRST_ROW + 1 if row >= FIRST_ROW - 1 else None,
            letter=column_letter(column + 1),
        )
        for sheet, row, column in _typed_cells(rows, heading)
        if book.has_formula(sheet, row, column)
    ]


def _typed_cells(rows: int, heading: Heading) -> Iterator[tuple[str, int, int]]:
    for row in range(FIRST_ROW - 1, FIRST_ROW - 1 + rows):
        for column in range(1, 4):
            yield CLASSES, row, column
        for sheet in heading.form.in_period(heading.period):
            for typed in sheet.typed:
                yield sheet.name, row, place(typed)
    first = responsible_row(heading) - 1
    for row in range(first, first + len(RESPONSIBLE)):
        yield TITLE, row, 1
    for row in range(FIRST_ROW - 1, MOST_ROWS):
        for column in range(len(NOTE_COLUMNS)):
            yield NOTES, row, column


def _address(row: int, column: int) -> str:
    return f"{column_letter(column + 1)}{row + 1}"


def _refused(code: str, **values: str) -> Refused:
    return Refused((Finding(code=code, text=message(code, **values)),))
