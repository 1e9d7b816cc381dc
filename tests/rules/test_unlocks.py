"""What may be asked to be unlocked, and what may be decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.core.errors import RuleViolation
from journal.lessons.rules import EntryKind
from journal.lessons.rules.unlocks import (
    NamedLesson,
    UnlockState,
    Wanted,
    check_decision,
    check_not_asked,
    check_wanted,
    days_and_numbers,
    kinds_from,
    kinds_text,
    lessons_from_text,
    lessons_text,
    state_of,
    wanted_lessons,
)

NOW = datetime(2026, 11, 20, 7, 42, tzinfo=UTC)
TODAY = date(2026, 11, 20)
MONDAY, TUESDAY = date(2026, 11, 9), date(2026, 11, 10)
KINDS = st.sets(st.sampled_from(EntryKind), min_size=1).map(frozenset)
DAYS = st.integers(0, 60).map(lambda n: date(2026, 9, 1) + timedelta(days=n))


def wanted(first: date, last: date, *kinds: EntryKind) -> Wanted:
    chosen = frozenset(kinds or (EntryKind.TOPIC,))
    return Wanted(kinds=chosen, lessons_from=first, lessons_before=last + timedelta(days=1))


SPANS = st.builds(
    lambda kinds, first, length: wanted(first, first + timedelta(days=length), *kinds),
    KINDS,
    DAYS,
    st.integers(0, 30),
)
# a lesson has one day: the id says which
LESSONS = st.builds(
    lambda n, day: NamedLesson(day.toordinal() * 10 + n, day, n), st.integers(1, 8), DAYS
)
NAMED = st.builds(wanted_lessons, KINDS, st.sets(LESSONS, min_size=1, max_size=5))
WANTED = SPANS | NAMED


@pytest.mark.parametrize(
    ("status", "expires_at", "state"),
    [
        ("pending", None, UnlockState.PENDING),
        ("refused", None, UnlockState.REFUSED),
        ("granted", NOW + timedelta(seconds=1), UnlockState.OPEN),
        ("granted", NOW, UnlockState.EXPIRED),
        ("granted", NOW - timedelta(days=1), UnlockState.EXPIRED),
    ],
)
def test_a_grant_expires_by_itself(
    status: str, expires_at: datetime | None, state: UnlockState
) -> None:
    assert state_of(status, expires_at, NOW) is state


@given(KINDS)
def test_kinds_survive_their_text(kinds: frozenset[EntryKind]) -> None:
    assert frozenset(kinds_from(kinds_text(kinds))) == kinds


def test_unknown_kinds_are_left_out() -> None:
    assert kinds_from("topic, everything,marks") == (EntryKind.MARKS, EntryKind.TOPIC)
    assert kinds_from("") == ()


@given(WANTED, WANTED)
def test_overlap_is_mutual_and_follows_from_inclusion(one: Wanted, other: Wanted) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(one) and one.within(one)
    if one.within(other):
        assert one.overlaps(other)


@given(NAMED, SPANS)
def test_days_and_lessons_meet_where_a_lesson_lies_on_one_of_the_days(
    named: Wanted, span: Wanted
) -> None:
    shared = bool(named.kinds & span.kinds)
    days = [one.held_on for one in named.lessons]
    inside = [span.lessons_from <= day < span.lessons_before for day in days]
    assert named.overlaps(span) == (shared and any(inside))
    assert named.within(span) == (named.kinds <= span.kinds and all(inside))
    assert not span.within(named)  # more lessons may lie on these days than were named


@given(st.sets(LESSONS))
def test_lessons_survive_their_text(lessons: set[NamedLesson]) -> None:
    assert lessons_from_text(lessons_text(lessons)) == tuple(
        sorted(lessons, key=lambda one: one[1:])
    )


def test_lessons_in_words() -> None:
    text = lessons_text({NamedLesson(7, MONDAY, 3), NamedLesson(9, MONDAY, 2)})
    assert text == "9@2026-11-09/2,7@2026-11-09/3"
    assert days_and_numbers(text) == "09.11 № 2, 09.11 № 3"
    assert lessons_from_text(None) == lessons_from_text("") == ()


def test_single_lessons_may_lie_far_apart_but_are_counted() -> None:
    apart = [NamedLesson(n, TODAY - timedelta(days=2 * n), 1) for n in range(31)]
    check_wanted(wanted_lessons({EntryKind.TOPIC}, apart), reason="болезнь", today=TODAY)
    for lessons in ([*apart, NamedLesson(31, TODAY, 2)], []):
        with pytest.raises(RuleViolation) as refusal:
            many = wanted_lessons({EntryKind.TOPIC}, lessons)
            check_wanted(many, reason="болезнь", today=TODAY)
        assert refusal.value.field == "lessons"


NOTHING = Wanted(kinds=frozenset(), lessons_from=TODAY, lessons_before=TODAY)


@pytest.mark.parametrize(
    ("asked", "reason", "field"),
    [
        (
            Wanted(kinds=frozenset(), lessons_from=TODAY, lessons_before=TODAY),
            "сбой связи",
            "kinds",
        ),
        (wanted(TODAY, TODAY - timedelta(days=1)), "сбой связи", "lessons_to"),
        (wanted(TODAY - timedelta(days=31), TODAY), "сбой связи", "lessons_to"),
        (wanted(TODAY, TODAY + timedelta(days=1)), "сбой связи", "lessons_to"),
        (wanted(TODAY, TODAY), "ой", "reason"),
        (wanted(TODAY, TODAY), "о" * 1001, "reason"),
    ],
)
def test_incomplete_requests_are_refused(asked: Wanted, reason: str, field: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_wanted(asked, reason=reason, today=TODAY)
    assert refusal.value.field == field


def test_a_month_up_to_today_may_be_asked_for() -> None:
    check_wanted(wanted(TODAY - timedelta(days=30), TODAY), reason="болезнь", today=TODAY)


@dataclass(frozen=True)
class Before:
    wanted: Wanted
    state: UnlockState
    requested_at: datetime = NOW - timedelta(hours=1)
    expires_at: datetime | None = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("earlier", "refused"),
    [
        (Before(wanted(MONDAY, TUESDAY), UnlockState.PENDING), True),
        (Before(wanted(TUESDAY, TUESDAY), UnlockState.PENDING), False),
        (Before(wanted(MONDAY, MONDAY, EntryKind.MARKS), UnlockState.PENDING), False),
        (Before(wanted(MONDAY, TUESDAY), UnlockState.OPEN), True),
        (Before(wanted(TUESDAY, TUESDAY), UnlockState.OPEN), False),
    ],
)
def test_nothing_is_asked_twice(earlier: Before, refused: bool) -> None:
    asked = wanted(MONDAY, MONDAY)
    if not refused:
        check_not_asked(asked, [earlier])
        return
    with pytest.raises(RuleViolation):
        check_not_asked(asked, [earlier])


def test_a_grant_of_a_part_does_not_stop_a_wider_request() -> None:
    part = Before(wanted(MONDAY, MONDAY), UnlockState.OPEN)
    check_not_asked(wanted(MONDAY, TUESDAY), [part])


@pytest.mark.parametrize(
    ("granted", "hours", "note", "field"),
    [
        (True, 3, "", "hours"),
        (True, 0, "", "hours"),
        (False, 2, "", "note"),
        (False, 2, "о" * 1001, "note"),
    ],
)
def test_incomplete_decisions_are_refused(granted: bool, hours: int, note: str, field: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_decision(granted=granted, hours=hours, note=note)
    assert refusal.value.field == field


def test_decisions() -> None:
    check_decision(granted=True, hours=2, note="")
    check_decision(granted=False, hours=0, note="нужна докладная")
