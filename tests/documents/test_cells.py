"""Reading of single cells: forgiving about form, strict about meaning."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.documents import cells
from journal.documents.cells import Cell, CellRefused

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("  Русский   язык ", "Русский язык"),
        (f"Русский{NBSP}язык", "Русский язык"),
        (1012.0, "1012"),
        (1012, "1012"),
        (2.5, "2.5"),
        (1e6, "1000000"),
        (True, "да"),
        (date(2026, 9, 1), "01.09.2026"),
        (time(8, 30), "08:30"),
        ("Иванова\u200b", "Иванова"),
        ("пере\u00adнос", "перенос"),
        ("a\x00b", "ab"),
        ("=1+1", "=1+1"),
        ("две\nстроки", "две строки"),
    ],
)
def test_text(cell: Cell, read: str) -> None:
    assert cells.text(cell) == read


def test_lines_keep_their_breaks() -> None:
    assert cells.lines(" § 3, \r\nупр. 5\n") == "§ 3,\nупр. 5"


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (5.0, 5),
        (5, 5),
        ("5", 5),
        (" 5,0 ", 5),
        (f"{NBSP}12", 12),
        ("-3", -3),
        ("5.00", 5),
    ],
)
def test_integer(cell: Cell, read: int) -> None:
    assert cells.integer(cell) == read


@pytest.mark.parametrize(
    "cell",
    ["пять", "5 шт", 2.5, "2,5", True, float("inf"), date(2026, 9, 1), "١٢", "1e3", "9" * 40],
)
def test_integer_refuses(cell: Cell) -> None:
    with pytest.raises(CellRefused):
        cells.integer(cell)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2,5", "2.5"),
        ("2.5", "2.5"),
        (2.5, "2.5"),
        (0.1 + 0.2, "0.3"),
        (100, "100"),
        ("100", "100"),
    ],
)
def test_decimal(cell: Cell, read: str) -> None:
    assert str(cells.decimal(cell)) == str(Decimal(read))


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 9, 1),
        datetime(2026, 9, 1),  # noqa: DTZ001 (as the reader gives it)
        "01.09.2026",
        "1.9.2026",
        " 01.09.2026 ",
        "2026-09-01",
        "2026-09-01 00:00:00",
        "01.09.2026 0:00:00",
    ],
)
def test_day(cell: Cell) -> None:
    assert cells.day(cell) == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("30.02.2015", "no such date"),
        ("31.02.2027", "no such date"),
        ("2027-13-01", "no such date"),
        ("01.09.26", "ДД.ММ.ГГГГ"),
        ("сентябрь", "ДД.ММ.ГГГГ"),
        (46266.0, "ДД.ММ.ГГГГ"),
        ("01.09.0026", "year"),
        (True, "ДД.ММ.ГГГГ"),
        (time(8, 30), "ДД.ММ.ГГГГ"),
    ],
)
def test_day_refuses(cell: Cell, said: str) -> None:
    with pytest.raises(CellRefused, match=said):
        cells.day(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "08:30",
        "8:30",
        "08:30:00",
        "8.30",
        time(8, 30),
        datetime(1899, 12, 31, 8, 30),  # noqa: DTZ001 (as the reader gives it)
        timedelta(hours=8, minutes=30),
        8.5 / 24,
    ],
)
def test_clock_time(cell: Cell) -> None:
    assert cells.clock_time(cell) == time(8, 30)


@pytest.mark.parametrize("cell", ["25:70", "24:00", "8", 8.0, "утром", -0.1, timedelta(days=2)])
def test_clock_time_refuses(cell: Cell) -> None:
    with pytest.raises(CellRefused, match="08:30"):
        cells.clock_time(cell)


@pytest.mark.parametrize(
    ("cell", "read"), [("да", True), (" ДА", True), ("Нет", False), (True, True), (0.0, False)]
)
def test_yes_no(cell: Cell, read: bool) -> None:
    assert cells.yes_no(cell) is read


def test_yes_no_refuses() -> None:
    with pytest.raises(CellRefused, match="может быть"):
        cells.yes_no("может быть")


def test_folding() -> None:
    assert cells.folded(f"  Учёба{NBSP} ") == cells.folded("УЧЕБА")
    assert cells.header_key("Класс *") == cells.header_key("Клaсс")


@pytest.mark.parametrize(
    "read", [cells.integer, cells.decimal, cells.day, cells.clock_time, cells.yes_no]
)
@given(cell=st.text() | st.floats() | st.integers() | st.booleans() | st.dates() | st.times())
def test_nothing_but_a_typed_refusal(read: Callable[[Cell], object], cell: Cell) -> None:
    try:
        read(cell)
    except CellRefused as refused:
        assert refused.message.key


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_shown_day_reads_back(day: date) -> None:
    assert cells.day(cells.shown(day)) == day


@given(st.decimals(-1000, 1000, places=4))
def test_a_number_reads_alike_as_text_and_as_number(number: Decimal) -> None:
    assert cells.decimal(str(number).replace(".", ",")) == cells.decimal(float(number))
