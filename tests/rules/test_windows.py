"""Until when an entry may be written: calendar and school days, versions, extensions, zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.core.clock import end_of_day
from journal.lessons.rules import (
    EntryKind,
    Extension,
    Grant,
    LessonFacts,
    Policy,
    PolicyBook,
    SchoolWeek,
    WindowContext,
    edit_window,
    lesson_windows,
)
from journal.school.rules import Span

MARKS, ATTENDANCE, TOPIC, HOMEWORK = EntryKind
BREAK = Span(date(2026, 10, 26), date(2026, 11, 5))
WEEK = SchoolWeek(6, (BREAK,))
ZONES = ("Europe/Kaliningrad", "Europe/Moscow", "Asia/Kamchatka", "Europe/Berlin", "America/Havana")
DAYS = st.dates(date(2026, 9, 1), date(2027, 5, 31))
POLICIES = st.builds(
    Policy,
    marks_days=st.integers(0, 60),
    attendance_days=st.integers(0, 60),
    class_attendance_days=st.integers(0, 60),
    working=st.booleans(),
)
WEEKS = st.builds(
    lambda days, first, length: SchoolWeek(
        days, (Span(first, first + timedelta(days=length)),) if length else ()
    ),
    st.integers(1, 7),
    DAYS,
    st.integers(0, 40),
)


def book(*versions: Policy, week: SchoolWeek = WEEK) -> PolicyBook:
    return PolicyBook(versions, week)


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        (date(2026, 11, 12), 0, date(2026, 11, 12)),
        (date(2026, 11, 12), 2, date(2026, 11, 14)),  # Thursday, Friday, Saturday
        (date(2026, 11, 13), 2, date(2026, 11, 16)),  # over a Sunday
        (date(2026, 10, 24), 1, date(2026, 11, 5)),  # over the autumn break
        (date(2026, 10, 23), 2, date(2026, 11, 5)),
        (date(2026, 10, 28), 1, date(2026, 11, 5)),  # a lesson inside of the break
    ],
)
def test_school_days(day: date, count: int, last: date) -> None:
    assert WEEK.after(day, count) == last


def test_a_five_day_week_rests_on_saturday() -> None:
    assert SchoolWeek(5).after(date(2026, 11, 12), 2) == date(2026, 11, 16)
    assert SchoolWeek(0).after(date(2026, 11, 12), 2) < date(2028, 1, 1)  # no school day at all


@given(WEEKS, DAYS, st.integers(0, 20))
def test_as_many_school_days_lie_between(week: SchoolWeek, day: date, count: int) -> None:
    last = week.after(day, count)
    between = [day + timedelta(days=n + 1) for n in range((last - day).days)]
    assert sum(week.works(one) for one in between) == count
    assert last == day or week.works(last)


@given(WEEKS, POLICIES, DAYS, st.sampled_from(EntryKind))
def test_school_days_are_never_fewer_than_calendar_days(
    week: SchoolWeek, policy: Policy, day: date, kind: EntryKind
) -> None:
    last = book(policy, week=week).last_day(kind, day)
    assert last >= day + timedelta(days=policy.days(kind))


def test_a_lesson_keeps_the_version_of_its_day() -> None:
    first = Policy(valid_from=date(2026, 9, 1), marks_days=7)
    second = Policy(valid_from=date(2026, 11, 16), marks_days=1)
    both = book(first, second)
    assert both.last_day(MARKS, date(2026, 11, 15)) == date(2026, 11, 22)
    assert both.last_day(MARKS, date(2026, 11, 16)) == date(2026, 11, 17)
    assert both.last_day(MARKS, date(2026, 8, 31)) == date(2026, 9, 2)  # the regulation's days


@given(st.lists(POLICIES, max_size=4), DAYS, st.integers(0, 60), POLICIES)
def test_a_later_version_changes_no_earlier_lesson(
    versions: list[Policy], day: date, ahead: int, added: Policy
) -> None:
    known = tuple(versions)
    later = Policy(
        valid_from=day + timedelta(days=ahead + 1),
        marks_days=added.marks_days,
        working=added.working,
    )
    for kind in EntryKind:
        assert book(*known, later).last_day(kind, day) == book(*known).last_day(kind, day)


@pytest.mark.parametrize(
    ("checking", "marks", "last"),
    [(None, 2, 14), (7, 2, 19), (1, 2, 14), (3, 10, 22)],
)
def test_the_longer_of_school_and_work_type_counts(
    checking: int | None, marks: int, last: int
) -> None:
    found = book(Policy(marks_days=marks)).last_day(
        MARKS, date(2026, 11, 12), checking_days=checking
    )
    assert found == date(2026, 11, last)


def test_checking_days_are_for_marks_alone() -> None:
    for kind in (ATTENDANCE, TOPIC):
        last = book(Policy()).last_day(kind, date(2026, 11, 12), checking_days=14)
        assert last == date(2026, 11, 14)


@given(POLICIES, DAYS)
def test_a_class_teacher_has_never_less_time(policy: Policy, day: date) -> None:
    own = book(policy).last_day(ATTENDANCE, day, class_teacher=True)
    assert own >= book(policy).last_day(ATTENDANCE, day)
    assert policy.days(ATTENDANCE, class_teacher=True) == max(
        policy.attendance_days, policy.class_attendance_days
    )


def lesson(day: date, **more: object) -> LessonFacts:
    at = datetime.combine(day, time(8, 30), UTC)
    return LessonFacts(lesson_id=1, held_on=day, starts_at=at, **more)  # type: ignore[arg-type]


def context(now: datetime, **more: object) -> WindowContext:
    facts: dict[str, object] = {"book": book(Policy()), "zone": "Europe/Moscow"}
    facts |= {"approver": "Орлова М. П.", "staff_id": 7}
    return WindowContext(now=now, **(facts | more))  # type: ignore[arg-type]


THURSDAY = date(2026, 11, 12)
LATER = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def extension(**changes: object) -> Extension:
    facts: dict[str, object] = {
        "id": 1,
        "kinds": frozenset({MARKS}),
        "lessons_from": THURSDAY,
        "lessons_before": date(2026, 11, 14),
        "last_day": date(2026, 11, 20),
    }
    return Extension(**(facts | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "kind", "opened"),
    [
        ({}, MARKS, True),
        ({}, TOPIC, False),
        ({"lessons_from": date(2026, 11, 13)}, MARKS, False),
        ({"lessons_before": THURSDAY}, MARKS, False),
        ({"last_day": date(2026, 11, 19)}, MARKS, False),
        ({"staff_id": 7}, MARKS, True),
        ({"staff_id": 8}, MARKS, False),
        ({"kinds": frozenset(EntryKind)}, HOMEWORK, True),
    ],
)
def test_an_extension_opens_what_it_names(
    changes: dict[str, object], kind: EntryKind, opened: bool
) -> None:
    window = edit_window(kind, lesson(THURSDAY), context(LATER, extensions=(extension(**changes),)))
    assert window.open is opened and window.grant_id is None
    if opened:
        assert window.until == end_of_day(date(2026, 11, 20), "Europe/Moscow")


def test_an_extension_never_shortens_and_opens_no_closed_term() -> None:
    short = extension(last_day=THURSDAY)
    now = datetime(2026, 11, 14, 20, 59, tzinfo=UTC)
    assert edit_window(MARKS, lesson(THURSDAY), context(now, extensions=(short,))).open
    closed = lesson(THURSDAY, term_closed_on=date(2026, 11, 16))
    window = edit_window(MARKS, closed, context(LATER, extensions=(extension(),)))
    assert not window.open and not window.unlockable


@pytest.mark.parametrize(
    ("grades", "course_id", "concerned"),
    [
        (frozenset(), None, True),
        (frozenset({5}), None, True),
        (frozenset({6}), None, False),
        (frozenset(), 3, True),
        (frozenset({5}), 4, False),
    ],
)
def test_whom_an_extension_concerns(
    grades: frozenset[int], course_id: int | None, concerned: bool
) -> None:
    one = extension(grades=grades, course_id=course_id)
    assert one.concerns(grade=5, course_id=3) is concerned


def test_a_refusal_says_until_when_and_who_can_help() -> None:
    window = edit_window(MARKS, lesson(THURSDAY), context(LATER))
    assert not window.open and window.unlockable and window.why is not None
    assert window.why.params["who"] == "Орлова М. П."
    assert window.why.params["until"] == datetime(2026, 11, 14, 20, 59, tzinfo=UTC)


@given(DAYS, st.sampled_from(ZONES), st.integers(0, 10))
def test_a_window_ends_with_the_schools_own_day(day: date, zone: str, days: int) -> None:
    """Also where the clocks are changed in between: the last minute is 23:59 on the wall."""
    held = book(Policy(marks_days=days))
    last = day + timedelta(days=days)
    until = end_of_day(last, zone)
    inside, outside = until - timedelta(seconds=1), until
    opened = edit_window(MARKS, lesson(day), context(inside, book=held, zone=zone))
    assert opened.open == (inside >= lesson(day).starts_at) and opened.until in (None, until)
    assert not edit_window(MARKS, lesson(day), context(outside, book=held, zone=zone)).open
    assert inside.astimezone(ZoneInfo(zone)).date() == last
    assert outside.astimezone(ZoneInfo(zone)).date() == last + timedelta(days=1)


@pytest.mark.parametrize(("lesson_ids", "opened"), [({1}, True), ({1, 2}, True), ({2}, False)])
def test_a_grant_of_single_lessons_opens_these_alone(lesson_ids: set[int], opened: bool) -> None:
    grant = Grant(
        id=9,
        staff_id=7,
        kinds=frozenset({MARKS}),
        lessons_from=THURSDAY,
        lessons_before=date(2026, 11, 13),
        expires_at=LATER + timedelta(hours=1),
        lesson_ids=frozenset(lesson_ids),
    )
    for day in (THURSDAY, THURSDAY + timedelta(days=1)):  # moved to another day, it is the same
        window = edit_window(MARKS, lesson(day), context(LATER, grants=(grant,)))
        assert window.open is opened
    late = context(LATER + timedelta(hours=1), grants=(grant,))
    assert not edit_window(MARKS, lesson(THURSDAY), late).open


def test_a_grant_counts_after_policy_and_extension() -> None:
    grant = Grant(
        id=9,
        staff_id=7,
        kinds=frozenset({MARKS}),
        lessons_from=THURSDAY,
        lessons_before=date(2026, 11, 13),
        expires_at=LATER + timedelta(hours=1),
    )
    plain = edit_window(MARKS, lesson(THURSDAY), context(LATER, grants=(grant,)))
    assert plain.grant_id == 9 and plain.until == grant.expires_at
    both = context(LATER, grants=(grant,), extensions=(extension(),))
    assert edit_window(MARKS, lesson(THURSDAY), both).grant_id is None


@given(DAYS, st.integers(-5, 80), st.booleans(), st.booleans(), st.booleans())
def test_the_windows_of_a_lesson_are_those_asked_for_one_by_one(
    day: date, ahead: int, cancelled: bool, closed: bool, granted: bool
) -> None:
    grant = Grant(
        id=9,
        staff_id=7,
        kinds=frozenset({TOPIC}),
        lessons_from=day,
        lessons_before=day + timedelta(days=1),
        expires_at=lesson(day).starts_at + timedelta(days=100),
    )
    held = lesson(day)._replace(cancelled=cancelled, term_closed_on=day if closed else None)
    now = held.starts_at + timedelta(days=ahead)
    asked = context(now, grants=(grant,) if granted else ())
    assert lesson_windows(held, asked) == tuple(
        edit_window(kind, held, asked) for kind in EntryKind
    )
