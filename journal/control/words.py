"""Deadlines and gaps in words, the same on every page."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from journal.core.messages import N_, Message
from journal.lessons.rules import EntryKind, last_minute
from journal.lessons.rules.filling import Gap
from journal.lessons.rules.unlocks import KIND_WORDS
from journal.school.rules import Span

LACKS = {
    EntryKind.MARKS: N_("Marks are missing"),
    EntryKind.ATTENDANCE: N_("Attendance is not taken"),
    EntryKind.TOPIC: N_("The topic is not written"),
    EntryKind.HOMEWORK: N_("Homework is not written"),
}


def ends_today(until: datetime, *, now: datetime, zone: str) -> bool:
    """Whether the last minute of an exclusive deadline is of today."""
    return _day(last_minute(until), zone) == _day(now, zone)


def moment_words(at: datetime, *, now: datetime, zone: str) -> Message:
    """«сегодня, 23:59», «завтра, 23:59», «14.11, 23:59»."""
    today, day, time = _day(now, zone), _day(at, zone), _clock(at, zone)
    if day == today:
        return N_("today, %(time)s", time=time)
    if day == today + timedelta(days=1):
        return N_("tomorrow, %(time)s", time=time)
    return N_("%(day)s, %(time)s", day=day, time=time)


def gap_words(gap: Gap, *, now: datetime, zone: str) -> tuple[Message, str]:
    """A chip: «домашнее задание, до 23:59» and its state."""
    what = KIND_WORDS[gap.kind]
    if gap.until is None:
        return N_("%(what)s, the term is closed", what=what), "locked"
    last = gap.until if gap.granted else last_minute(gap.until)
    if not gap.open:
        return N_("%(what)s, closed %(when)s", what=what, when=last), "locked"
    if ends_today(gap.until, now=now, zone=zone):
        return N_("%(what)s, until %(time)s", what=what, time=_clock(last, zone)), "warn"
    return N_("%(what)s, until %(time)s", what=what, time=last), "plain"


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _clock(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def day_words(day: date, today: date) -> Message:
    """«Сегодня», «Завтра», or the date."""
    if day == today:
        return N_("Today")
    if day == today + timedelta(days=1):
        return N_("Tomorrow")
    return N_("%(day)s", day=day)


def span_words(span: Span) -> Message:
    """«с 02.11», «01.09–01.11», «по 01.11»: both days inclusive."""
    if span.ends_before is None:
        return N_("from %(day)s", day=span.starts_on)
    last = span.ends_before - timedelta(days=1)
    return N_("%(first)s–%(last)s", first=span.starts_on, last=last)
