"""Time. Instants are UTC and aware; a school's day is the day of its own time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


def utc_now() -> datetime:
    """The present instant. Called at the edges only; below them `now` is an argument."""
    return datetime.now(UTC)


def local_date(now: datetime, zone: str) -> date:
    """The school's day at the instant `now`."""
    return now.astimezone(ZoneInfo(zone)).date()


def instant(day: date, at: time, zone: str) -> datetime:
    """The UTC instant of a wall-clock time in the school's zone."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


@lru_cache(maxsize=4096)
def end_of_day(day: date, zone: str) -> datetime:
    """The first instant after `day` in the school's zone: deadlines are strictly before it."""
    return instant(day + timedelta(days=1), time.min, zone)
