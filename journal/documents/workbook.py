"""Writing .xlsx: text stays text, headers are styled and frozen, lists drop down.

A value of type `str` is always written as a text cell: a name that starts with `=` never becomes a
formula, here or when the reader edits the cell later. The same sheets and moment give the same
bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from journal.documents.loading import first_used

if TYPE_CHECKING:
    from openpyxl.utils import get_column_letter as column_letter

    from journal.documents.workbook_writer import write_workbook
else:
    column_letter = first_used("openpyxl.utils", "get_column_letter")
    write_workbook = first_used("journal.documents.workbook_writer", "write_workbook")

__all__ = [
    "Sheet",
    "SheetColumn",
    "Value",
    "column_letter",
    "rewritten",
    "settled",
    "write_workbook",
]
Value = str | int | float | Decimal | bool | date | datetime | time | None
_MOMENTS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column: its header, width in characters, and what the reader may choose from.

    `choices` become a strict drop-down; `choices_from` (an address such as `'Классы'!$A$2:$A$99`)
    a drop-down that suggests but does not forbid. `text` formats empty cells as text, so that
    Excel does not turn «2-9» into a date.
    """

    title: str
    width: float = 14
    required: bool = False
    text: bool = False
    choices: tuple[str, ...] = ()
    choices_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet to write: `rows` follow the header; `example` is a grey row above them."""

    title: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[Value]] = ()
    example: Sequence[Value] | None = None


def settled(content: bytes, made_at: datetime) -> bytes:
    """The same archive with the moment of making instead of the clock's, byte for byte equal."""
    moment = f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode()
    change = partial(_MOMENTS.sub, rb"\g<1>" + moment + rb"\2")
    return rewritten(content, {"docProps/core.xml": change})


def rewritten(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The same archive with some members changed, without the clock's moments."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name in changes:
                data = changes[name](data)
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            target.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return result.getvalue()
