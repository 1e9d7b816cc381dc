"""CSV with `;`, in UTF-8, that spreadsheet programs open without calculating anything.

A spreadsheet takes a CSV value that begins with `=`, `+`, `-` or `@` for a formula. Such text is
written with an apostrophe before it, and the reader takes it off again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal

from journal.documents.cells import shown
from journal.documents.workbook import Value

DELIMITER = ";"
_FORMULA = re.compile(r"'*[=+\-@]")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def write_csv(rows: Iterable[Sequence[Value]]) -> bytes:
    """The rows with CRLF line ends, quoted by RFC 4180 where needed, without a mark of order."""
    content = io.StringIO(newline="")
    csv.writer(content, delimiter=DELIMITER).writerows(
        [_written(value) for value in row] for row in rows
    )
    return content.getvalue().encode()


def guarded(value: str) -> str:
    """The text with an apostrophe where a spreadsheet would see a formula."""
    if _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def unguarded(value: str) -> str:
    """The text as it was before `guarded`."""
    return value[1:] if value.startswith("'") and _FORMULA.match(value) else value


def _written(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return shown(value) if isinstance(value, date | time | bool) else str(value)
