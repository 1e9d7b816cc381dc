"""iCalendar (RFC 5545): a calendar of events as bytes.

The head is icalendar's, the lines of events are our own: the library takes a millisecond for an
event, and a pupil's year has a thousand. Its parser judges them in the tests (ADR 51).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from journal.documents.loading import first_used

if TYPE_CHECKING:
    from journal.documents.ical_writer import render_calendar
else:
    render_calendar = first_used("journal.documents.ical_writer", "render_calendar")

__all__ = ["CalendarEvent", "EventText", "render_calendar"]


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
