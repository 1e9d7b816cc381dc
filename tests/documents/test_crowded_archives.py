"""Archives of many thousands of members are refused by their table of contents alone."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from journal.core.files.kinds import FileKind, kind_of
from journal.core.packed import ENTRY_BYTES, TooManyMembers, opened_archive
from journal.documents.archives import read_archive
from journal.documents.guards import LIMITS, Limits, UnreadableFile
from journal.documents.inspection import inspect
from journal.documents.tables import read_tables
from journal.documents.workbook import Sheet, SheetColumn, write_workbook

MADE_AT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
END = b"PK\x05\x06"


def archive(members: int, *, comment: bytes = b"", name: str = "xl/worksheets/s{}.xml") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        target.writestr("[Content_Types].xml", b"<Types/>")
        target.writestr("word/document.xml", b"<w/>")
        for number in range(members - 2):
            target.writestr(name.format(number), b"")
        target.comment = comment
    return packed.getvalue()


def workbook() -> bytes:
    columns = [SheetColumn(title="Класс")]
    return write_workbook([Sheet(title="Классы", columns=columns, rows=[["5А"]])], made_at=MADE_AT)


@pytest.fixture
def untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    """No member may be read."""

    def read(*_given: Any, **_facts: Any) -> bytes:
        raise AssertionError("a member was read")

    monkeypatch.setattr(zipfile.ZipFile, "read", read)


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The members that are looked at while the table is read."""
    found: list[str] = []
    usual = zipfile.ZipInfo.__init__

    def noted(self: zipfile.ZipInfo, filename: str = "", *given: Any, **facts: Any) -> None:
        found.append(filename)
        usual(self, filename, *given, **facts)

    monkeypatch.setattr(zipfile.ZipInfo, "__init__", noted)
    return found


READERS: list[Callable[[bytes], object]] = [
    lambda data: read_tables("a.xlsx", data),
    lambda data: read_archive(data, names=["lessons.csv"]),
    lambda data: inspect(data, limits=LIMITS),
]


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("reader", READERS)
def test_it_is_refused_before_any_member_is_read(reader: Callable[[bytes], object]) -> None:
    with pytest.raises(UnreadableFile, match="too many parts"):
        reader(archive(LIMITS.members + 1))


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("comment", [b"", b"made by hand"])
def test_sixty_thousand_are_refused_before_their_table_is_read(
    named: list[str], comment: bytes
) -> None:
    data = archive(60_000, comment=comment)
    named.clear()
    with pytest.raises(UnreadableFile, match="too many parts"):
        read_tables("a.xlsx", data)
    assert not named


def test_the_number_told_in_the_end_record_is_not_believed(named: list[str]) -> None:
    data = bytearray(archive(60_000))
    place = data.rindex(END)
    struct.pack_into("<HH", data, place + 8, 3, 3)
    named.clear()
    with pytest.raises(UnreadableFile, match="too many parts"):
        read_archive(bytes(data), names=["lessons.csv"])
    assert not named


def test_the_large_form_of_the_end_record_is_measured_too() -> None:
    """Beyond 65535 members the sizes stand in the record before it."""
    data = archive(70_000, name="{}")
    assert data[data.rindex(END) + 10 :][:2] == b"\xff\xff"
    with pytest.raises(UnreadableFile, match="too many parts"):
        read_tables("a.xlsx", data)


def test_as_many_as_may_be_are_opened() -> None:
    data = archive(10)
    with opened_archive(io.BytesIO(data), members=10) as found:
        assert found.read("word/document.xml") == b"<w/>"
    with pytest.raises(TooManyMembers):
        opened_archive(io.BytesIO(data), members=9)


def test_names_longer_than_any_are_a_table_too_large() -> None:
    data = archive(12, name="x" * 3 * ENTRY_BYTES + "{}")
    with pytest.raises(TooManyMembers):
        opened_archive(io.BytesIO(data), members=20)


def test_an_ordinary_workbook_is_far_from_it() -> None:
    (table,) = read_tables("a.xlsx", workbook())
    assert table.rows[-1].cells == ("5А",)
    read_tables("a.xlsx", workbook(), limits=Limits(members=20))


@pytest.mark.parametrize("cut", [1, 10, 22])
def test_a_table_that_is_cut_is_damage(cut: int) -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        read_tables("a.xlsx", workbook()[:-cut])


def test_a_document_of_many_parts_is_of_no_kind() -> None:
    """Of what is handed in with homework and letters."""
    assert kind_of(io.BytesIO(archive(5_000))) is FileKind.DOCX
    assert kind_of(io.BytesIO(archive(60_000))) is None
