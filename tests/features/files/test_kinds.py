"""What a file is told by its content, and what it may be called."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.core.files.kinds import FileKind, kind_of
from journal.core.files.names import name_as_content, split_name
from tests.features.files import samples


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.PDF, FileKind.PDF),
        (b"\xef\xbb\xbf" + samples.PDF, FileKind.PDF),
        (samples.JPEG, FileKind.JPEG),
        (samples.PNG, FileKind.PNG),
        (samples.WEBP, FileKind.WEBP),
        (samples.HEIC, FileKind.HEIC),
        (samples.MP3, FileKind.MP3),
        (samples.TAGGED_MP3, FileKind.MP3),
        (samples.M4A, FileKind.M4A),
        (samples.movie(b"soun"), FileKind.M4A),
        (samples.movie(b"vide", b"soun"), None),
        (samples.movie(), None),
        (samples.DOCX, FileKind.DOCX),
        (samples.office("xl/workbook.xml"), FileKind.XLSX),
        (samples.office("ppt/presentation.xml"), FileKind.PPTX),
        (samples.office("word/document.xml", "word/vbaProject.bin"), None),
        (samples.office("AndroidManifest.xml"), None),
        (samples.open_document("text"), FileKind.ODT),
        (samples.open_document("spreadsheet"), FileKind.ODS),
        (samples.open_document("presentation"), FileKind.ODP),
        (samples.open_document("text", "Basic/Standard/m.xml"), None),
        (samples.open_document("graphics"), None),
        (samples.DOCX[:60], None),
        ("Прочитать § 14, упр. 3–5.\r\n".encode(), FileKind.TXT),
        ("Прочитать главу".encode("cp1251"), FileKind.TXT),
        (samples.EXE, None),
        (samples.EXE + samples.PDF, None),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", None),
        (b"text, and then\x00zeros", None),
    ],
)
def test_the_content_tells_the_kind(content: bytes, kind: FileKind | None) -> None:
    assert kind_of(io.BytesIO(content)) is kind


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(content: bytes) -> None:
    for prefix in (b"", b"PK\x03\x04", b"\x00\x00\x00\x18ftypisom"):
        assert kind_of(io.BytesIO(prefix + content)) in (None, *FileKind)


@pytest.mark.parametrize(
    ("given_name", "parts"),
    [
        ("Задание № 5.pdf", ("Задание № 5", "pdf")),
        (r"C:\Рабочий стол\схема.PNG", ("схема", "PNG")),
        ("../../etc/passwd", ("passwd", "")),
        ("x\r\nSet-Cookie: a=1.pdf", ("x Set-Cookie_ a=1", "pdf")),
        ("gpj.\u202eexe", ("gpj", "exe")),
        (".htaccess", ("htaccess", "")),
        ("отчёт.tar.gz", ("отчёт.tar", "gz")),
        ("  .. ", ("", "")),
        ("", ("", "")),
    ],
)
def test_names_lose_what_may_do_harm(given_name: str, parts: tuple[str, str]) -> None:
    assert split_name(given_name) == parts


def test_a_name_follows_its_content() -> None:
    assert name_as_content("снимок", "jpg", FileKind.WEBP) == "снимок.webp"
    assert name_as_content("снимок", "JPEG", FileKind.JPEG) == "снимок.JPEG"
    assert name_as_content("", "", FileKind.PDF) == "file.pdf"


@given(st.text(max_size=400))
def test_any_name_can_be_kept(name: str) -> None:
    kept = name_as_content(*split_name(name), FileKind.PDF)
    assert kept.casefold().endswith(".pdf")
    assert len(kept) <= 200
    assert not set(kept) & set('/\\\r\n\0"<>:|?*')
