"""Lessons that lack something, teacher by teacher: what, since when, until when it is possible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.control.words import gap_words
from journal.core.clock import local_date
from journal.core.messages import Message
from journal.lessons.queries.agenda import AgendaRow, Days
from journal.lessons.queries.calendar import SchoolCalendar, school_calendar
from journal.lessons.queries.lacking import lacking_lessons

DAYS_SHOWN = 14
LESSONS_SHOWN = 1000


@dataclass(frozen=True, slots=True)
class LackingLesson:
    """A lesson with its gaps as chips (words, state); `late` when some of them are closed."""

    row: AgendaRow
    term_id: int | None
    chips: tuple[tuple[Message, str], ...]
    late: bool


@dataclass(frozen=True, slots=True)
class TeacherLacking:
    """One teacher's lessons, the oldest first, and how old the oldest is in days."""

    staff_id: int
    teacher: str
    lessons: tuple[LackingLesson, ...]
    oldest_days: int

    @property
    def late(self) -> int:
        """Lessons whose time is over, wholly or in part."""
        return sum(lesson.late for lesson in self.lessons)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolFilling:
    """The page. `teachers_all` and `classes_all` fill the filters whatever is chosen."""

    span: Days
    last_day: date
    staff_id: int | None
    class_name: str
    teachers: tuple[TeacherLacking, ...]
    teachers_all: tuple[tuple[int, str], ...]
    classes_all: tuple[str, ...]
    lessons: int
    late: int
    cut: bool


def school_filling(
    session: Session,
    actor: Actor,
    *,
    since: date | None,
    until: date | None,
    staff_id: int | None,
    class_name: str,
    now: datetime,
) -> SchoolFilling:
    """Ended lessons of those days that lack something; the last two weeks without dates."""
    zone = actor.current.time_zone
    today = local_date(now, zone)
    last = until or today
    span = Days(since or last - timedelta(days=DAYS_SHOWN - 1), last + timedelta(days=1))
    rows = lacking_lessons(session, span=span, now=now, limit=LESSONS_SHOWN + 1)
    calendar = school_calendar(session, day=today, zone=zone)
    chosen = [
        row
        for row in rows[:LESSONS_SHOWN]
        if staff_id in (None, row.staff_id) and class_name in ("", *row.classes_key.split(","))
    ]
    teachers = by_teacher(chosen, calendar, now=now, today=today)
    return SchoolFilling(
        span=span,
        last_day=last,
        staff_id=staff_id,
        class_name=class_name,
        teachers=teachers,
        teachers_all=tuple(dict.fromkeys((row.staff_id, row.teacher) for row in rows)),
        classes_all=_classes(rows),
        lessons=len(chosen),
        late=sum(one.late for one in teachers),
        cut=len(rows) > LESSONS_SHOWN,
    )


def by_teacher(
    rows: Iterable[AgendaRow], calendar: SchoolCalendar, *, now: datetime, today: date
) -> tuple[TeacherLacking, ...]:
    """Group rows that come teacher by teacher; who owes most stands first."""
    found = []
    for (staff_id, teacher), group in groupby(rows, key=lambda row: (row.staff_id, row.teacher)):
        lessons = tuple(_lacking(row, calendar, now, today) for row in group)
        oldest = min(lesson.row.held_on for lesson in lessons)
        found.append(TeacherLacking(staff_id, teacher, lessons, (today - oldest).days))
    return tuple(sorted(found, key=lambda one: -len(one.lessons)))


def _lacking(row: AgendaRow, calendar: SchoolCalendar, now: datetime, today: date) -> LackingLesson:
    gaps = calendar.gaps(row, now=now)
    return LackingLesson(
        row,
        calendar.term_to_name(row.grade, row.held_on, today),
        tuple(gap_words(gap, now=now, zone=calendar.zone) for gap in gaps),
        any(not gap.open for gap in gaps),
    )


def _classes(rows: Iterable[AgendaRow]) -> tuple[str, ...]:
    names = {(row.grade, name) for row in rows for name in row.classes_key.split(",")}
    return tuple(name for _, name in sorted(names))
