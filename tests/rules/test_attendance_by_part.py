"""Counting once for everybody says what counting each pupil-lesson says."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from journal.attendance.rules.by_part import count_seated, seated
from journal.attendance.rules.counting import KnownExcuse, count
from journal.school.rules import Span
from tests.rules.attended import FIRST, Attended

PUPILS, GROUPS, DAYS = (1, 2, 3, 4), (10, 11), 4
WANTED = {1, 2, 3}
codes = st.sampled_from("bupno")
days = st.integers(0, DAYS)


def _day(number: int) -> date:
    return FIRST + timedelta(days=number)


def _half(day: date) -> int:
    return int(day >= _day(2))


@st.composite
def schools(draw: st.DrawFn) -> Attended:
    """Two groups with comers and leavers, a mover, releases, excuses, lessons of every kind."""
    school = Attended()
    for pupil in PUPILS:
        for group in draw(st.sets(st.sampled_from(GROUPS))):
            moves = draw(st.integers(1, DAYS))
            school.seat(group, [pupil], in_class=1, before=_day(moves))
            if draw(st.booleans()):
                school.seat(group, [pupil], in_class=2, since=_day(moves))
    for number in range(draw(st.integers(0, 12))):
        entries = draw(st.dictionaries(st.sampled_from(["p1", "p2", "p3", "p4"]), codes))
        cancelled, distance, taken = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
        kind = {"cancelled": cancelled and draw(st.booleans()), "distance": distance}
        place = (draw(st.sampled_from(GROUPS)), _day(number % DAYS), draw(st.integers(1, 2)))
        subject = draw(st.sampled_from([1, 2]))
        school.lesson(*place, subject=subject, taken=taken, **kind, **entries)
    for pupil in draw(st.sets(st.sampled_from(PUPILS), max_size=2)):
        school.release(pupil, draw(st.sampled_from([1, None])), draw(st.integers(1, DAYS)))
    for pupil in draw(st.sets(st.sampled_from(PUPILS), max_size=2)):
        span = Span(_day(draw(days)), _day(DAYS + 1))
        school.excuses.append(KnownExcuse(pupil, span, draw(codes)))
    return school


@settings(max_examples=400)
@given(schools())
def test_everybody_at_once_and_one_by_one_count_the_same(school: Attended) -> None:
    facts = school.facts()
    slow = count(
        facts,
        key=lambda state: (state.pupil_id, _half(state.lesson.day)),
        part=lambda _class_id, day: _half(day),
        only=WANTED,
    )
    quick = count_seated(seated(facts.lessons, facts.roster, part=_half, only=WANTED), facts)
    assert quick.tallies == slow.tallies
    assert sorted(quick.full_days) == sorted(slow.full_days)
    assert quick.classes == slow.classes
