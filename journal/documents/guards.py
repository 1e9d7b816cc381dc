"""Safety of files from outside: size, unpacked size and the area of sheets, before any parser.

The spreadsheet parser lays a sheet out as a full rectangle, so that two cells in opposite corners
would ask for billions of cells; a packed archive may unfold into gigabytes. Both are measured here
on the raw XML, which is cheap for a file of hundreds of members: one of many thousands is refused
before any is read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.parsers import expat

from journal.core.errors import JournalError
from journal.core.messages import N_, Message
from journal.core.packed import TooManyMembers, opened_archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The largest file taken: bytes as uploaded, members of its archive, bytes unpacked, cells of
    all sheets."""

    file_bytes: int = 40_000_000
    members: int = 2_000
    unpacked_bytes: int = 160_000_000
    cells: int = 2_000_000


LIMITS = Limits()

_CELL_ADDRESS = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")
_ROWS_REPEATED = "table:number-rows-repeated"
_COLUMNS_REPEATED = "table:number-columns-repeated"


class UnreadableFile(JournalError):
    """The file is not what it should be, or too large; the message says what to hand in."""

    status = 422


def check_size(data: bytes, limits: Limits) -> None:
    """Refuse an empty file and one above the limit."""
    if not data:
        raise UnreadableFile(N_("The file is empty. Choose another one."))
    if len(data) > limits.file_bytes:
        raise UnreadableFile(_too_large())


def check_archive(data: bytes, limits: Limits) -> None:
    """Refuse an .xlsx or .ods that is damaged, has too many members, unfolds too far or spans too
    large an area."""
    try:
        with opened_archive(io.BytesIO(data), members=limits.members) as archive:
            _check_members(archive, limits)
    except TooManyMembers as crowded:
        raise UnreadableFile(_too_many_members()) from crowded
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as broken:
        raise UnreadableFile(damaged()) from broken


def check_area(cells: int, limits: Limits) -> None:
    """Refuse sheets whose rectangles together hold more cells than the limit."""
    if cells > limits.cells:
        raise UnreadableFile(
            N_("A sheet of the file is too large. Delete the cells outside the table.")
        )


@contextmanager
def panic_told() -> Iterator[None]:
    """The native parser of .xls panics over some damaged files, past every Exception: it is told
    by the name of its class, which cannot be imported."""
    try:
        yield
    except BaseException as broken:
        if type(broken).__name__ != "PanicException":
            raise
        raise UnreadableFile(damaged()) from broken


def damaged() -> Message:
    """What is said of a file that no parser opens."""
    return N_("The file is damaged. Open it, save it again and repeat.")


def _too_large() -> Message:
    return N_("The file is too large. Split it into several files.")


def _too_many_members() -> Message:
    return N_(
        "The file has too many parts inside. Save the table anew, or pack only the files that are "
        "asked for."
    )


def _check_members(archive: zipfile.ZipFile, limits: Limits) -> None:
    members = archive.infolist()
    if sum(member.file_size for member in members) > limits.unpacked_bytes:
        raise UnreadableFile(_too_large())
    area = 0
    for member in members:
        # Reading also checks the declared size and the checksum of every member.
        content = archive.read(member)
        ods = member.filename == "content.xml"
        area += _ods_area(content) if ods else _xlsx_area(content)
        check_area(area, limits)


def _xlsx_area(content: bytes) -> int:
    rows = columns = 0
    seen: set[bytes] = set()
    for letters, number in _CELL_ADDRESS.findall(content):
        rows = max(rows, int(number))
        seen.add(letters)
    for letters in seen:
        columns = max(columns, _column_number(letters))
    return rows * columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _ods_area(content: bytes) -> int:
    """The rectangle up to the last filled cell, with repetition counted, over all sheets."""
    meter = _OdsMeter()
    parser = expat.ParserCreate()
    parser.StartElementHandler = meter.start
    parser.EndElementHandler = meter.end
    try:
        parser.Parse(content, True)
    except expat.ExpatError as broken:
        raise UnreadableFile(damaged()) from broken
    return meter.area


class _OdsMeter:
    """Counts the extent of filled cells; the empty tail that every .ods has does not count."""

    def __init__(self) -> None:
        self.area = 0
        self._rows = self._columns = self._row = self._column = 0
        self._row_filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._rows = self._columns = self._row = 0
        elif name == "table:table-row":
            self._row += _repeated(attributes, _ROWS_REPEATED)
            self._column, self._row_filled = 0, False
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._column += _repeated(attributes, _COLUMNS_REPEATED)
            if "office:value-type" in attributes:
                self._row_filled = True
                self._columns = max(self._columns, self._column)

    def end(self, name: str) -> None:
        if name == "table:table-row" and self._row_filled:
            self._rows = self._row
        elif name == "table:table":
            self.area += self._rows * self._columns


def _repeated(attributes: dict[str, str], name: str) -> int:
    written = attributes.get(name, "1")
    if not re.fullmatch(r"[0-9]{1,9}", written):
        raise UnreadableFile(damaged())
    return int(written)
