"""What a file is, decided by its content; its name only has to agree.

A small table of our own instead of a library: thirteen kinds, told apart by their first bytes, an
office document by what lies in its archive. Nothing is unpacked or decoded.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO

from journal.core.packed import opened_archive

_HEAD = 4096
_CHUNK = 1 << 20
_MOST_PARTS = 10_000  # a presentation has thousands
_ODF = "application/vnd.oasis.opendocument."
_OOXML = "application/vnd.openxmlformats-officedocument."
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_AUDIO_BRANDS = frozenset({b"M4A ", b"M4B "})
_MIXED_BRANDS = frozenset({b"isom", b"iso2", b"iso4", b"mp41", b"mp42", b"3gp4", b"3gp5"})
_CONTROL = bytes(sorted(set(range(32)) - set(b"\t\n\r\f\x1b")))


@dataclass(frozen=True, slots=True)
class _Facts:
    media_type: str
    extensions: tuple[str, ...]  # the first is the usual one


class FileKind(Enum):
    """A kind that can be taken in, with its media type and the extensions it may carry."""

    PDF = _Facts("application/pdf", ("pdf",))
    JPEG = _Facts("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"))
    PNG = _Facts("image/png", ("png",))
    WEBP = _Facts("image/webp", ("webp",))
    HEIC = _Facts("image/heic", ("heic", "heif"))
    DOCX = _Facts(f"{_OOXML}wordprocessingml.document", ("docx",))
    XLSX = _Facts(f"{_OOXML}spreadsheetml.sheet", ("xlsx",))
    PPTX = _Facts(f"{_OOXML}presentationml.presentation", ("pptx",))
    ODT = _Facts(f"{_ODF}text", ("odt",))
    ODS = _Facts(f"{_ODF}spreadsheet", ("ods",))
    ODP = _Facts(f"{_ODF}presentation", ("odp",))
    TXT = _Facts("text/plain", ("txt",))
    MP3 = _Facts("audio/mpeg", ("mp3",))
    M4A = _Facts("audio/mp4", ("m4a",))

    @property
    def media_type(self) -> str:
        """What the browser is told."""
        return self.value.media_type

    @property
    def extensions(self) -> tuple[str, ...]:
        """Without the dot; the first is the usual one."""
        return self.value.extensions


ALL_KINDS = frozenset(FileKind)
_BY_EXTENSION = {extension: kind for kind in FileKind for extension in kind.extensions}
_OOXML_PARTS = {
    "word/document.xml": FileKind.DOCX,
    "xl/workbook.xml": FileKind.XLSX,
    "ppt/presentation.xml": FileKind.PPTX,
}


def kind_of_name(extension: str) -> FileKind | None:
    """The kind an extension (no dot, any case) promises."""
    return _BY_EXTENSION.get(extension.casefold())


def kind_of(content: BinaryIO) -> FileKind | None:
    """The kind of a seekable file by its content; None for any other, macros included."""
    content.seek(0)
    head = content.read(_HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _office_document(content)
    if head[4:8] == b"ftyp":
        return _boxes(content, head[8:12])
    return _by_first_bytes(head) or (FileKind.TXT if _plain_text(content) else None)


def _by_first_bytes(head: bytes) -> FileKind | None:
    if head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t ").startswith(b"%PDF-"):
        return FileKind.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return FileKind.WEBP
    if head.startswith(b"ID3") or _mpeg_audio(head):
        return FileKind.MP3
    return None


def _mpeg_audio(head: bytes) -> bool:
    """A frame of MPEG 1 or 2, layer III, with a real bit rate and sampling rate."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    return head[1] & 0x18 != 0x08 and head[2] & 0xF0 not in (0, 0xF0) and head[2] & 0x0C != 0x0C


def _boxes(content: BinaryIO, brand: bytes) -> FileKind | None:
    """A photograph of a telephone, or sound without a picture (recorders write video brands)."""
    if brand in _HEIC_BRANDS:
        return FileKind.HEIC
    if brand in _AUDIO_BRANDS or (brand in _MIXED_BRANDS and _tracks(content) == {b"soun"}):
        return FileKind.M4A
    return None


def _tracks(content: BinaryIO) -> set[bytes]:
    """The kinds of tracks the movie header names: soun, vide, …"""
    content.seek(0)
    while len(header := content.read(8)) == 8:
        size, name, read = int.from_bytes(header[:4], "big"), header[4:], 8
        if size == 1:
            size, read = int.from_bytes(content.read(8), "big"), 16
        if name == b"moov":
            return set(re.findall(rb"hdlr.{8}(soun|vide)", content.read(size - read), re.DOTALL))
        if size < read:
            break
        content.seek(size - read, 1)
    return set()


def _office_document(content: BinaryIO) -> FileKind | None:
    content.seek(0)
    try:
        with opened_archive(content, members=_MOST_PARTS) as archive:
            names = set(archive.namelist())
            if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
                return None
            if "mimetype" in names:
                return _open_document(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for part, kind in _OOXML_PARTS.items() if part in names), None)


def _open_document(archive: zipfile.ZipFile) -> FileKind | None:
    with archive.open("mimetype") as part:
        said = part.read(100).decode("ascii", "replace").strip()
    documents = (FileKind.ODT, FileKind.ODS, FileKind.ODP)
    return next((kind for kind in documents if kind.media_type == said), None)


def _plain_text(content: BinaryIO) -> bool:
    """Text of any one-byte encoding or UTF-8: no control characters, however long it is."""
    content.seek(0)
    return all(
        chunk.translate(None, _CONTROL) == chunk
        for chunk in iter(lambda: content.read(_CHUNK), b"")
    )
