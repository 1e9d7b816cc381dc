"""Weeks without conflicts, versions without overlaps, publishing twice changes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.office.rules import (
    ExistingLesson,
    PlannedLesson,
    Slot,
    plan_changes,
    planned_lessons,
)
from journal.office.rules.versions import Fate, difference, fate_of
from journal.school.rules import Span
from journal.timetable.rules import (
    OtherBells,
    Reason,
    Taking,
    WeekPlace,
    conflicts_with,
    week_conflicts,
)

YEAR = Span(date(2026, 9, 1), date(2027, 6, 1))
BELLS = {(1, 1): (time(8, 30), time(9, 15)), (2, 1): (time(8, 0), time(8, 30))}


def place(id_: int, staff_id: int = 1, **facts: object) -> WeekPlace:
    taking = Taking(
        staff_id=staff_id,
        room_id=None,
        group_id=id_,
        group="",
        classes=frozenset({f"{id_}А"}),
    )
    plain = {"weekday": 1, "number": 1, "week_kind": "every", "times": None, "taking": taking}
    return WeekPlace(id=id_, **(plain | facts))  # type: ignore[arg-type]


places = st.lists(
    st.builds(
        place,
        id_=st.integers(1, 12),
        staff_id=st.integers(1, 4),
        weekday=st.integers(1, 2),
        number=st.integers(1, 2),
        week_kind=st.sampled_from(["every", "odd", "even"]),
    ),
    unique_by=lambda one: one.id,
    max_size=12,
)


@given(week=places)
def test_conflicts_are_symmetric_and_the_same_seen_from_each(week: list[WeekPlace]) -> None:
    found = week_conflicts(week)
    pairs = {(key, one.other): one.reasons for key, ones in found.items() for one in ones}
    assert all(pairs[other, key] == reasons for (key, other), reasons in pairs.items())
    for one in week:
        assert {c.other for c in conflicts_with(one, week)} == {
            other for key, other in pairs if key == one.id
        }


def test_odd_and_even_weeks_and_shifts_do_not_meet() -> None:
    early, late = (time(8, 0), time(8, 45)), (time(14, 0), time(14, 45))
    table = [
        (place(1), place(2), True),
        (place(1, week_kind="odd"), place(2, week_kind="even"), False),
        (place(1, week_kind="odd"), place(2), True),
        (place(1, times=early), place(2, times=late), False),
        (place(1, times=early), place(2, number=9, times=(time(8, 30), time(9, 0))), True),
        (place(1), place(2, weekday=2), False),
    ]
    for one, other, meets in table:
        assert bool(week_conflicts([one, other])) is meets
    assert week_conflicts([place(1), place(2)])[1][0].reasons == {Reason.TEACHER}


def span(first: int, before: int) -> Span:
    return Span(date(2026, first, 1), date(2026, before, 1))


@pytest.mark.parametrize(
    ("older", "newer", "fate"),
    [
        (span(1, 6), span(6, 9), None),
        (span(6, 9), span(1, 6), None),
        (span(1, 6), span(3, 6), Fate.ENDS_EARLIER),
        (span(1, 6), span(3, 9), Fate.ENDS_EARLIER),
        (span(1, 6), span(1, 6), Fate.REPLACED),
        (span(2, 5), span(1, 6), Fate.REPLACED),
        (span(1, 6), span(1, 3), Fate.BEGINS_LATER),
        (span(1, 6), span(2, 5), Fate.SPLIT),
    ],
)
def test_what_a_new_version_does_to_an_older_one(older: Span, newer: Span, fate: Fate) -> None:
    assert fate_of(older, newer) is fate


def slot(**facts: object) -> Slot:
    plain = {"span": YEAR, "course_id": 7, "grade": 5, "staff_id": 3, "room_id": None}
    plain |= {"weekday": 1, "week_kind": "every", "lesson_number": 1, "bell_schedule_id": 1}
    return Slot(**(plain | facts))  # type: ignore[arg-type]


def test_other_bells_ring_on_their_days() -> None:
    others = [
        OtherBells(
            schedule_id=1, instead_id=2, weekday=None, held_on=date(2026, 9, 7), grades=frozenset()
        )
    ]
    found = planned_lessons(
        [slot()], [], BELLS, year=YEAR, zone="Europe/Moscow", others=others
    ).values()
    begins = {one.held_on: one.starts_at.hour * 60 + one.starts_at.minute for one in found}
    assert begins[date(2026, 9, 7)] == 5 * 60
    assert begins[date(2026, 9, 14)] == 5 * 60 + 30


def lesson(course_id: int, day: date, number: int) -> PlannedLesson:
    at = datetime(2026, 9, 1, 8, tzinfo=UTC) + timedelta(days=(day - date(2026, 9, 1)).days)
    return PlannedLesson(course_id, day, number, at, at + timedelta(minutes=45), 3, None)


def there(number: int, one: PlannedLesson, *, entered: bool = False) -> ExistingLesson:
    return ExistingLesson(
        number, one.key, one.staff_id, one.room_id, one.starts_at, one.ends_at, entered
    )


keys = st.tuples(st.integers(1, 3), st.integers(1, 28), st.integers(1, 3))


@given(wanted=st.sets(keys), present=st.dictionaries(keys, st.booleans()))
def test_publishing_twice_changes_nothing(
    wanted: set[tuple[int, int, int]], present: dict[tuple[int, int, int], bool]
) -> None:
    planned = {}
    for course_id, day, number in wanted:
        one = lesson(course_id, date(2026, 9, day), number)
        planned[one.key] = one
    existing = [
        there(n, lesson(c, date(2026, 9, d), k), entered=entered)
        for n, ((c, d, k), entered) in enumerate(present.items())
    ]
    plan = plan_changes(planned, existing)
    after = [one for one in existing if one.id not in plan.drop]
    after += [there(1000 + n, one) for n, one in enumerate(plan.add)]
    again = plan_changes(planned, after)
    assert again.empty
    assert {one.id for one in existing if one.has_entries} <= {one.id for one in after}
    shown = difference(plan, existing)
    assert len(shown.added) + len(shown.moved) == len(plan.add)
    assert len(shown.dropped) + len(shown.moved) == len(plan.drop)


def test_what_goes_and_comes_in_one_week_is_a_move() -> None:
    monday, tuesday = date(2026, 9, 7), date(2026, 9, 8)
    next_week = date(2026, 9, 15)
    wanted = {one.key: one for one in (lesson(1, tuesday, 2), lesson(2, next_week, 1))}
    existing = [there(5, lesson(1, monday, 1)), there(6, lesson(2, monday, 3), entered=True)]
    shown = difference(plan_changes(wanted, existing), existing)
    assert [(one.was, one.becomes) for one in shown.moved] == [((monday, 1), (tuesday, 2))]
    assert [one.held_on for one in shown.added] == [next_week]
    assert [one.id for one in shown.kept_back] == [6]
    assert shown.dropped == ()
