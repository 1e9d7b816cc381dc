"""iCalendar (RFC 5545): a calendar of events as bytes.

The head and every line of text are icalendar's: escaping, folding. Instants are written here: the
library takes a millisecond for an event, and a pupil's year has a thousand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from journal.documents.loading import first_used

if TYPE_CHECKING:
    from journal.documents.ical_writer import render_calendar
else:
    render_calendar = first_used("journal.documents.ical_writer", "render_calendar")

__all__ = ["CalendarEvent", "render_calendar"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One event. `starts` and `ends` are instants, or `day` is a whole day. `uid` never changes."""

    uid: str
    summary: str
    starts: datetime | None = None
    ends: datetime | None = None
    day: date | None = None
    location: str = ""
    description: str = ""
    cancelled: bool = False
