"""Small files of every kind, made by hand."""

from __future__ import annotations

import io
import zipfile

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 "
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
MP3 = b"\xff\xfb\x90\x64" + b"\x00" * 100
TAGGED_MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00"
M4A = b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A isom"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"


def box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


def movie(*tracks: bytes) -> bytes:
    """A container of video brand with the given tracks (soun, vide)."""
    heads = b"".join(box(b"hdlr", b"\x00" * 8 + track + b"\x00" * 12) for track in tracks)
    return box(b"ftyp", b"isom\x00\x00\x02\x00") + box(b"free", b"x" * 30) + box(b"moov", heads)


def office(part: str, *more: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        for name in ("[Content_Types].xml", part, *more):
            zipped.writestr(zipfile.ZipInfo(name), "<x/>")
    return file.getvalue()


def open_document(kind: str, *more: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr(zipfile.ZipInfo("mimetype"), f"application/vnd.oasis.opendocument.{kind}")
        for name in ("content.xml", *more):
            zipped.writestr(zipfile.ZipInfo(name), "<x/>")
    return file.getvalue()


DOCX = office("word/document.xml")
