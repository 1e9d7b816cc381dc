"""The school in three figures, week by week, counted from the entries themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.daily_counts import missed_by_day
from journal.core.clock import local_date
from journal.lessons.queries.daily_counts import lessons_by_day

WEEKS_SHOWN = 8
FEWEST_FOR_A_SHARE = 5


@dataclass(frozen=True, slots=True)
class DayCounts:
    """A day of the school: lessons held, of them filled, cancelled ones, pupil-lessons missed."""

    day: date
    held: int
    filled: int
    cancelled: int
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Week:
    """A week from its Monday; the sums of its days."""

    monday: date
    held: int
    filled: int
    cancelled: int
    missed: int

    @property
    def filled_share(self) -> Fraction | None:
        """Filled among held, in per cent; None below five lessons: nothing is read into them."""
        if self.held < FEWEST_FOR_A_SHARE:
            return None
        return Fraction(100 * self.filled, self.held)

    @property
    def missed_per_lesson(self) -> Fraction | None:
        """Pupil-lessons missed for each lesson held; None below five lessons."""
        return Fraction(self.missed, self.held) if self.held >= FEWEST_FOR_A_SHARE else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolWeeks:
    """The last weeks, the present one last."""

    today: date
    weeks: tuple[Week, ...]

    @property
    def present(self) -> Week:
        """This week."""
        return self.weeks[-1]


def school_weeks(session: Session, actor: Actor, *, now: datetime) -> SchoolWeeks:
    """Two queries, grouped by day: their cost hardly grows with the school."""
    today = local_date(now, actor.current.time_zone)
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS_SHOWN - 1)
    before = today + timedelta(days=1)
    missed = missed_by_day(session, first=first, before=before)
    days = [
        DayCounts(one.day, one.held, one.filled, one.cancelled, missed.get(one.day, 0))
        for one in lessons_by_day(session, first=first, before=before, now=now)
    ]
    return SchoolWeeks(today=today, weeks=weeks_of(days, first))


def weeks_of(days: Iterable[DayCounts], first_monday: date) -> tuple[Week, ...]:
    """The sums of WEEKS_SHOWN weeks; a week without lessons is there with zeros."""
    sums = [[0, 0, 0, 0] for _ in range(WEEKS_SHOWN)]
    for one in days:
        place = (one.day - first_monday).days // 7
        values = (one.held, one.filled, one.cancelled, one.missed)
        sums[place] = [a + b for a, b in zip(sums[place], values, strict=True)]
    return tuple(
        Week(first_monday + timedelta(weeks=number), *values) for number, values in enumerate(sums)
    )
