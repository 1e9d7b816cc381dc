"""Lessons that are not filled, by teacher: what, since when, until when it can be mended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.control.words import LACKS, ends_today, moment_words
from journal.core.clock import local_date
from journal.core.messages import N_, Message
from journal.lessons.queries.agenda import AgendaRow, Days
from journal.lessons.queries.calendar import SchoolCalendar, school_calendar
from journal.lessons.queries.lacking import LackingCount, lacking_by_teacher, lacking_lessons
from journal.lessons.rules import last_minute
from journal.lessons.rules.filling import Gap
from journal.school.directory import class_choices

LOOK_BACK = timedelta(days=14)
LONGEST = timedelta(days=366)
SHOWN = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the list is narrowed to; days are inclusive, None is everything."""

    first: date
    last: date
    class_id: int | None = None
    staff_id: int | None = None

    @property
    def span(self) -> Days:
        """The days, half-open."""
        return Days(self.first, self.last + timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfilledLesson:
    """A lesson of the list. `age` is whole days since its day; `chip` says until when it can be
    mended, or that the time is over."""

    row: AgendaRow
    term_id: int | None
    what: tuple[Message, ...]
    age: int
    chip: tuple[Message, str]


@dataclass(frozen=True, slots=True)
class TeacherGaps:
    """A teacher with his lessons of the list; `overdue` of them cannot be mended without unlock."""

    staff_id: int
    teacher: str
    lessons: tuple[UnfilledLesson, ...]
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfilled:
    """The page. `teachers` are the choices of the filter; `cut` says that there is more."""

    chosen: Chosen
    today: date
    groups: tuple[TeacherGaps, ...]
    teachers: tuple[LackingCount, ...]
    classes: tuple[tuple[int, str], ...]
    cut: bool

    @property
    def lessons(self) -> int:
        """How many lessons are shown."""
        return sum(len(group.lessons) for group in self.groups)


def default_span(today: date) -> tuple[date, date]:
    """The last two weeks with today, both days inclusive."""
    return today - LOOK_BACK, today


def unfilled(session: Session, actor: Actor, *, chosen: Chosen, now: datetime) -> Unfilled:
    """The list of the choice. Four queries."""
    today = local_date(now, actor.current.time_zone)
    calendar = school_calendar(session, day=today, zone=actor.current.time_zone)
    rows = lacking_lessons(
        session,
        span=chosen.span,
        now=now,
        class_group_id=chosen.class_id,
        staff_id=chosen.staff_id,
        limit=SHOWN + 1,
    )
    return Unfilled(
        chosen=chosen,
        today=today,
        groups=tuple(_groups(rows[:SHOWN], calendar, now)),
        teachers=tuple(lacking_by_teacher(session, span=chosen.span, now=now)),
        classes=tuple(class_choices(session, calendar.year_id)) if calendar.year_id else (),
        cut=len(rows) > SHOWN,
    )


def _groups(
    rows: Iterable[AgendaRow], calendar: SchoolCalendar, now: datetime
) -> Iterable[TeacherGaps]:
    for (staff_id, teacher), own in groupby(rows, key=lambda row: (row.staff_id, row.teacher)):
        lessons = tuple(_lesson(row, calendar, now) for row in own)
        overdue = sum(one.chip[1] == "bad" for one in lessons)
        yield TeacherGaps(staff_id, teacher, lessons, overdue)


def _lesson(row: AgendaRow, calendar: SchoolCalendar, now: datetime) -> UnfilledLesson:
    today = local_date(now, calendar.zone)
    gaps = calendar.gaps(row, now=now)
    age = (today - row.held_on).days
    return UnfilledLesson(
        row=row,
        term_id=calendar.term_to_name(row.grade, row.held_on, today),
        what=tuple(LACKS[gap.kind] for gap in gaps),
        age=age,
        chip=_chip(gaps, now=now, zone=calendar.zone, age=age),
    )


def _chip(gaps: Iterable[Gap], *, now: datetime, zone: str, age: int) -> tuple[Message, str]:
    """The nearest deadline that is still ahead; else for how many days the last one is over."""
    opened = [gap.until for gap in gaps if gap.open and gap.until]
    if opened:
        until = min(opened)
        state = "warn" if ends_today(until, now=now, zone=zone) else "plain"
        return moment_words(last_minute(until), now=now, zone=zone), state
    closed = [gap.until for gap in gaps if gap.until]
    if closed:
        last_day = local_date(last_minute(max(closed)), zone)
        age = (local_date(now, zone) - last_day).days
    return N_("overdue, days: %(days)s", days=age), "bad"
