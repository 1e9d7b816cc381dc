"""The calendar of any year."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from journal.demo.calendar import year_calendar, year_of

YEARS = st.integers(2000, 2090)


@given(YEARS, st.sampled_from([1, 4, 9, 10, 11]))
def test_a_year_has_about_34_weeks_of_school(first_year: int, grade: int) -> None:
    year = year_calendar(first_year)
    days = list(year.school_days(grade=grade, days_per_week=5))
    assert (155 if grade == 1 else 160) <= len(days) <= 176
    assert days[0] <= date(first_year, 9, 3)
    assert days[-1].month == 5


@given(YEARS)
def test_terms_follow_one_another_inside_the_year(first_year: int) -> None:
    year = year_calendar(first_year)
    for grade, count in ((5, 4), (11, 2)):
        terms = year.terms_of(grade)
        assert [term.number for term in terms] == list(range(1, count + 1))
        for before, after in pairwise(terms):
            assert before.ends_before < after.starts_on
        for term in terms:
            assert year.starts_on <= term.starts_on < term.ends_before <= year.ends_before
            assert term.marks_from < term.marks_before <= year.ends_before


@given(YEARS, st.sampled_from([1, 5, 10]))
def test_every_school_day_lies_in_a_term(first_year: int, grade: int) -> None:
    year = year_calendar(first_year)
    for day in year.school_days(grade=grade, days_per_week=6):
        assert any(t.starts_on <= day < t.ends_before for t in year.terms_of(grade))


@given(YEARS)
def test_holidays_are_days_off(first_year: int) -> None:
    year = year_calendar(first_year)
    for day in (
        date(first_year, 11, 4),
        date(first_year + 1, 1, 7),
        date(first_year + 1, 2, 23),
        date(first_year + 1, 3, 8),
        date(first_year + 1, 5, 1),
        date(first_year + 1, 5, 9),
    ):
        assert not year.is_school_day(day, grade=11, days_per_week=6)


@given(st.dates(date(2001, 1, 1), date(2090, 12, 31)))
def test_the_year_shown_contains_the_day_or_has_just_ended(day: date) -> None:
    year = year_of(day)
    assert year.starts_on <= day < date(year.first_year + 1, 9, 1)


def test_weeks_begin_on_monday_and_breaks_count() -> None:
    year = year_calendar(2026)  # 1 September 2026 is a Tuesday
    assert year.week_number(date(2026, 9, 1)) == 1
    assert year.week_number(date(2026, 9, 6)) == 1
    assert year.week_number(date(2026, 9, 7)) == 2
    assert year.week_number(date(2026, 11, 2)) == 10


def test_a_holiday_on_a_weekend_moves_to_monday() -> None:
    names = {span.starts_on: span.name for span in year_calendar(2026).days_off}
    assert names[date(2027, 5, 10)] == "День Победы (перенос)"
    assert date(2027, 2, 23) in names
    assert date(2027, 2, 24) not in names


def test_the_extra_break_is_for_the_first_grade_only() -> None:
    year = year_calendar(2026)
    day = next(span for span in year.days_off if span.grades).starts_on + timedelta(days=2)
    assert not year.is_school_day(day, grade=1, days_per_week=5)
    assert year.is_school_day(day, grade=2, days_per_week=5)


def test_august_still_shows_the_year_that_ended() -> None:
    assert year_of(date(2027, 8, 31)).name == "2026-2027"
    assert year_of(date(2027, 9, 1)).name == "2027-2028"
