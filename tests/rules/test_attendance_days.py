"""A pupil's day at a glance, and the weeks and months it stands in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.attendance.rules.counting import CountedLesson, PupilState
from journal.attendance.rules.states import (
    ILL,
    INVALID,
    LATE,
    NOT_HELD,
    PRESENT,
    RELEASED,
    UNKNOWN,
    VALID,
)
from journal.attendance.rules.tally import summed
from journal.control.attendance.days import (
    PupilDay,
    calendar_weeks,
    month_grids,
    pupil_day,
    week_length,
)

MONDAY = date(2026, 9, 7)
ANY = (PRESENT, NOT_HELD, RELEASED, ILL, VALID, INVALID, UNKNOWN, LATE)


def a_day(states: str | list[str], day: date = MONDAY, *, unfilled: int = 0) -> PupilDay:
    """Lessons 1, 2, …; the first `unfilled` have no register."""
    return pupil_day(
        [
            PupilState(
                CountedLesson(n, day, n, 1, 1, 1, state == NOT_HELD, False, n > unfilled),
                1,
                1,
                state,
            )
            for n, state in enumerate(states, start=1)
        ]
    )


@pytest.mark.parametrize(
    ("states", "unfilled", "sign"),
    [
        ([PRESENT] * 3, 0, "·"),
        ([ILL] * 3, 0, "Б"),
        ([ILL, ILL, PRESENT], 0, "б2"),
        ([ILL, ILL, UNKNOWN], 0, "Н"),
        ([ILL, VALID, VALID, PRESENT], 0, "у3"),
        ([ILL, VALID, PRESENT], 0, "б2"),
        ([INVALID, ILL, ILL, PRESENT], 0, "п3"),
        ([LATE, PRESENT], 0, "о"),
        ([LATE, PRESENT], 1, "?"),
        ([PRESENT, PRESENT], 2, "?"),
        # An announced absence in a lesson without a register: known, and no full day.
        ([ILL, ILL], 1, "б2"),
        ([NOT_HELD, RELEASED], 0, "–"),
        # Obligatory lessons alone make the day.
        ([NOT_HELD, RELEASED, ILL], 0, "Б"),
    ],
)
def test_the_sign_of_a_day(states: list[str], unfilled: int, sign: str) -> None:
    assert a_day(states, unfilled=unfilled).sign == sign


def test_lessons_behind_the_sign_are_those_missed_or_late() -> None:
    found = a_day([PRESENT, ILL, LATE, RELEASED, NOT_HELD])
    assert [(one.number, one.state) for one in found.lessons] == [(2, ILL), (3, LATE)]


@given(
    st.dictionaries(
        st.integers(0, 120),
        st.lists(st.sampled_from(ANY), min_size=1, max_size=7),
        min_size=1,
        max_size=40,
    )
)
def test_weeks_and_months_lose_no_day(found: dict[int, list[str]]) -> None:
    first = date(2026, 9, 1)
    days = [a_day(found[n], first + timedelta(days=n)) for n in sorted(found)]
    length, last = week_length(days), first + timedelta(days=120)
    weeks = calendar_weeks(days, first, last, length=length)
    assert [one for week in weeks for one in week.days if one] == days
    assert summed(one.figures.lessons for one in weeks) == summed(
        one.figures.lessons for one in days
    )
    assert sum(one.figures.days for one in weeks) == sum(one.figures.days for one in days)
    grids = month_grids(days, first, last, length=length)
    places = [place for grid in grids for week in grid.weeks for place in week if place]
    assert [one.found for one in places if one.found] == days
    assert [one.first.month for one in grids] == [9, 10, 11, 12]
    assert len({one.day for one in places}) == len(places)


def test_a_sunday_stands_only_where_there_were_lessons() -> None:
    assert week_length([a_day([PRESENT])]) == 6
    assert week_length([a_day([PRESENT], MONDAY + timedelta(days=6))]) == 7
