"""The writer of `journal.documents.ical`: icalendar, loaded by the first calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from icalendar import Calendar, vText
from icalendar.parser import Contentline

from journal.documents.ical import CalendarEvent

END = b"END:VCALENDAR"
REFRESH = "PT4H"


def render_calendar(name: str, events: Iterable[CalendarEvent], *, stamp: datetime) -> bytes:
    """The file. The same events and stamp give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//School journal//Calendar//RU")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", REFRESH)
    head, _, _ = calendar.to_ical().partition(END)
    stamped = f"DTSTAMP:{_utc(stamp)}\r\n"
    body = "".join(_event(one, stamped) for one in events)
    return b"".join((head, body.encode(), END, b"\r\n"))


def _event(one: CalendarEvent, stamped: str) -> str:
    lines = ["BEGIN:VEVENT\r\n", f"UID:{one.uid}\r\n", stamped, _when(one)]
    lines.append(_line("SUMMARY", one.summary))
    if one.location:
        lines.append(_line("LOCATION", one.location))
    if one.description:
        lines.append(_line("DESCRIPTION", one.description))
    lines.append("STATUS:CANCELLED\r\n" if one.cancelled else "STATUS:CONFIRMED\r\n")
    lines.append("END:VEVENT\r\n")
    return "".join(lines)


def _when(one: CalendarEvent) -> str:
    if one.day is not None:
        after = one.day + timedelta(days=1)
        return (
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}\r\nDTEND;VALUE=DATE:{after:%Y%m%d}\r\n"
            "TRANSP:TRANSPARENT\r\n"
        )
    assert one.starts is not None and one.ends is not None
    return f"DTSTART:{_utc(one.starts)}\r\nDTEND:{_utc(one.ends)}\r\n"


def _utc(at: datetime) -> str:
    value = at if at.tzinfo is UTC else at.astimezone(UTC)
    return (
        f"{value.year:04}{value.month:02}{value.day:02}"
        f"T{value.hour:02}{value.minute:02}{value.second:02}Z"
    )


@lru_cache(maxsize=8192)
def _line(name: str, text: str) -> str:
    """A folded line of text; subjects, rooms and teachers come again and again."""
    line: Any = Contentline  # the library has no types here
    folded: bytes = line(f"{name}:{vText(text).to_ical().decode()}").to_ical()
    return f"{folded.decode()}\r\n"
