"""CSV out: quoted where needed, never calculated, and read back the same."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.documents.delimited import guarded, unguarded, write_csv
from journal.documents.tables import read_tables


def test_values() -> None:
    rows = [["а;б", 'к"к', None, True], [date(2026, 9, 1), Decimal("2.50"), 5, "=1+1"]]
    assert write_csv(rows).decode() == (
        '"а;б";"к""к";;да\r\n01.09.2026;2.50;5;\'=1+1\r\n'
    )  # fmt: skip


@pytest.mark.parametrize("value", ["-5", "+3,5", "5", "текст", ""])
def test_numbers_and_plain_text_stay_bare(value: str) -> None:
    assert guarded(value) == value


@given(st.text(alphabet="'=+-@;\"а1 "))
def test_guarding_is_undone_by_reading(value: str) -> None:
    assert unguarded(guarded(value)) == value
    if value.strip():
        (table,) = read_tables("a.csv", write_csv([["x", "y"], [value, "1"]]))
        assert table.rows[1].cells == (value, "1")
