"""iCalendar (RFC 5545): a calendar of events as bytes.

The head is icalendar's, the lines of events are our own: the library takes a millisecond for an
event, and a pupil's year has a thousand. Its parser judges them in the tests (ADR 51). The writer
is loaded by the first calendar (`journal.documents.loading`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal.documents.ical.model import CalendarEvent, EventText
from journal.documents.loading import first_used

if TYPE_CHECKING:
    from journal.documents.ical.writer import render_calendar
else:
    render_calendar = first_used("journal.documents.ical.writer", "render_calendar")

__all__ = ["CalendarEvent", "EventText", "render_calendar"]
