"""What a school is offered to begin with: terms, public holidays, breaks between terms. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from journal.core.messages import N_, Message
from journal.documents.loading import first_used
from journal.office.setup.breaks import HolidayFacts, MovedDayFacts
from journal.office.setup.calendar import TermFacts
from journal.school.frame_rules import ONE_DAY
from journal.school.rules import Span, TermSpan

if TYPE_CHECKING:
    from holidays import HolidayBase, country_holidays
else:
    country_holidays = first_used("holidays", "country_holidays")

_SATURDAY, _SUNDAY = 6, 7


def public_holidays(year: Span) -> list[HolidayFacts]:
    """Public holidays of Russia inside of the year, days of one name together; Sundays apart."""
    calendar = _calendar(year)
    found: list[HolidayFacts] = []
    for day in sorted(one for one in calendar if year.covers(one)):
        name = calendar[day]
        last = found[-1] if found else None
        if last is not None and last.ends_before == day and _same(last.name, name):
            found[-1] = HolidayFacts(
                name=last.name, starts_on=last.starts_on, ends_before=day + ONE_DAY
            )
        else:
            found.append(HolidayFacts(name=name, starts_on=day, ends_before=day + ONE_DAY))
    return [one for one in found if not _on_sunday(one)]


def _same(one: str, other: str) -> bool:
    """«Рождество Христово» lies inside of the «Новогодние каникулы»."""
    return one == other or (one.startswith("Новогодние") and other.startswith("Рождество"))


def _on_sunday(one: HolidayFacts) -> bool:
    return one.ends_before - one.starts_on == ONE_DAY and one.starts_on.isoweekday() == _SUNDAY


def moved_working_days(year: Span) -> list[MovedDayFacts]:
    """Saturdays on which the country works: each follows the weekday it was exchanged for."""
    calendar = _calendar(year)
    found = []
    for day in sorted(calendar.weekend_workdays):
        written = f"{day:%d.%m.%Y}"
        free = next((one for one in calendar if written in calendar[one]), None)
        if free is not None and year.covers(day) and free.isoweekday() <= _SATURDAY:
            found.append(MovedDayFacts(day=day, follows_weekday=free.isoweekday()))
    return found


def _calendar(year: Span) -> HolidayBase:
    last = (year.ends_before or year.starts_on) - timedelta(days=1)
    return country_holidays("RU", years=range(year.starts_on.year, last.year + 1), language="ru")


_BREAK_NAMES = {
    (9, 10, 11): N_("Autumn holidays"),
    (12, 1): N_("Winter holidays"),
    (2, 3, 4): N_("Spring holidays"),
}


def breaks_between(terms: Iterable[TermSpan]) -> list[tuple[Message, HolidayFacts]]:
    """The gaps between consecutive terms, with their names; parallels of one gap together."""
    by_span: dict[tuple[date, date], set[int]] = defaultdict(set)
    known = list(terms)
    grades = set(range(1, 13)) if any(not term.grades for term in known) else set()
    grades |= {grade for term in known for grade in term.grades}
    for grade in grades:
        own = sorted(
            (term for term in known if not term.grades or grade in term.grades),
            key=lambda term: term.starts_on,
        )
        for span in _gaps(own):
            by_span[span].add(grade)
    return [_break(span, found, grades) for span, found in sorted(by_span.items())]


def _gaps(terms: Sequence[TermSpan]) -> Iterator[tuple[date, date]]:
    """Gaps longer than a weekend."""
    for before, term in pairwise(terms):
        if (term.starts_on - before.ends_before).days > 2:
            yield before.ends_before, term.starts_on


def _break(
    span: tuple[date, date], grades: set[int], everybody: set[int]
) -> tuple[Message, HolidayFacts]:
    middle = span[0] + (span[1] - span[0]) / 2
    name = next((n for months, n in _BREAK_NAMES.items() if middle.month in months), N_("Break"))
    chosen = frozenset() if grades == everybody else frozenset(grades)
    return name, HolidayFacts(name="", starts_on=span[0], ends_before=span[1], grades=chosen)


_QUARTERS = (((9, 1), (10, 25)), ((11, 2), (12, 28)), ((1, 11), (3, 22)), ((4, 1), (5, 27)))
_HALVES = (((9, 1), (12, 28)), ((1, 11), (5, 27)))
_KINDS = (
    ("quarter", frozenset(range(1, 10)), _QUARTERS),
    ("half_year", frozenset({10, 11}), _HALVES),
)
_WINDOW_OPENS, _WINDOW_CLOSES = timedelta(days=7), timedelta(days=4)


def usual_terms(year: Span) -> list[TermFacts]:
    """Quarters of the parallels 1–9, half-years of 10 and 11, as most schools begin with them."""
    found: list[TermFacts] = []
    for kind, grades, spans in _KINDS:
        for number, (first, before) in enumerate(spans, 1):
            starts_on, ends_before = (_in_year(year, *one) for one in (first, before))
            found.append(
                TermFacts(
                    kind=kind,
                    number=number,
                    grades=grades,
                    starts_on=max(starts_on, year.starts_on),
                    ends_before=min(ends_before, year.ends_before or ends_before),
                    marks_from=ends_before - _WINDOW_OPENS,
                    marks_before=ends_before + _WINDOW_CLOSES,
                )
            )
    return found


def _in_year(year: Span, month: int, day: int) -> date:
    """The day of the academic year: January is in its second half."""
    return date(year.starts_on.year + (month < 8), month, day)
