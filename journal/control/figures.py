"""The director's three figures, per week, each computed from entries and explained.

1. Filled on time: held lessons filled inside their edit windows ÷ held lessons whose windows are
   over. 2. Attendance: (planned − missed) ÷ planned pupil-lessons, of lessons whose attendance is
taken; beside it how many lessons have none. 3. Lessons held and cancelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.rules import attendance_share
from journal.attendance.rules.counting import tallies
from journal.attendance.rules.tally import Tally, summed
from journal.core.clock import local_date
from journal.lessons.queries.agenda import Days
from journal.lessons.queries.calendar import SchoolCalendar, school_calendar
from journal.lessons.queries.taught import DayCounts, FillDeadlines, day_counts
from journal.lessons.rules import EntryKind, deadline

WEEKS = 8
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFigures:
    """One week, from Monday. `closed` are held lessons whose edit windows are over, `on_time` of
    them filled inside the windows; `still_open` are the other held ones. `planned` and `missed`
    are pupil-lessons of lessons with attendance taken, `not_taken` lessons without."""

    monday: date
    held: int = 0
    cancelled: int = 0
    closed: int = 0
    on_time: int = 0
    not_taken: int = 0
    planned: int = 0
    missed: int = 0

    @property
    def still_open(self) -> int:
        """Held lessons that can still be filled in time."""
        return self.held - self.closed

    @property
    def filled_share(self) -> Fraction | None:
        """Of lessons whose windows are over; None when there are none."""
        return Fraction(self.on_time, self.closed) if self.closed else None

    @property
    def attendance(self) -> Fraction | None:
        """See `attendance_share`."""
        return attendance_share(self.planned, self.missed)

    @property
    def saturday(self) -> date:
        """The last school day of the week."""
        return self.monday + timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Figures:
    """Weeks in order, the last one holds `today`; `days` are the policy's windows in words."""

    today: date
    weeks: tuple[WeekFigures, ...]
    attendance_days: int
    homework_days: int

    @property
    def present(self) -> WeekFigures:
        """The week of today."""
        return self.weeks[-1]

    def latest(self, name: str) -> WeekFigures | None:
        """The latest week whose figure of that name is known."""
        known = [week for week in self.weeks if getattr(week, name) is not None]
        return known[-1] if known else None


def figures(session: Session, actor: Actor, *, now: datetime) -> Figures:
    """The last eight weeks of the actor's school. Six queries whatever its size."""
    zone = actor.current.time_zone
    today = local_date(now, zone)
    span = _span(today)
    calendar = school_calendar(session, day=today, zone=zone)
    counts = day_counts(session, span=span, now=now, deadlines=fill_deadlines(span, calendar))
    facts = attendance_facts(session, Chosen(span, now, taken_only=True))
    weeks = build_weeks(
        span,
        counts,
        attended=tallies(facts, key=lambda state: state.lesson.day),
        over={day for day in days_of(span) if windows_over(day, calendar, now)},
    )
    policy = calendar.book().at(today)
    return Figures(today, weeks, policy.attendance_days, policy.homework_days)


def _span(today: date) -> Days:
    monday = today - timedelta(days=today.weekday())
    return Days(monday - (WEEKS - 1) * WEEK, monday + WEEK)


def days_of(span: Days) -> list[date]:
    """Every day of the span."""
    length = (span.ends_before - span.starts_on).days
    return [span.starts_on + timedelta(days=number) for number in range(length)]


def fill_deadlines(span: Days, calendar: SchoolCalendar) -> dict[date, FillDeadlines]:
    """Until when the lessons of each day can be filled in time."""
    book = calendar.book()
    return {
        day: FillDeadlines(
            attendance=deadline(EntryKind.ATTENDANCE, day, book, calendar.zone),
            homework=deadline(EntryKind.HOMEWORK, day, book, calendar.zone),
        )
        for day in days_of(span)
    }


def windows_over(day: date, calendar: SchoolCalendar, now: datetime) -> bool:
    """Whether no window of the day's lessons is open any more."""
    book = calendar.book()
    kinds = (EntryKind.ATTENDANCE, EntryKind.TOPIC, EntryKind.HOMEWORK)
    return all(deadline(kind, day, book, calendar.zone) <= now for kind in kinds)


def build_weeks(
    span: Days,
    counts: Iterable[DayCounts],
    *,
    attended: Mapping[date, Tally],
    over: set[date],
) -> tuple[WeekFigures, ...]:
    """Sum the days of each week, purely. `over` are days whose edit windows are all closed."""
    days = {one.day: one for one in counts}
    mondays = [span.starts_on + number * WEEK for number in range(WEEKS)]
    return tuple(_week(monday, days, attended, over) for monday in mondays)


def _week(
    monday: date,
    days: Mapping[date, DayCounts],
    attended: Mapping[date, Tally],
    over: set[date],
) -> WeekFigures:
    week = [monday + timedelta(days=number) for number in range(7)]
    counts: Sequence[DayCounts] = [days[day] for day in week if day in days]
    closed = [one for one in counts if one.day in over]
    tally = summed(attended[day] for day in week if day in attended)
    return WeekFigures(
        monday=monday,
        held=sum(one.held for one in counts),
        cancelled=sum(one.cancelled for one in counts),
        closed=sum(one.held for one in closed),
        on_time=sum(one.on_time for one in closed),
        not_taken=sum(one.not_taken for one in counts),
        planned=tally.due,
        missed=tally.missed,
    )
