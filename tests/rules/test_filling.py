"""What a lesson lacks, and until when it may be entered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from journal.lessons.rules import EntryKind, Grant, PolicyBook, WindowContext
from journal.lessons.rules.filling import gaps, homework_expected, missing

ATTENDANCE, TOPIC, HOMEWORK = EntryKind.ATTENDANCE, EntryKind.TOPIC, EntryKind.HOMEWORK
ALL = (ATTENDANCE, TOPIC, HOMEWORK)
DAY = date(2026, 11, 18)
BEGINS = datetime(2026, 11, 18, 7, 25, tzinfo=UTC)  # 10:25 in Moscow
ON = BEGINS + timedelta(minutes=5)


@dataclass(frozen=True)
class Facts:
    lesson_id: int = 1
    course_id: int = 1
    starts_at: datetime = BEGINS
    held_on: date = DAY
    cancelled: bool = False
    attendance_taken: bool = False
    has_topic: bool = False
    has_homework: bool = False
    grade: int = 5
    scale: str = "five_point"


EMPTY = Facts()
FULL = Facts(attendance_taken=True, has_topic=True, has_homework=True)


@pytest.mark.parametrize(
    ("lesson", "now", "lacks"),
    [
        (EMPTY, BEGINS - timedelta(seconds=1), ()),
        (EMPTY, BEGINS, ALL),
        (EMPTY, BEGINS + timedelta(days=30), ALL),
        (replace(EMPTY, cancelled=True), ON, ()),
        (FULL, ON, ()),
        (replace(FULL, attendance_taken=False), ON, (ATTENDANCE,)),
        (replace(FULL, has_topic=False), ON, (TOPIC,)),
        (replace(FULL, has_homework=False), ON, (HOMEWORK,)),
        (replace(EMPTY, grade=1), ON, (ATTENDANCE, TOPIC)),
        (replace(EMPTY, scale="none"), ON, (ATTENDANCE, TOPIC)),
        (replace(EMPTY, scale="pass_fail"), ON, ALL),
    ],
)
def test_missing(lesson: Facts, now: datetime, lacks: tuple[EntryKind, ...]) -> None:
    assert missing(lesson, now) == lacks


@pytest.mark.parametrize(
    ("grade", "scale", "expected"),
    [
        (1, "five_point", False),
        (2, "five_point", True),
        (11, "pass_fail", True),
        (9, "none", False),
    ],
)
def test_homework_is_expected_where_it_is_set(grade: int, scale: str, expected: bool) -> None:
    assert homework_expected(grade, scale) is expected


def context(now: datetime, **more: object) -> WindowContext:
    facts = {"book": PolicyBook(), "zone": "Europe/Moscow", "approver": None, "staff_id": 7}
    return WindowContext(now=now, **(facts | more))


def moscow(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=3)


@pytest.mark.parametrize(
    ("now", "open_kinds"),
    [
        (moscow(18, 23, 59), {ATTENDANCE, TOPIC, HOMEWORK}),
        (moscow(19, 0), {ATTENDANCE, TOPIC}),
        (moscow(20, 23, 59), {ATTENDANCE, TOPIC}),
        (moscow(21, 0), set()),
    ],
)
def test_gaps_close_at_their_own_deadlines(now: datetime, open_kinds: set[EntryKind]) -> None:
    found = gaps(EMPTY, context(now))
    assert {gap.kind for gap in found if gap.open} == open_kinds
    assert [gap.kind for gap in found] == list(ALL)
    assert all(gap.unlockable != gap.open for gap in found)


def test_a_gap_opens_under_a_grant_of_its_kind() -> None:
    now = moscow(25, 12)
    grant = Grant(
        id=3,
        staff_id=7,
        kinds=frozenset({TOPIC}),
        lessons_from=DAY,
        lessons_before=DAY + timedelta(days=1),
        expires_at=now + timedelta(hours=2),
    )
    found = {gap.kind: gap for gap in gaps(EMPTY, context(now, grants=(grant,)))}
    assert found[TOPIC].open and found[TOPIC].granted
    assert found[TOPIC].until == grant.expires_at
    assert not found[ATTENDANCE].open and not found[ATTENDANCE].granted


def test_nothing_opens_a_closed_term() -> None:
    found = gaps(EMPTY, context(moscow(18, 12)), term_closed_on=date(2026, 11, 18))
    assert not any(gap.open or gap.unlockable or gap.until for gap in found)
