"""Who fills the journal in time: a fair statistic, with its formula.

Of the lessons a teacher held (substitutions included) whose edit windows are over: how many were
filled inside the windows. Cancelled lessons are nobody's; lessons that can still be filled are in
no share; a share of fewer than five lessons is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy.orm import Session

from journal.control.figures import days_of, fill_deadlines, windows_over
from journal.grading.rules import decimal_text
from journal.lessons.queries.agenda import Days
from journal.lessons.queries.calendar import SchoolCalendar
from journal.lessons.queries.taught import StaffDay, staff_days

FEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherStats:
    """`closed` lessons can no longer be filled in time: `on_time` of them were, `late` were filled
    afterwards, the rest lack something still."""

    staff_id: int
    name: str
    held: int
    closed: int
    on_time: int
    late: int
    first_late: date | None

    @property
    def unfilled(self) -> int:
        """Closed lessons that lack something still."""
        return self.closed - self.on_time - self.late

    @property
    def share(self) -> Fraction | None:
        """Filled in time, per cent; None for fewer than five lessons."""
        return Fraction(self.on_time * 100, self.closed) if self.closed >= FEWEST else None

    @property
    def formula(self) -> str:
        """«38 · 100 : 40 = 95,0»."""
        if self.share is None:
            return ""
        return f"{self.on_time} · 100 : {self.closed} = {decimal_text(self.share, 1)}"


def teacher_stats(
    session: Session, calendar: SchoolCalendar, *, span: Days, now: datetime
) -> dict[int, TeacherStats]:
    """Everybody who held a lesson in the span, by teacher. One query."""
    deadlines = fill_deadlines(span, calendar)
    rows = staff_days(session, span=span, now=now, deadlines=deadlines)
    over = {day for day in days_of(span) if windows_over(day, calendar, now)}
    return summed_by_teacher(rows, over)


def summed_by_teacher(rows: Iterable[StaffDay], over: set[date]) -> dict[int, TeacherStats]:
    """The days of each teacher added up, purely; `over` are days whose windows are all closed."""
    own: dict[int, list[StaffDay]] = {}
    for row in rows:
        own.setdefault(row.staff_id, []).append(row)
    return {staff_id: _stats(days, over) for staff_id, days in own.items()}


def _stats(days: list[StaffDay], over: set[date]) -> TeacherStats:
    closed = [one for one in days if one.day in over]
    late = [one for one in closed if one.filled > one.on_time]
    return TeacherStats(
        staff_id=days[0].staff_id,
        name=days[0].teacher,
        held=sum(one.held for one in days),
        closed=sum(one.held for one in closed),
        on_time=sum(one.on_time for one in closed),
        late=sum(one.filled - one.on_time for one in late),
        first_late=min((one.day for one in late), default=None),
    )


def whole_school(stats: Mapping[int, TeacherStats]) -> TeacherStats:
    """All teachers together."""
    every = list(stats.values())
    return TeacherStats(
        staff_id=0,
        name="",
        held=sum(one.held for one in every),
        closed=sum(one.closed for one in every),
        on_time=sum(one.on_time for one in every),
        late=sum(one.late for one in every),
        first_late=min((one.first_late for one in every if one.first_late), default=None),
    )
