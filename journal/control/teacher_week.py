"""A teacher's own week: lesson numbers down, days across."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.clock import local_date
from journal.lessons.queries.agenda import AgendaRow, Days
from journal.lessons.queries.calendar import SchoolCalendar, school_calendar
from journal.lessons.queries.staff_agenda import week_lessons

SCHOOL_DAYS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekLesson:
    """A lesson in a cell. `given_away`: somebody holds it instead of the teacher."""

    row: AgendaRow
    term_id: int | None
    given_away: bool


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One lesson number: its usual times and, per day, the lessons (two at once may happen)."""

    number: int
    times: tuple[datetime, datetime]
    cells: tuple[tuple[WeekLesson, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherWeek:
    """The page. `days` are Monday to Saturday, without Saturday where nothing is planned on it."""

    today: date
    monday: date
    days: tuple[date, ...]
    rows: tuple[WeekRow, ...]

    @property
    def last_day(self) -> date:
        """The last day shown."""
        return self.days[-1]

    @property
    def previous(self) -> date:
        """A day of the week before."""
        return self.monday - timedelta(days=7)

    @property
    def next(self) -> date:
        """A day of the week after."""
        return self.monday + timedelta(days=7)


def teacher_week(
    session: Session, actor: Actor, *, asked: date | None, now: datetime
) -> TeacherWeek:
    """The week of the day asked for; on a Sunday without one, the week that begins tomorrow."""
    today = local_date(now, actor.current.time_zone)
    monday = _monday(asked or today, tomorrow=asked is None)
    staff_id = actor.current.staff_id or 0
    span = Days(monday, monday + timedelta(days=SCHOOL_DAYS))
    rows = week_lessons(session, staff_id=staff_id, span=span)
    calendar = school_calendar(session, day=today, zone=actor.current.time_zone)
    return build_week(rows, calendar, staff_id=staff_id, monday=monday, today=today)


def _monday(day: date, *, tomorrow: bool) -> date:
    if tomorrow and day.weekday() == SCHOOL_DAYS:
        day += timedelta(days=1)
    return day - timedelta(days=day.weekday())


def build_week(
    rows: Iterable[AgendaRow],
    calendar: SchoolCalendar,
    *,
    staff_id: int,
    monday: date,
    today: date,
) -> TeacherWeek:
    """The table of the week, purely."""
    cells: dict[tuple[int, date], list[WeekLesson]] = {}
    times: dict[int, tuple[datetime, datetime]] = {}
    for row in rows:
        lesson = WeekLesson(
            row=row,
            term_id=calendar.term_to_name(row.grade, row.held_on, today),
            given_away=row.staff_id != staff_id,
        )
        cells.setdefault((row.number, row.held_on), []).append(lesson)
        times.setdefault(row.number, (row.starts_at, row.ends_at))
    days = _days(monday, {day for _, day in cells})
    table = tuple(
        WeekRow(number, times[number], tuple(tuple(cells.get((number, day), ())) for day in days))
        for number in sorted(times)
    )
    return TeacherWeek(today=today, monday=monday, days=days, rows=table)


def _days(monday: date, busy: Collection[date]) -> tuple[date, ...]:
    saturday = monday + timedelta(days=SCHOOL_DAYS - 1)
    length = SCHOOL_DAYS if saturday in busy else SCHOOL_DAYS - 1
    return tuple(monday + timedelta(days=number) for number in range(length))
