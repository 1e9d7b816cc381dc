"""Weeks of the diary: their names in an address, and which one a diary opens with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_NAME = re.compile(r"(20\d\d)-W(\d\d)")
_DAYS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Week:
    """A week by its Monday. `name` is ISO 8601: «2026-W47»."""

    monday: date

    @property
    def name(self) -> str:
        """As it stands in an address."""
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02d}"

    @property
    def days(self) -> tuple[date, ...]:
        """Monday to Saturday."""
        return _days(self.monday)

    @property
    def before(self) -> date:
        """The first day after it."""
        return self.monday + timedelta(days=7)

    def step(self, weeks: int) -> Week:
        """So many weeks on."""
        return Week(self.monday + timedelta(weeks=weeks))

    def holds(self, day: date) -> bool:
        """Whether the day lies in it, the Sunday too."""
        return self.monday <= day < self.before


@lru_cache(maxsize=256)  # a page asks a dozen times
def _days(monday: date) -> tuple[date, ...]:
    return tuple(monday + timedelta(days=number) for number in range(_DAYS_SHOWN))


def week_of(day: date) -> Week:
    """The week a day lies in."""
    return Week(day - timedelta(days=day.weekday()))


def named_week(name: str) -> Week | None:
    """The week of an address, or None when there is no such week."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    year, number = int(found[1]), int(found[2])
    if not 1 <= number <= date(year, 12, 28).isocalendar().week:
        return None
    return Week(date.fromisocalendar(year, number, 1))


def opening_week(today: date, left_before: date | None) -> Week:
    """This week, on a Sunday the coming one; the last week at school for who has left."""
    day = today + timedelta(days=1) if today.weekday() == 6 else today
    if left_before is not None and left_before <= day:
        day = left_before - timedelta(days=1)
    return week_of(day)
