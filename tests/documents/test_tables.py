"""Sheets of raw cells out of every kind of file, and typed refusals of the rest."""

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.documents.guards import Limits, UnreadableFile
from journal.documents.tables import TableRow, read_tables
from journal.documents.workbook import Sheet, SheetColumn, write_workbook
from tests.documents.ods import write_ods

MADE_AT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
ROWS = [["5А", 1012, date(2026, 9, 1), "=1+1"], ["", None, "", ""], ["5Б", 2.5, "", "x;y"]]
COLUMNS = [SheetColumn(title=title) for title in ("Класс", "Таб. №", "С", "Тема")]


def workbook() -> bytes:
    return write_workbook([Sheet(title="Классы", columns=COLUMNS, rows=ROWS)], made_at=MADE_AT)


def test_xlsx_rows_keep_their_numbers() -> None:
    (table,) = read_tables("a.xlsx", workbook())
    assert table.name == "Классы"
    assert [row.number for row in table.rows] == [1, 2, 4]
    assert table.rows[1].cells == ("5А", 1012.0, date(2026, 9, 1), "=1+1")


def test_ods_gives_the_same_cells() -> None:
    rows = [["Класс", "Таб. №", "С", "Тема"], *ROWS]
    (table,) = read_tables("a.ods", write_ods({"Классы": rows}))
    (same,) = read_tables("a.xlsx", workbook())
    assert table == same


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_csv(mark: bytes) -> None:
    data = mark + 'Класс;Тема\r\n5А;"две\r\nстроки"\r\n;\r\n5Б;"a;""b"""\r\n'.encode()
    (table,) = read_tables("C:\\Обмен\\Классы.csv", data)
    assert table.name == "Классы"
    assert table.rows == (
        TableRow(1, ("Класс", "Тема")),
        TableRow(2, ("5А", "две\r\nстроки")),
        TableRow(5, ("5Б", 'a;"b"')),
    )


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 3_000_000)
    return packed.getvalue()


def far_corner() -> bytes:
    """A workbook whose second cell lies in the last corner of the sheet."""
    source = io.BytesIO(workbook())
    result = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b'r="B2"', b'r="XFD1048576"')
            new.writestr(name, content)
    return result.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.xlsx", b"", "empty"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n", "not a table"),
        ("paper.xlsx", b"%PDF-1.7", "not a table"),
        ("binary.csv", b"a;b\0c", "not a table"),
        ("ansi.csv", "Класс;Тема".encode("cp1251"), "UTF-8"),
        ("comma.csv", "Класс,Тема\n5А,x".encode(), "semicolon"),
        ("quotes.csv", 'Класс;Тема\n"5А;x'.encode(), "quotes"),
        ("cut.xlsx", workbook()[:2000], "damaged"),
        ("other.xlsx", b"PK\x03\x04 nothing", "damaged"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        ("corner.xlsx", far_corner(), "too large"),
        (
            "huge.ods",
            write_ods({"Л": [["x"]]}, repeat_rows=1_000_000, repeat_columns=16_000),
            "large",
        ),
        ("broken.ods", write_ods({"Л": [["x"]]}, raw=b"<office:document"), "damaged"),
    ],
)
def test_refusals(name: str, data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_tables(name, data)


def test_an_archive_that_unfolds_too_far() -> None:
    with pytest.raises(UnreadableFile, match="too large"):
        read_tables("a.xlsx", bomb(), limits=Limits(unpacked_bytes=1_000_000))


def test_a_file_above_the_limit() -> None:
    with pytest.raises(UnreadableFile, match="too large"):
        read_tables("a.csv", b"a;b\n" * 100, limits=Limits(file_bytes=100))


def test_the_empty_tail_of_an_ods_is_no_reason_to_refuse() -> None:
    (table,) = read_tables("a.ods", write_ods({"Л": [["x"], [""]]}, repeat_rows=1_000_000))
    assert [row.cells[0] for row in table.rows] == ["x"]


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_file_is_refused_or_read(data: st.DataObject) -> None:
    content = bytearray(workbook())
    places = st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255))
    for place, value in data.draw(st.lists(places, max_size=12)):
        content[place] = value
    cut = data.draw(st.integers(1, len(content)))
    try:
        read_tables("a.xlsx", bytes(content[:cut]))
    except UnreadableFile as refused:
        assert refused.message.key


def test_a_csv_file_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "Классы.csv"
    path.write_text("Класс\n5А\n", encoding="utf-8")
    (table,) = read_tables(path.name, path.read_bytes())
    assert table.rows[1].cells == ("5А",)
