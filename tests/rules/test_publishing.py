"""Which dated lessons a timetable means, and that lessons with entries are never touched."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from journal.office.rules import (
    Break,
    ExistingLesson,
    Moved,
    PlannedLesson,
    Slot,
    plan_changes,
    planned_lessons,
)
from journal.school.rules import Span

YEAR = Span(date(2026, 9, 1), date(2027, 6, 1))
BELLS = {(1, 1): (time(8, 30), time(9, 15))}


def slot(**facts: object) -> Slot:
    plain = {
        "span": Span(date(2026, 9, 1), date(2026, 11, 2)),
        "course_id": 7,
        "grade": 5,
        "staff_id": 3,
        "room_id": None,
        "weekday": 1,
        "week_kind": "every",
        "lesson_number": 1,
        "bell_schedule_id": 1,
    }
    return Slot(**(plain | facts))  # type: ignore[arg-type]


def days(*slots: Slot, breaks: tuple[Break, ...] = (), moved: tuple[Moved, ...] = ()) -> list[date]:
    found = planned_lessons(slots, breaks, BELLS, year=YEAR, zone="Europe/Moscow", moved=moved)
    return sorted(lesson.held_on for lesson in found.values())


def test_a_weekly_slot_stays_inside_its_timetable() -> None:
    mondays = days(slot())
    assert mondays[0] == date(2026, 9, 7)  # 1 September 2026 is a Tuesday
    assert mondays[-1] == date(2026, 10, 26)
    assert len(mondays) == 8


def test_odd_weeks_begin_with_the_week_of_the_first_of_september_and_breaks_count() -> None:
    odd = days(slot(weekday=2, week_kind="odd"))
    even = days(slot(weekday=2, week_kind="even"))
    assert odd[:3] == [date(2026, 9, 1), date(2026, 9, 15), date(2026, 9, 29)]
    assert even[0] == date(2026, 9, 8)
    assert sorted(odd + even) == days(slot(weekday=2))


def test_a_break_frees_its_grades_only() -> None:
    autumn = Break(Span(date(2026, 10, 24), date(2026, 11, 2)), frozenset({1}))
    assert date(2026, 10, 26) in days(slot(), breaks=(autumn,))
    assert date(2026, 10, 26) not in days(slot(grade=1), breaks=(autumn,))


@given(day=st.dates(date(2026, 9, 1), date(2026, 11, 1)), follows=st.integers(1, 6))
def test_a_moved_day_takes_the_lessons_of_another(day: date, follows: int) -> None:
    moved = (Moved(day, follows, frozenset()),)
    for weekday in range(1, 7):
        plain, after = days(slot(weekday=weekday)), days(slot(weekday=weekday), moved=moved)
        assert set(plain) ^ set(after) <= {day}
        assert (day in after) == (weekday == follows)


def test_a_moved_day_is_of_its_parallels_and_in_its_version() -> None:
    saturday = date(2026, 10, 10)
    fifth, ninth = slot(weekday=1, grade=5), slot(weekday=1, grade=9)
    moved = (Moved(saturday, 1, frozenset({9})),)
    assert saturday in days(ninth, moved=moved) and saturday not in days(fifth, moved=moved)
    later = (Moved(date(2026, 11, 14), 1, frozenset()),)
    assert date(2026, 11, 14) not in days(slot(weekday=1), moved=later)  # another version by then
    free = (Break(Span(saturday, date(2026, 10, 11)), frozenset()),)
    assert saturday not in days(ninth, breaks=free, moved=moved)


def test_times_are_instants_of_the_schools_zone() -> None:
    found = planned_lessons([slot()], [], BELLS, year=YEAR, zone="Asia/Omsk")
    first = min(found.values(), key=lambda lesson: lesson.held_on)
    assert first.starts_at == datetime(2026, 9, 7, 2, 30, tzinfo=UTC)


def lesson(course_id: int, day: int) -> PlannedLesson:
    at = datetime(2026, 9, day, 8, tzinfo=UTC)
    return PlannedLesson(course_id, at.date(), 1, at, at.replace(hour=9), 3, None)


def existing(number: int, planned: PlannedLesson, *, entered: bool) -> ExistingLesson:
    return ExistingLesson(number, planned.key, 4, None, planned.starts_at, planned.ends_at, entered)


@given(
    wanted=st.sets(st.integers(1, 28)),
    there=st.dictionaries(st.integers(1, 28), st.booleans()),
)
def test_nothing_with_entries_is_dropped_or_corrected(
    wanted: set[int], there: dict[int, bool]
) -> None:
    planned = {one.key: one for one in (lesson(7, day) for day in wanted)}
    present = [existing(day, lesson(7, day), entered=entered) for day, entered in there.items()]
    plan = plan_changes(planned, present)
    entered = {day for day, has in there.items() if has}
    assert entered.isdisjoint(plan.drop)
    assert entered.isdisjoint(number for number, _ in plan.correct)
    assert {one.held_on.day for one in plan.add} == wanted - set(there)
    after = (set(there) - set(plan.drop)) | {one.held_on.day for one in plan.add}
    assert after == wanted | entered
