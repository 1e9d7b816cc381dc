"""The load guard: what speaks against an assessment or a homework. It tells, it never refuses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.grading.rules.load import (
    Assessment,
    ClassLesson,
    DueHomework,
    assessment_warnings,
    homework_limit,
    homework_minutes,
    homework_warnings,
)

DAY = date(2026, 11, 20)
PLAIN = [ClassLesson(class_name="5А", number=n) for n in (1, 2, 3, 4)]


def work(lesson_id: int = 1, day: int = 0, number: int = 2, **more: Any) -> Assessment:
    facts = {"class_name": "5А", "subject_id": 1, "subject": "Математика", "teacher": "Лебедев"}
    facts |= {"work": "Контрольная", "held_on": DAY + timedelta(days=day)}
    return Assessment(lesson_id=lesson_id, number=number, **(facts | more))


def said(planned: Assessment, others: list[Assessment], day: list[ClassLesson]) -> list[str]:
    return [
        str(one).split(":")[0].split(" (")[0] for one in assessment_warnings(planned, others, day)
    ]


@pytest.mark.parametrize(
    ("planned", "others", "expected"),
    [
        (work(), [], []),
        (work(), [work()], []),
        (work(), [work(2, subject_id=2)], ["5А already has an assessment that day"]),
        (work(), [work(2, subject_id=2, class_name="5Б")], []),
        (work(), [work(2, subject_id=2, whole=False)], []),
        (work(whole=False), [work(2)], []),
        (work(), [work(2, day=1, subject_id=2)], []),
        (work(), [work(2, day=17)], ["5А has an assessment of the subject on 2026-12-07"]),
        (work(), [work(2, day=-17)], ["5А has an assessment of the subject on 2026-11-03"]),
        (work(), [work(2, day=18)], []),
        (work(), [work(2, day=-18)], []),
        (work(number=1), [], ["This is the first lesson of 5А that day."]),
        (work(number=4), [], ["This is the last lesson of 5А that day."]),
    ],
)
def test_assessments_of_a_class(
    planned: Assessment, others: list[Assessment], expected: list[str]
) -> None:
    assert said(planned, others, PLAIN) == expected


def test_the_only_lesson_of_a_day_is_no_edge() -> None:
    assert said(work(), [], [ClassLesson(class_name="5А", number=2)]) == []


@given(st.integers(-40, 40))
def test_two_of_a_subject_are_told_from_both_sides(days: int) -> None:
    one, other = work(1), work(2, day=days)
    there, back = said(one, [other], []), said(other, [one], [])
    assert bool(there) == bool(back) == (abs(days) < 18)


@pytest.mark.parametrize(
    ("grade", "minutes"), [(1, 60), (2, 90), (3, 90), (4, 120), (5, 120), (8, 150), (9, 210)]
)
def test_the_limits_of_homework(grade: int, minutes: int) -> None:
    assert homework_limit(grade) == minutes


def due(lesson_id: int, minutes: int, subject: str = "Русский", subgroup: str = "") -> DueHomework:
    facts = {"class_name": "5А", "grade": 5, "subject": subject, "subgroup": subgroup}
    return DueHomework(lesson_id=lesson_id, minutes=minutes, **facts)


def test_of_subgroups_the_longest_homework_counts() -> None:
    given_ = [due(1, 30), due(2, 20, "Английский", "1"), due(3, 25, "Английский", "2")]
    assert homework_minutes(given_) == {"Русский": 30, "Английский": 25}


@pytest.mark.parametrize(
    ("minutes", "told"), [(40, False), (41, True)], ids=["up to the norm", "above"]
)
def test_the_sum_of_a_day_is_told(minutes: int, told: bool) -> None:
    others = [due(2, 50), due(3, 30, "История"), due(1, 100, "Математика")]
    found = homework_warnings(due(1, minutes, "Математика"), others, DAY)
    assert bool(found) is told
    if told:
        assert "121 minutes" in str(found[0])
        assert "История 30, Русский 50" in str(found[1])


@given(st.lists(st.integers(1, 90), max_size=6), st.integers(1, 90))
def test_more_homework_never_lessens_the_word(others: list[int], minutes: int) -> None:
    rest = [due(n + 2, one, f"Предмет {n}") for n, one in enumerate(others)]
    told = bool(homework_warnings(due(1, minutes), rest, DAY))
    assert told is (sum(others) + minutes > 120)
