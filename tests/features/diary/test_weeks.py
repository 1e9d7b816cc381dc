"""Weeks: their names, and which one a diary opens with."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.diary.rules.weeks import Week, named_week, opening_week, week_of


@pytest.mark.parametrize(
    ("name", "monday"),
    [
        ("2026-W47", date(2026, 11, 16)),
        ("2026-W01", date(2025, 12, 29)),
        ("2026-W53", date(2026, 12, 28)),
        ("2027-W01", date(2027, 1, 4)),
        ("2025-W53", None),  # 52 weeks only
        ("2026-W00", None),
        ("2026-W54", None),
        ("2026-47", None),
        ("2026-W47 ", None),
        ("١٩٢٦-W47", None),
        ("", None),
    ],
)
def test_names(name: str, monday: date | None) -> None:
    found = named_week(name)
    assert (found.monday if found else None) == monday


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_every_day_lies_in_the_week_it_names(day: date) -> None:
    week = week_of(day)
    assert week.holds(day)
    assert named_week(week.name) == week
    assert week.step(1).step(-1) == week
    assert len(week.days) == 6


@pytest.mark.parametrize(
    ("today", "left_before", "monday"),
    [
        (date(2026, 11, 20), None, date(2026, 11, 16)),
        (date(2026, 11, 21), None, date(2026, 11, 16)),
        (date(2026, 11, 22), None, date(2026, 11, 23)),  # Sunday: the coming week
        (date(2026, 11, 20), date(2026, 10, 12), date(2026, 10, 5)),  # left on a Monday
        (date(2026, 11, 20), date(2026, 12, 1), date(2026, 11, 16)),  # leaves later
    ],
)
def test_opening(today: date, left_before: date | None, monday: date) -> None:
    assert opening_week(today, left_before) == Week(monday)


def test_a_week_ends_before_its_eighth_day() -> None:
    week = Week(date(2026, 11, 16))
    assert week.holds(week.monday + timedelta(days=6))
    assert not week.holds(week.before)
