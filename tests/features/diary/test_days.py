"""A pupil's days, built from rows: what is due when, what moved where, what is a break."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.diary.rules.days import Day, build_days
from journal.diary.rules.moves import Place, pair_moves
from journal.diary.rules.tasks import due_tasks
from journal.school.pupil_facts import Break
from journal.school.rules import Span
from tests.features.diary.rows import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    diary,
    homework,
    lesson,
    mark,
)

WEEK = [MONDAY + timedelta(days=number) for number in range(6)]


def built(*args: Any, **kwargs: Any) -> dict[date, Day]:
    return {day.first: day for day in build_days(diary(*args, **kwargs), WEEK)}


def test_a_lesson_says_when_where_and_who() -> None:
    shown = built(lesson(1, MONDAY, 2, topic="Дроби"))[MONDAY].lessons[0]
    assert (shown.number, shown.starts, shown.ends) == (2, "09:30", "10:15")
    assert (shown.subject, shown.room, shown.topic) == ("Алгебра", "310", "Дроби")
    assert shown.teacher == "Лебедева\N{NO-BREAK SPACE}Т.\N{NO-BREAK SPACE}А."
    assert shown.change is None
    assert not shown.cancelled


@pytest.mark.parametrize(
    ("rows", "day", "texts"),
    [
        ([lesson(1, MONDAY, **homework("§ 1", FRIDAY)), lesson(2, FRIDAY)], FRIDAY, ["§ 1"]),
        # without a date: for the next lesson of the course
        ([lesson(1, MONDAY, **homework("§ 1")), lesson(2, THURSDAY)], THURSDAY, ["§ 1"]),
        # … which is not the cancelled one
        (
            [
                lesson(1, MONDAY, **homework("§ 1")),
                lesson(2, THURSDAY, cancelled=True),
                lesson(3, FRIDAY),
            ],
            FRIDAY,
            ["§ 1"],
        ),
        # … nor one of another course
        (
            [
                lesson(1, MONDAY, **homework("§ 1")),
                lesson(2, THURSDAY, course_id=11),
                lesson(3, FRIDAY),
            ],
            FRIDAY,
            ["§ 1"],
        ),
        # two at once, in the order they were set
        (
            [
                lesson(1, MONDAY, **homework("§ 1", FRIDAY)),
                lesson(2, TUESDAY, **homework("§ 2")),
                lesson(3, FRIDAY),
            ],
            FRIDAY,
            ["§ 1", "§ 2"],
        ),
        # set for the very day it was given on: not due to anything
        ([lesson(1, FRIDAY, **homework("§ 1", FRIDAY))], FRIDAY, []),
    ],
)
def test_homework_stands_at_the_lesson_it_is_for(
    rows: list[Any], day: date, texts: list[str]
) -> None:
    last = built(*rows)[day].lessons[-1]
    assert [task.text for task in last.due] == texts


def test_homework_without_a_lesson_that_day_stands_alone() -> None:
    rows = [lesson(1, MONDAY, **homework("§ 1", FRIDAY)), lesson(2, FRIDAY, course_id=11)]
    friday = built(*rows)[FRIDAY]
    assert friday.lessons[0].due == ()
    assert [(one.subject, one.task.text) for one in friday.loose] == [("Алгебра", "§ 1")]


def test_homework_is_due_until_its_lesson_ends() -> None:
    rows = [lesson(1, MONDAY, **homework("§ 1", WEDNESDAY)), lesson(2, WEDNESDAY, 1)]
    ends = rows[1].ends_at
    before = built(*rows, now=ends - timedelta(seconds=1))[WEDNESDAY].lessons[0]
    after = built(*rows, now=ends)[WEDNESDAY].lessons[0]
    assert before.due
    assert before.running
    assert not after.due
    assert not after.running


def test_minutes_add_up_for_days_to_come() -> None:
    rows = [
        lesson(1, MONDAY, **homework("§ 1", FRIDAY, 25)),
        lesson(2, TUESDAY, course_id=11, **homework("§ 2", FRIDAY, 40)),
        lesson(3, TUESDAY, 2, course_id=12, **homework("§ 3", FRIDAY)),
        lesson(4, MONDAY, 3, course_id=13, **homework("§ 4", TUESDAY, 10)),
    ]
    days = built(*rows)
    assert days[FRIDAY].minutes == 65
    assert days[TUESDAY].minutes is None  # past
    assert days[THURSDAY].minutes is None  # nothing known is no zero


def test_nothing_set_is_said_and_takes_no_time() -> None:
    rows = [lesson(1, MONDAY, **homework("", FRIDAY, nothing=True)), lesson(2, FRIDAY)]
    days = built(*rows)
    assert days[MONDAY].lessons[0].task is not None
    assert days[FRIDAY].lessons[0].due[0].nothing
    assert days[FRIDAY].minutes is None


def test_a_break_is_one_entry_and_yields_to_lessons() -> None:
    holiday = Break("Каникулы", Span(TUESDAY, date(2026, 11, 23)), frozenset())
    days = build_days(diary(lesson(1, THURSDAY), breaks=(holiday,)), WEEK)
    spans = [(day.first, day.last, day.pause, len(day.lessons)) for day in days]
    assert spans == [
        (MONDAY, MONDAY, None, 0),
        (TUESDAY, WEDNESDAY, "Каникулы", 0),
        (THURSDAY, THURSDAY, None, 1),
        (FRIDAY, date(2026, 11, 21), "Каникулы", 0),
    ]


def test_a_move_names_both_ends() -> None:
    rows = [lesson(1, TUESDAY, 3, cancelled=True), lesson(2, FRIDAY, 5, off_timetable=True)]
    days = built(*rows)
    left, came = days[TUESDAY].lessons[0].change, days[FRIDAY].lessons[0].change
    assert left is not None
    assert came is not None
    assert left.cancelled
    assert left.moved_to == Place(FRIDAY, 5)
    assert came.moved_from == Place(TUESDAY, 3)
    assert not came.extra


def test_an_extra_lesson_is_no_move() -> None:
    rows = [
        lesson(1, TUESDAY, cancelled=True, course_id=11),
        lesson(2, FRIDAY, off_timetable=True),
    ]
    change = built(*rows)[FRIDAY].lessons[0].change
    assert change is not None
    assert change.extra
    assert change.moved_from is None


def test_a_move_takes_the_nearest_and_each_once() -> None:
    rows = [
        lesson(1, MONDAY, cancelled=True),
        lesson(2, THURSDAY, cancelled=True),
        lesson(3, FRIDAY, 6, off_timetable=True),
        lesson(4, FRIDAY, 7, off_timetable=True),
        lesson(5, FRIDAY, 8, off_timetable=True),
    ]
    moves = pair_moves(rows)
    assert moves[3] == Place(THURSDAY, 1)
    assert moves[4] == Place(MONDAY, 1)
    assert 5 not in moves


def test_a_substitution_names_the_planned_teacher() -> None:
    row = lesson(
        1, MONDAY, planned_surname="Лаптев", planned_given_name="Олег", planned_patronymic=None
    )
    change = built(row)[MONDAY].lessons[0].change
    assert change is not None
    assert change.instead_of == "Лаптев\N{NO-BREAK SPACE}О."


@pytest.mark.parametrize(
    ("code", "minutes", "letter", "words", "late"),
    [
        ("n", None, "н", "Absent, no reason given yet", False),
        ("b", None, "б", "Absent because of illness", False),
        ("u", None, "у", "Absent for a valid reason", False),
        ("p", None, "п", "Absent without a valid reason", False),
        ("o", 10, "о", "Late by 10 min", True),
        ("o", None, "о", "Late", True),
    ],
)
def test_absences_are_said_in_words(
    code: str, minutes: int | None, letter: str, words: str, late: bool
) -> None:
    row = lesson(1, MONDAY, absence=code, late_minutes=minutes)
    absence = built(row)[MONDAY].lessons[0].absence
    assert absence is not None
    assert (absence.letter, str(absence.words), absence.late) == (letter, words, late)
    assert absence.css == f"c-{code}"


def test_a_retaken_mark_is_struck_and_stays_in_its_lesson() -> None:
    marks = (mark(1, "2"), mark(2, "4", retake_of_id=1), mark(3, "5", lesson_id=9))
    shown = built(lesson(1, MONDAY), marks=marks)[MONDAY].lessons[0].marks
    assert [(one.value, one.retaken) for one in shown] == [("2", True), ("4", False)]


def test_the_wall_clock_is_the_schools() -> None:
    summer = datetime(2026, 11, 16, 22, 30, tzinfo=UTC)
    row = lesson(1, date(2026, 11, 17), starts_at=summer, ends_at=summer + timedelta(minutes=45))
    assert built(row)[TUESDAY].lessons[0].starts == "01:30"


days = st.sampled_from(WEEK)
rows = st.lists(
    st.tuples(days, st.integers(1, 3), st.booleans(), st.booleans(), st.none() | days),
    max_size=12,
)


@given(rows)
def test_every_lesson_is_shown_once_and_every_task_at_most_once(made: list[Any]) -> None:
    made.sort(key=lambda one: one[0])
    lessons = [
        lesson(
            number,
            day,
            number + 1,
            course_id=course,
            cancelled=cancelled,
            off_timetable=off,
            **homework(f"§ {number}", due),
        )
        for number, (day, course, cancelled, off, due) in enumerate(made)
    ]
    shown = built(*lessons, now=datetime(2026, 11, 15, tzinfo=UTC))
    numbers = [one.number for day in shown.values() for one in day.lessons]
    assert sorted(numbers) == sorted(one.number for one in lessons)
    texts = [task.text for day in shown.values() for one in day.lessons for task in one.due]
    texts += [one.task.text for day in shown.values() for one in day.loose]
    assert len(texts) == len(set(texts))
    assert set(texts) == {one.task.text for due in due_tasks(lessons).values() for one in due}


@given(rows)
def test_moves_are_pairs(made: list[Any]) -> None:
    lessons = [
        lesson(number, day, number + 1, course_id=course, cancelled=cancelled, off_timetable=off)
        for number, (day, course, cancelled, off, _) in enumerate(made)
    ]
    moves = pair_moves(lessons)
    by_place = {Place(one.held_on, one.number): one for one in lessons}
    for id_, place in moves.items():
        one, other = lessons[id_], by_place[place]
        assert one.cancelled != other.cancelled
        assert one.course_id == other.course_id
        assert moves[other.id] == Place(one.held_on, one.number)
