"""The writer of calendars: icalendar, loaded by the first one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from icalendar import Calendar

from journal.documents.ical.model import CalendarEvent, EventText

END = b"END:VCALENDAR"
OCTETS = 75
ALWAYS_SHORT = OCTETS // 4  # a character is four octets at most
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
    body = "".join(
        f"BEGIN:VEVENT\r\nUID:{one.uid}\r\n{stamped}{_when(one)}{_said(one.text)}" for one in events
    )
    return b"".join((head, body.encode(), END, b"\r\n"))


@lru_cache(maxsize=8192)  # subjects, rooms and teachers come again and again
def _said(text: EventText) -> str:
    """What it says, and the end of the event."""
    place = _line("LOCATION", text.location) if text.location else ""
    notes = _line("DESCRIPTION", text.description) if text.description else ""
    status = "CANCELLED" if text.cancelled else "CONFIRMED"
    summary = _line("SUMMARY", text.summary)
    return f"{summary}{place}{notes}STATUS:{status}\r\nEND:VEVENT\r\n"


def _when(one: CalendarEvent) -> str:
    if one.day is not None:
        after = one.day + timedelta(days=1)
        return (
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}\r\nDTEND;VALUE=DATE:{after:%Y%m%d}\r\n"
            "TRANSP:TRANSPARENT\r\n"
        )
    assert one.starts is not None and one.ends is not None
    return f"DTSTART:{_utc(one.starts)}\r\nDTEND:{_utc(one.ends)}\r\n"


@lru_cache(maxsize=8192)  # the same bells ring for a whole shift
def _utc(at: datetime) -> str:
    text = (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat()
    return f"{text[:4]}{text[5:7]}{text[8:13]}{text[14:16]}{text[17:19]}Z"


def _line(name: str, text: str) -> str:
    """A folded line of text, escaped."""
    value = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    value = value.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")
    line = f"{name}:{value}"
    return f"{line}\r\n" if len(line) <= ALWAYS_SHORT else _folded(line)


def _folded(line: str) -> str:
    """At most 75 octets a line, whole characters; the next begins with a space."""
    parts, octets, start = [], 0, 0
    for place, character in enumerate(line):
        width = len(character.encode())
        if octets + width > OCTETS:
            parts.append(line[start:place])
            start, octets = place, 1
        octets += width
    return "\r\n ".join([*parts, line[start:]]) + "\r\n"
