"""What an Excel file is made of, before anything reads its cells: kind, lock, macros, formulas.

Looks at the raw container (ZIP of XML, or OLE with a BIFF8 stream), never runs or follows anything.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

import olefile

from journal.documents.guards import Limits, UnreadableFile, check_archive, damaged

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ACTIVE_MEMBER = re.compile(
    r"vbaProject|/externalLinks/|/embeddings/|/activeX/|/macrosheets/|oleObject|connections\.xml",
    re.IGNORECASE,
)
_ACTIVE_STORAGE = re.compile(r"^(_VBA_PROJECT_CUR|VBA|Macros|MBD[0-9A-F]+)$", re.IGNORECASE)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)/?>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)/?>")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_FORMULA_CELL = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^>]*>\s*<(?:\w+:)?f\b"
)
_BOF, _BOUNDSHEET, _FILEPASS, _FORMULA, _SUPBOOK = 0x0809, 0x0085, 0x002F, 0x0006, 0x01AE
_BIFF8, _MACRO_SHEET = 0x0600, 1
_OWN_BOOK, _ADD_INS = 0x0401, 0x3A01

Cells = frozenset[tuple[int, int]]


class NotExcel(UnreadableFile):
    """Neither BIFF8 nor OOXML."""


class Locked(UnreadableFile):
    """Encrypted: a password is asked for on opening."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """`active`: macros, external links or embedded objects; `formulas` by sheet, (row, column) from
    0. `suffix` is what the file really is."""

    suffix: str
    active: bool
    formulas: Mapping[str, Cells]


def is_old(data: bytes) -> bool:
    """Whether it is a container with a BIFF stream, encrypted or not."""
    if not data.startswith(_OLE):
        return False
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        return bool(container.exists("Workbook"))


def inspect(data: bytes, *, limits: Limits) -> Inspection:
    """Look into the file. Raises NotExcel, Locked, or UnreadableFile when it is damaged or unfolds
    beyond the limits."""
    if data.startswith(_ZIP):
        return _inspect_archive(data, limits)
    if data.startswith(_OLE):
        return _inspect_ole(data)
    raise NotExcel(damaged())


def _inspect_archive(data: bytes, limits: Limits) -> Inspection:
    check_archive(data, limits)
    try:
        return _inspect_members(data)
    except UnicodeDecodeError as broken:
        raise UnreadableFile(damaged()) from broken


def _inspect_members(data: bytes) -> Inspection:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if "xl/workbook.xml" not in names:
            raise NotExcel(damaged())
        formulas = {}
        for sheet, member in _sheet_members(archive):
            content = archive.read(member) if member in names else b""
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise UnreadableFile(damaged())
            formulas[sheet] = frozenset(
                (int(row) - 1, _column(letters)) for letters, row in _FORMULA_CELL.findall(content)
            )
    active = any(_ACTIVE_MEMBER.search(name) for name in names)
    return Inspection(".xlsx", active, formulas)


def _sheet_members(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = {}
    if "xl/_rels/workbook.xml.rels" in archive.namelist():
        for found in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
            facts = dict(_ATTRIBUTE.findall(found))
            relations[facts.get(b"Id", b"")] = facts.get(b"Target", b"").decode()
    for found in _SHEET.findall(archive.read("xl/workbook.xml")):
        facts = dict(_ATTRIBUTE.findall(found))
        target = next((relations.get(v, "") for k, v in facts.items() if k.endswith(b":id")), "")
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        yield unescape(facts.get(b"name", b"").decode()), member


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _inspect_ole(data: bytes) -> Inspection:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            entries = ["/".join(path) for path in container.listdir(storages=True)]
            if "EncryptedPackage" in entries:
                raise Locked(damaged())
            if "Workbook" not in entries:
                raise NotExcel(damaged())
            parts = {part for entry in entries for part in entry.split("/")}
            active = any(_ACTIVE_STORAGE.match(part) for part in parts)
            return _inspect_stream(container.openstream("Workbook").read(), active)
    except (OSError, ValueError, IndexError, struct.error) as broken:
        raise UnreadableFile(damaged()) from broken


def _inspect_stream(stream: bytes, active: bool) -> Inspection:
    sheets: dict[int, str] = {}
    formulas: dict[str, set[tuple[int, int]]] = {}
    sheet = ""
    for position, number, body in _records(stream):
        if number == _FILEPASS:
            raise Locked(damaged())
        if number == _BOF:
            if position == 0 and struct.unpack_from("<H", body)[0] != _BIFF8:
                raise NotExcel(damaged())
            sheet = sheets.get(position, sheet)
        elif number == _BOUNDSHEET:
            offset, _state, kind = struct.unpack_from("<LBB", body)
            sheets[offset] = _short_text(body[6:])
            formulas[sheets[offset]] = set()
            active = active or kind == _MACRO_SHEET
        elif number == _FORMULA and sheet:
            formulas[sheet].add(struct.unpack_from("<HH", body))
        elif number == _SUPBOOK:
            active = active or not _is_own_book(body)
    return Inspection(".xls", active, {name: frozenset(cells) for name, cells in formulas.items()})


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(position, number, body) of every record."""
    position = 0
    while position + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, position)
        body = stream[position + 4 : position + 4 + size]
        if len(body) < size or (number == 0 and size == 0):
            return
        yield position, number, body
        position += 4 + size


def _short_text(data: bytes) -> str:
    """A text with its length in one byte: compressed, or UTF-16."""
    length, wide = data[0], data[1] & 1
    if wide:
        return data[2 : 2 + 2 * length].decode("utf-16-le", "replace")
    return data[2 : 2 + length].decode("latin-1")


def _is_own_book(body: bytes) -> bool:
    """Whether a book of references is this very workbook, or functions of add-ins."""
    return len(body) == 4 and struct.unpack_from("<HH", body)[1] in (_OWN_BOOK, _ADD_INS)
