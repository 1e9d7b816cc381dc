"""Pupil-lessons: rosters of the day, releases, and the one figure of attendance."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.attendance.absence_lists import ReleaseRow
from journal.attendance.rules import attendance_share
from journal.control.planned import spread
from journal.control.risk import over_limit
from journal.lessons.queries.taught import TaughtGroup
from journal.school.rules import RosterEntry, Span

DAY = date(2026, 11, 18)
MATHS, SPORT = 1, 2


def stay(pupil_id: int, before: date | None = None, group: int = 10) -> RosterEntry:
    span = Span(date(2026, 9, 1), before)
    return RosterEntry(group, pupil_id, 5, "5А", f"Ученик {pupil_id}", span)


def taught(subject: int = MATHS, day: date = DAY, lessons: int = 2) -> TaughtGroup:
    return TaughtGroup(10, subject, day, lessons)


def release(pupil_id: int, subject: int | None) -> ReleaseRow:
    return ReleaseRow(pupil_id, subject, Span(DAY, DAY + timedelta(days=1)))


@pytest.mark.parametrize(
    ("released", "group", "planned"),
    [
        ([], taught(), {1: 2, 2: 2}),
        ([release(1, SPORT)], taught(), {1: 2, 2: 2}),
        ([release(1, MATHS)], taught(), {2: 2}),
        ([release(1, None)], taught(SPORT), {2: 2}),
        ([release(1, None)], taught(day=DAY + timedelta(days=1)), {1: 2, 2: 2}),
        ([], taught(day=date(2026, 8, 31)), {}),
    ],
)
def test_lessons_go_to_who_was_there(
    released: list[ReleaseRow], group: TaughtGroup, planned: dict[int, int]
) -> None:
    entries = [stay(1), stay(2), stay(3, before=DAY), stay(4, group=11)]
    found = {pupil: lessons for pupil, _, lessons in spread([group], entries, released)}
    assert found == planned


def test_individual_tuition_is_planned_in_spite_of_a_release() -> None:
    assert [one[0] for one in spread([taught()], [stay(1)], [release(1, None)])] == [1]


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_the_share_is_exact_and_between_nothing_and_all(counts: tuple[int, int]) -> None:
    planned, missed = counts
    share = attendance_share(planned, missed)
    assert share is not None and 0 <= share <= 1
    assert share + Fraction(missed, planned) == 1


def test_nothing_planned_is_unknown() -> None:
    assert attendance_share(0, 0) is None


def test_the_limit_itself_is_no_risk() -> None:
    planned = Counter({1: 10, 2: 10, 3: 100, 4: 0})
    missed = Counter({1: 3, 2: 4, 3: 31, 4: 2})
    assert over_limit(planned, missed) == [2, 3]
