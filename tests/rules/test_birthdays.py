"""Birthdays of the coming days, over the turn of a year and of a leap one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from journal.control.birthdays import Birthday, birthdays

WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("born_on", "first", "found"),
    [
        (date(2015, 11, 20), date(2026, 11, 20), [(date(2026, 11, 20), 11)]),
        (date(2015, 11, 26), date(2026, 11, 20), [(date(2026, 11, 26), 11)]),
        (date(2015, 11, 27), date(2026, 11, 20), []),
        (date(2015, 11, 19), date(2026, 11, 20), []),
        (date(2016, 1, 2), date(2026, 12, 29), [(date(2027, 1, 2), 11)]),
        (date(2015, 12, 30), date(2026, 12, 29), [(date(2026, 12, 30), 11)]),
        (date(2016, 2, 29), date(2027, 2, 24), [(date(2027, 2, 28), 11)]),
        (date(2016, 2, 29), date(2028, 2, 24), [(date(2028, 2, 29), 12)]),
        (None, date(2026, 11, 20), []),
        (date(2026, 11, 21), date(2026, 11, 20), []),
    ],
)
def test_birthdays(born_on: date | None, first: date, found: list[tuple[date, int]]) -> None:
    shown = birthdays([("Жуков Иван", born_on)], first, WEEK)
    assert list(shown) == [Birthday("Жуков Иван", day, age) for day, age in found]


def test_they_stand_in_order_of_the_day() -> None:
    born = [("Б", date(2015, 11, 24)), ("А", date(2015, 11, 22))]
    assert [one.name for one in birthdays(born, date(2026, 11, 20), WEEK)] == ["А", "Б"]
