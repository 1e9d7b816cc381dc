"""What a calendar file holds, as values."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple


class EventText(NamedTuple):
    """What an event says. Events of a course say the same week after week: it is written once."""

    summary: str
    location: str = ""
    description: str = ""
    cancelled: bool = False


class CalendarEvent(NamedTuple):
    """One event. `starts` and `ends` are instants, or `day` is a whole day. `uid` never changes.

    A tuple, because a year makes two thousand of them.
    """

    uid: str
    text: EventText
    starts: datetime | None = None
    ends: datetime | None = None
    day: date | None = None
