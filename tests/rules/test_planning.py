"""Topics of a plan attach to lessons in order; plan and fact are counted from that."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.lessons.rules.planning import (
    Slot,
    Topic,
    attach,
    expected_lessons,
    names,
    plan_fact,
)
from journal.school.rules import Span

FIRST = date(2026, 9, 1)


def at(day: int) -> datetime:
    return datetime.combine(FIRST + timedelta(days=day), time(9), UTC)


def topics(*hours: int, pins: dict[int, int] | None = None) -> list[Topic]:
    """Topics «Тема A», «Тема B» … with those hours; `pins` by place, to a day from the first."""
    days = {place: FIRST + timedelta(days=n) for place, n in (pins or {}).items()}
    return [
        Topic(id=10 + n, title=f"Тема {chr(65 + n)}", hours=h, from_day=days.get(n))
        for n, h in enumerate(hours)
    ]


def lessons(signs: str) -> list[Slot]:
    """A lesson a day: «.» nothing written, «x» cancelled, «?» outside of the plan, «A» topic A."""
    return [
        Slot(
            id=n,
            held_on=FIRST + timedelta(days=n),
            ends_at=at(n),
            cancelled=sign == "x",
            written="" if sign in ".x" else ("Поход в музей" if sign == "?" else f"Тема {sign}"),
        )
        for n, sign in enumerate(signs)
    ]


def taken(plan: list[Topic], slots: list[Slot]) -> str:
    """The letter of the topic of each lesson, small where it is only proposed."""
    found = attach(plan, slots)
    letters = []
    for slot in slots:
        place = found.get(slot.id)
        letter = place.topic.title[-1] if place else "-"
        letters.append(letter if place is None or place.written else letter.lower())
    return "".join(letters)


@pytest.mark.parametrize(
    ("hours", "pins", "signs", "expected"),
    [
        ((1, 1, 1), {}, "...", "abc"),
        ((2, 1), {}, "....", "aab-"),
        ((1, 1, 1), {}, ".x.", "a-b"),
        ((1, 1, 1), {}, "A..", "Abc"),
        ((1, 1, 1), {}, "A?.", "A-b"),
        ((1, 1, 1), {}, "B..", "Bac"),
        ((1, 1, 1, 1), {}, "A.B.", "A-Bc"),
        ((1, 1, 1, 1), {}, "A.C.", "AbCd"),
        ((1, 1), {}, "AA.", "AAb"),
        ((2, 1), {}, "A..", "Aab"),
        ((1, 1, 1, 1), {1: 3}, "....", "acdb"),
        ((1, 1, 1, 1), {3: 1}, "....", "adbc"),
        ((1, 1, 1), {2: 1}, ".x..", "a-cb"),
        ((1, 2, 1), {1: 1}, "....", "abbc"),
        ((), {}, "..", "--"),
        ((1,), {}, "", ""),
    ],
)
def test_topics_take_lessons_in_order(
    hours: tuple[int, ...], pins: dict[int, int], signs: str, expected: str
) -> None:
    assert taken(topics(*hours, pins=pins), lessons(signs)) == expected


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Сложение дробей", True),
        ("сложение  ДРОБЕЙ.", True),
        ("Сложение дробей. Решение задач", True),
        ("Сложение дробе", True),
        ("Сложен", False),
        ("Сложение дробей-гигантов", True),
        ("Вычитание дробей", False),
        ("", False),
    ],
)
def test_a_topic_is_known_by_its_words(written: str, same: bool) -> None:
    assert names("Сложение дробей", written) is same


def test_the_number_of_a_topic_goes_before_its_words() -> None:
    plan = [Topic(id=1, title="Контрольная", hours=1), Topic(id=2, title="Контрольная", hours=1)]
    slots = [
        Slot(id=n, held_on=FIRST, ends_at=at(n), written="Контрольная", topic_id=topic)
        for n, topic in enumerate((2, None))
    ]
    assert [attach(plan, slots)[n].topic.id for n in (0, 1)] == [2, 1]


PLAN = st.lists(st.integers(1, 3), max_size=8)


@given(PLAN, st.text(".x?AB", max_size=20))
def test_no_topic_takes_more_than_its_hours_unless_written(hours: list[int], signs: str) -> None:
    plan, slots = topics(*hours), lessons(signs)
    found = attach(plan, slots)
    for topic in plan:
        places = [place for place in found.values() if place.topic.id == topic.id]
        written = sum(place.written for place in places)
        assert len(places) <= max(topic.hours, written)
    assert not [slot for slot in slots if slot.cancelled and slot.id in found]


@given(PLAN, st.integers(0, 20), st.data())
def test_a_lesson_that_falls_out_shifts_the_rest(
    hours: list[int], count: int, data: st.DataObject
) -> None:
    whole = taken(topics(*hours), lessons("." * count)).replace("-", "")
    signs = data.draw(st.text(".x", min_size=count, max_size=count))
    rest = taken(topics(*hours), lessons(signs)).replace("-", "")
    assert whole.startswith(rest)
    assert len(rest) == min(sum(hours), signs.count("."))


@pytest.mark.parametrize(
    ("hours", "signs", "now", "expected"),
    [
        ((1, 1, 1), "ABC", 3, {"due": 3, "done": 3, "lag": 0, "misfit": 0}),
        ((1, 1, 1), "Ax.", 2, {"due": 2, "done": 1, "cancelled": 1, "lag": 1, "misfit": 1}),
        ((1, 1, 1), "A?.", 3, {"done": 1, "outside": 1, "unwritten": 1, "lag": 2, "misfit": 1}),
        ((1, 1), "AAB", 3, {"due": 3, "done": 2, "outside": 1, "lag": 0, "misfit": 0}),
        ((1,), "A..", 3, {"done": 1, "lag": 0, "misfit": 0}),
        ((1, 1, 1, 1), "AB..", 1, {"due": 1, "done": 1, "ahead": 3, "lag": 0, "misfit": 0}),
    ],
)
def test_plan_and_fact(
    hours: tuple[int, ...], signs: str, now: int, expected: dict[str, int]
) -> None:
    fact = plan_fact(topics(*hours), lessons(signs), now=at(now - 1))
    assert {name: getattr(fact, name) for name in expected} == expected


@given(PLAN, st.text(".x?AB", max_size=20), st.integers(0, 20))
def test_the_reasons_make_up_the_lag(hours: list[int], signs: str, now: int) -> None:
    fact = plan_fact(topics(*hours), lessons(signs), now=at(now - 1))
    assert fact.due - fact.done == fact.cancelled + fact.outside + fact.unwritten
    assert fact.lag <= fact.due - fact.done


def test_lessons_to_expect_leave_out_breaks_and_week_ends() -> None:
    monday = date(2027, 1, 11)
    week = Span(date(2027, 1, 18), date(2027, 1, 25))
    assert expected_lessons(monday, date(2027, 1, 25), (), Decimal("2.5")) == 5
    assert expected_lessons(monday, date(2027, 1, 25), (week,), Decimal("2.5")) == 2
    assert expected_lessons(monday, monday, (), Decimal(5)) == 0
