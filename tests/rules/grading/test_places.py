"""Columns of results and their windows; grades as people write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.cabinets.common.results.numbers import numbers_from, numbers_text
from journal.results.rules.places import place_to_open, places_of_grade, result_window
from journal.results.rules.states import StageState, stage_to_open, stages_of_year
from journal.school.rules import Span, TermSpan

YEAR = Span(date(2026, 9, 1), date(2027, 6, 1))
LOW, HIGH = frozenset(range(2, 10)), frozenset({10, 11})


def term(id_: int, kind: str, number: int, grades: frozenset[int], *days: date | None) -> TermSpan:
    starts_on, ends_before, marks_from, marks_before = days
    assert starts_on is not None and ends_before is not None
    return TermSpan(id_, kind, number, grades, starts_on, ends_before, marks_from, marks_before)


FIRST = (date(2026, 9, 1), date(2026, 11, 1), date(2026, 10, 25), date(2026, 11, 4))
SECOND = (date(2026, 11, 9), date(2027, 6, 1), date(2027, 5, 20), date(2027, 6, 5))
TERMS = [
    term(1, "quarter", 1, LOW, *FIRST),
    term(2, "quarter", 2, LOW, *SECOND),
    term(3, "half_year", 1, HIGH, date(2026, 9, 1), date(2027, 6, 1), None, None),
]


@dataclass(frozen=True)
class Window:
    id: int
    kind: str
    grades: frozenset[int]
    marks_from: date
    marks_before: date


EXAMS = [
    Window(1, "exam", frozenset(), date(2027, 5, 25), date(2027, 6, 20)),
    Window(2, "exam", frozenset({9}), date(2027, 6, 1), date(2027, 7, 1)),
]


@dataclass(frozen=True)
class Year:
    starts_on: date = date(2026, 9, 1)
    ends_before: date = date(2027, 6, 1)


YEAR_OF = Year()
COLUMNS = (
    (5, (), "quarter-1 quarter-2 year"),
    (9, (), "quarter-1 quarter-2 year exam final"),
    (11, (), "half_year-1 year exam final"),
    (5, EXAMS, "quarter-1 quarter-2 year exam"),
    (1, (), ""),
)


@pytest.mark.parametrize(("grade", "windows", "keys"), COLUMNS)
def test_columns_of_a_grade(grade: int, windows: list[Window], keys: str) -> None:
    places = places_of_grade(TERMS, grade, year=YEAR, windows=windows)
    assert " ".join(place.key for place in places) == keys


def test_the_window_of_a_grade_outdoes_that_of_all() -> None:
    ends = {}
    for grade in (8, 9):
        places = {p.key: p for p in places_of_grade(TERMS, grade, year=YEAR, windows=EXAMS)}
        ends[grade] = places["exam"].marks_before
        assert places["year"].marks_before == SECOND[3]  # nothing is set: the last term's
    assert ends == {8: date(2027, 6, 20), 9: date(2027, 7, 1)}


# The first and the last day of entering are inside, their neighbours are not.
WINDOWS = (
    (0, date(2026, 10, 24), False, True),
    (0, date(2026, 10, 25), True, False),
    (0, date(2026, 11, 3), True, False),
    (0, date(2026, 11, 4), False, False),
)


@pytest.mark.parametrize(("place", "today", "is_open", "early"), WINDOWS)
def test_a_window_is_half_open(place: int, today: date, is_open: bool, early: bool) -> None:
    found = result_window(places_of_grade(TERMS, 5, year=YEAR)[place], today)
    assert (found.open, found.early) == (is_open, early)
    assert (found.why is None) == is_open


def test_a_window_nobody_has_set_is_closed() -> None:
    found = result_window(places_of_grade(TERMS, 10, year=YEAR)[0], date(2027, 5, 30))
    assert not found.open
    assert found.why is not None and "administrator" in found.why.key


OPENS = (
    (date(2026, 9, 20), "quarter-1"),
    (date(2026, 10, 30), "quarter-1"),
    (date(2026, 12, 1), "quarter-2"),
    (date(2027, 5, 25), "quarter-2"),
    (date(2026, 8, 1), "quarter-1"),
)


@pytest.mark.parametrize(("today", "key"), OPENS)
def test_where_a_page_opens(today: date, key: str) -> None:
    found = place_to_open(places_of_grade(TERMS, 5, year=YEAR), today)
    assert found is not None and found.key == key


def test_stages_of_the_year() -> None:
    year = Window(9, "year", frozenset(), date(2026, 9, 1), date(2027, 6, 1))

    stages = stages_of_year(TERMS, EXAMS, YEAR_OF)
    assert [one.key for one in stages] == [
        "term-1",
        "term-2",
        "term-3",
        "year",
        "window-1",
        "window-2",
    ]
    today = date(2026, 10, 30)
    states = [one.state(today) for one in stages]
    coming, not_set = StageState.COMING, StageState.NOT_SET
    assert states == [StageState.OPEN, coming, not_set, coming, coming, coming]
    assert stages[0].state(date(2026, 11, 4)) is StageState.CLOSED
    opened = stage_to_open(stages, [5, 5, 10], today)
    assert opened is not None and opened.key == "term-1"
    own = stages_of_year(TERMS, [year], YEAR_OF)
    assert [one.key for one in own][-1] == "window-9"


HALVES = [
    term(1, "quarter", 1, LOW, *FIRST),
    term(2, "quarter", 2, LOW, date(2026, 11, 9), date(2026, 12, 28), None, None),
    term(3, "half_year", 1, HIGH, date(2026, 9, 1), date(2026, 12, 28), None, None),
    term(
        *(4, "half_year", 2, HIGH, date(2027, 1, 11), date(2027, 6, 1)),
        *(date(2027, 5, 20), date(2027, 6, 5)),
    ),
]
OPENED = (
    ([2, 5, 9, 10, 11], date(2026, 11, 20), "term-2"),  # a school with most classes in quarters
    ([10, 11, 11], date(2026, 11, 20), "term-3"),
    ([9, 10], date(2026, 11, 20), "term-2"),  # as many of both: the first
    ([9, 10, 11], date(2026, 11, 20), "term-3"),
    ([5, 6, 10], date(2026, 11, 3), "term-1"),  # a break, in which marks are entered
    ([5, 6, 10], date(2026, 11, 6), "term-1"),  # a break: the latest term of most of them
    ([5, 6, 10], date(2027, 2, 1), "term-2"),
    ([5, 5, 10], date(2026, 10, 30), "term-1"),
    ([5, 10, 11, 11], date(2026, 10, 30), "term-1"),  # few, but there marks are entered now
    ([5, 10], date(2026, 8, 20), "term-1"),
    ([10, 11], date(2026, 8, 20), "term-3"),
    ([], date(2026, 11, 20), "term-2"),
    ([1, 1], date(2027, 5, 25), "year"),  # no term is theirs
    ([5, 5, 10], date(2027, 5, 25), "year"),
    ([10], date(2027, 5, 25), "term-4"),
)


@pytest.mark.parametrize(("grades", "today", "key"), OPENED)
def test_a_page_opens_where_most_classes_are(grades: list[int], today: date, key: str) -> None:
    found = stage_to_open(stages_of_year(HALVES, [], YEAR_OF), grades, today)
    assert found is not None and found.key == key


def test_a_year_without_terms_opens_nowhere() -> None:
    assert stage_to_open([], [5, 6], date(2026, 11, 20)) is None


@given(st.frozensets(st.integers(1, 12)))
def test_grades_are_read_as_they_are_written(grades: frozenset[int]) -> None:
    assert numbers_from(numbers_text(grades)) == grades


@pytest.mark.parametrize("text", ["пять", "1-", "5,шесть", "100"])
def test_what_is_no_grade(text: str) -> None:
    assert numbers_from(text) is None
