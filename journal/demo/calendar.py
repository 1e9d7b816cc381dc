"""The academic year of a day: terms, breaks and days off, for any year. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

SATURDAY, SUNDAY = 5, 6
QUARTER_GRADES = frozenset(range(1, 10))
HALF_YEAR_GRADES = frozenset({10, 11})
_DAY = timedelta(days=1)
_FIXED = (
    (11, 4, "День народного единства"),
    (2, 23, "День защитника Отечества"),
    (3, 8, "Международный женский день"),
    (5, 1, "Праздник Весны и Труда"),
    (5, 9, "День Победы"),
)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `starts_on` until the day before `ends_before`."""

    name: str
    starts_on: date
    ends_before: date
    grades: frozenset[int] = frozenset()

    @property
    def last_day(self) -> date:
        """The last day inside."""
        return self.ends_before - _DAY

    def holds(self, day: date, grade: int) -> bool:
        """Whether the day is inside, for that grade (no grades = everybody)."""
        inside = self.starts_on <= day < self.ends_before
        return inside and (not self.grades or grade in self.grades)


@dataclass(frozen=True, slots=True)
class TermSpan:
    """учебный период; term marks are entered from `marks_from` until the day before `marks_before`.

    The term is closed once that window has ended.
    """

    kind: str
    number: int
    grades: frozenset[int]
    starts_on: date
    ends_before: date
    marks_from: date
    marks_before: date


@dataclass(frozen=True)
class YearCalendar:
    """One academic year, «2026-2027»: from 1 September until 31 May, both included."""

    first_year: int
    days_off: tuple[Span, ...]
    terms: tuple[TermSpan, ...]

    @property
    def name(self) -> str:
        """«2026-2027»."""
        return f"{self.first_year}-{self.first_year + 1}"

    @property
    def starts_on(self) -> date:
        """1 September."""
        return date(self.first_year, 9, 1)

    @property
    def ends_before(self) -> date:
        """1 June: the year's last day is 31 May."""
        return date(self.first_year + 1, 6, 1)

    @cached_property
    def lessons_before(self) -> date:
        """The day after the last lessons of the year."""
        return max(term.ends_before for term in self.terms)

    @cached_property
    def second_timetable_from(self) -> date:
        """The first day of the second timetable version: the second quarter."""
        return next(t.starts_on for t in self.terms if (t.kind, t.number) == ("quarter", 2))

    def is_school_day(self, day: date, *, grade: int, days_per_week: int) -> bool:
        """Whether a class has lessons that day."""
        if day.weekday() == SUNDAY or (day.weekday() == SATURDAY and days_per_week < 6):
            return False
        if not self.starts_on <= day < self.lessons_before:
            return False
        return not any(span.holds(day, grade) for span in self.days_off)

    def school_days(self, *, grade: int, days_per_week: int) -> Iterator[date]:
        """Every day with lessons of a class, in order."""
        day = self.starts_on
        while day < self.lessons_before:
            if self.is_school_day(day, grade=grade, days_per_week=days_per_week):
                yield day
            day += _DAY

    def week_number(self, day: date) -> int:
        """The week of 1 September is week 1 (odd), weeks begin on Monday, breaks count."""
        first_monday = self.starts_on - timedelta(days=self.starts_on.weekday())
        return (day - first_monday).days // 7 + 1

    def terms_of(self, grade: int) -> tuple[TermSpan, ...]:
        """The terms of a grade, in order."""
        return tuple(term for term in self.terms if grade in term.grades)


def year_of(day: date) -> YearCalendar:
    """The year a demonstration made on `day` shows.

    From September to May the current one. In June, July and August the year just ended, with
    everything closed: the year to come has no journal yet, and an empty journal shows nothing.
    """
    return year_calendar(day.year if day.month >= 9 else day.year - 1)


def year_calendar(first_year: int) -> YearCalendar:
    """The calendar of the year that begins in September of `first_year`."""
    return YearCalendar(first_year, _days_off(first_year), _terms(first_year))


def _saturday_from(day: date) -> date:
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7)


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _autumn(year: int) -> Span:
    first = _saturday_from(date(year, 10, 22))
    return Span("Осенние каникулы", first, first + timedelta(days=9))


def _winter(year: int) -> Span:
    first = date(year, 12, 31)
    if first.weekday() in (SUNDAY, 0):
        first -= timedelta(days=1 if first.weekday() == SUNDAY else 2)
    return Span("Зимние каникулы", first, _monday_from(date(year + 1, 1, 9)))


def _spring(year: int) -> Span:
    first = _saturday_from(date(year + 1, 3, 22))
    return Span("Весенние каникулы", first, first + timedelta(days=9))


def _february(year: int) -> Span:
    first = _saturday_from(date(year + 1, 2, 12))
    grades = frozenset({1})
    return Span("Дополнительные каникулы", first, first + timedelta(days=9), grades)


def _last_lesson_day(year: int) -> date:
    """The Friday of 22–28 May."""
    return _saturday_from(date(year + 1, 5, 23)) - _DAY


def _days_off(year: int) -> tuple[Span, ...]:
    spans = [_autumn(year), _winter(year), _february(year), _spring(year)]
    for month, number, name in _FIXED:
        day = date(year if month > 8 else year + 1, month, number)
        spans.append(Span(name, day, day + _DAY))
        if day.weekday() in (SATURDAY, SUNDAY):  # Labour Code, article 112: moved to Monday
            moved = _monday_from(day)
            spans.append(Span(f"{name} (перенос)", moved, moved + _DAY))
    return tuple(sorted(spans, key=lambda span: (span.starts_on, span.name)))


def _terms(year: int) -> tuple[TermSpan, ...]:
    autumn, winter, spring = _autumn(year), _winter(year), _spring(year)
    start, end = date(year, 9, 1), _last_lesson_day(year) + _DAY
    quarters = (
        (start, autumn.starts_on),
        (autumn.ends_before, winter.starts_on),
        (winter.ends_before, spring.starts_on),
        (spring.ends_before, end),
    )
    halves = ((start, winter.starts_on), (winter.ends_before, end))
    found = [_term("quarter", n, QUARTER_GRADES, s, e) for n, (s, e) in enumerate(quarters, 1)]
    found += [_term("half_year", n, HALF_YEAR_GRADES, s, e) for n, (s, e) in enumerate(halves, 1)]
    return tuple(found)


def _term(
    kind: str, number: int, grades: frozenset[int], starts_on: date, ends_before: date
) -> TermSpan:
    year_ends = date(starts_on.year + (starts_on.month >= 9), 6, 1)
    closes = min(ends_before + timedelta(days=4), year_ends)
    return TermSpan(
        kind, number, grades, starts_on, ends_before, ends_before - timedelta(days=7), closes
    )
