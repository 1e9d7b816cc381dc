"""A school under the letters of МП-1: half-years, moves, who counts where."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from journal.exchange.calendar import HalfYears, half_years
from journal.exchange.drill import behind
from journal.exchange.figures import ClassLine, Content, Figures
from journal.exchange.forms import MP1
from journal.exchange.forms.mp1 import H1, H2, YEAR
from journal.exchange.school import School
from journal.school.headcount import ClassStay
from journal.school.rules import Span, TermSpan
from journal.school.stays import YearClass
from tests.exchange.filled import THRESHOLDS
from tests.rules.attended import FIRST, Attended

BEFORE, END = date(2026, 12, 31), date(2027, 6, 1)
CLASSES = [YearClass(1, "5А", 5, "А", "full_time"), YearClass(2, "5Б", 5, "Б", "full_time")]
HALVES = HalfYears(FIRST, END, {5: BEFORE})


def term(kind: str, number: int, grades: set[int], ends_before: date) -> TermSpan:
    return TermSpan(1, kind, number, frozenset(grades), FIRST, ends_before, None, None)


def klass(grade: int) -> YearClass:
    return YearClass(grade, f"{grade}А", grade, "А", "full_time")


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([term("quarter", 2, {2, 5}, BEFORE)], {2: BEFORE, 5: BEFORE, 10: BEFORE}),
        (
            [term("quarter", 2, {2, 5}, BEFORE), term("half_year", 1, {10}, date(2026, 12, 28))],
            {2: BEFORE, 5: BEFORE, 10: date(2026, 12, 28)},
        ),
        (
            [term("trimester", 1, {2}, date(2026, 11, 20)), term("quarter", 2, {5}, BEFORE)],
            {2: BEFORE, 5: BEFORE, 10: BEFORE},
        ),
        ([], dict.fromkeys((2, 5, 10), date(2027, 1, 1))),
    ],
)
def test_half_year_i_ends_with_quarter_2_or_half_year_1(
    terms: list[TermSpan], expected: dict[int, date]
) -> None:
    found = half_years(FIRST, END, terms, [klass(grade) for grade in (2, 5, 10)])
    assert found.boundaries == expected


def stay(pupil: int, class_id: int, since: date = FIRST, before: date | None = None) -> ClassStay:
    return ClassStay(pupil, class_id, Span(since, before))


def numbers(
    stays: list[ClassStay], attended: Attended | None = None, today: date = END
) -> dict[str, dict[str, dict[str, int]]]:
    """Sheet and class to the numbers of the row."""
    facts = (attended or Attended()).facts()
    found = School(CLASSES, stays, HALVES, facts, today).numbers(THRESHOLDS)
    return {
        sheet: {one.name: dict(row) for one, row in zip(CLASSES, rows, strict=True)}
        for sheet, rows in found.items()
    }


def moved(row: dict[str, int]) -> list[int]:
    return [row[letter] for letter in "EFGHI"]


def test_events_after_the_first_day_count_and_the_winter_break_belongs_to_ii() -> None:
    """1 stays; 2 comes on 2 September; 3 leaves the day half-year II begins; 5 leaves and returns
    from outside; 6 moves twice, the second time back."""
    day, ten = timedelta(days=1), timedelta(days=10)
    stays = [
        stay(1, 1),
        stay(2, 1, FIRST + day),
        stay(3, 1, FIRST, BEFORE),
        stay(5, 1, FIRST, FIRST + ten),
        stay(5, 1, FIRST + 2 * ten),
        stay(6, 1, FIRST, FIRST + ten),
        stay(6, 2, FIRST + ten, FIRST + 2 * ten),
        stay(6, 1, FIRST + 2 * ten),
    ]
    found = numbers(stays)
    assert moved(found[H1]["5А"]) == [4, 3, 1, 2, 1]
    assert moved(found[H1]["5Б"]) == [0, 1, 1, 1, 1]
    assert moved(found[H2]["5А"]) == [5, 0, 0, 1, 0]
    early = numbers(stays, today=FIRST + ten - day)
    assert moved(early[H1]["5А"]) == [4, 1, 0, 0, 0]
    assert moved(early[H2]["5А"]) == [5, 0, 0, 0, 0]


def test_a_class_opened_in_january_has_an_empty_first_half() -> None:
    found = numbers([stay(1, 1, FIRST, date(2027, 1, 11)), stay(1, 2, date(2027, 1, 11))])
    assert set(found[H1]["5Б"].values()) == {0}
    assert moved(found[H2]["5Б"]) == [0, 1, 1, 0, 0]
    assert moved(found[H2]["5А"]) == [1, 0, 0, 1, 1]


def test_two_stays_that_meet_in_one_class_are_one() -> None:
    middle = FIRST + timedelta(days=5)
    found = numbers([stay(1, 1, FIRST, middle), stay(1, 1, middle)])
    assert moved(found[H1]["5А"]) == [1, 0, 0, 0, 0]


def test_a_pupil_counts_once_where_he_was_last_and_the_year_anew() -> None:
    """Pupil 1 moves to 5Б: misses 2 of 3 in half-year I and nothing of 7 in II; 2 misses nothing;
    3 leaves in autumn having missed 1 of 1 without reason; 4 has no lessons."""
    autumn, winter = FIRST + timedelta(days=30), BEFORE + timedelta(days=20)
    stays = [
        stay(1, 1, FIRST, autumn),
        stay(1, 2, autumn),
        stay(2, 2),
        stay(3, 1, FIRST, FIRST + timedelta(days=3)),
        stay(4, 1, autumn, autumn + timedelta(days=1)),
    ]
    school = Attended()
    school.seat(10, (1,), before=autumn)
    school.seat(10, (3,), before=FIRST + timedelta(days=3))
    school.seat(20, (1,), in_class=2, since=autumn)
    school.seat(20, (2,), in_class=2)
    school.lesson(10, FIRST, 1, p1="b", p3="p")
    school.lesson(20, autumn, 1, p1="b")
    school.lesson(20, autumn, 2, p2="o")
    for number in range(1, 8):
        school.lesson(20, winter, number)
    found = numbers(stays, school)
    pupils = {
        (sheet, name): [found[sheet][name][letter] for letter in ("Y", "Z", "AA")]
        for sheet in (H1, H2, YEAR)
        for name in ("5А", "5Б")
    }
    assert pupils == {
        (H1, "5А"): [1, 1, 0],
        (H1, "5Б"): [1, 0, 1],
        (H2, "5А"): [0, 0, 0],
        (H2, "5Б"): [0, 0, 2],
        (YEAR, "5А"): [1, 1, 0],
        (YEAR, "5Б"): [0, 0, 1],
    }
    assert [found[H1]["5Б"][letter] for letter in "KLRVW"] == [2, 4, 1, 1, 0]
    assert [found[H2]["5Б"][letter] for letter in "KL"] == [7, 14]
    assert [found[H1]["5А"][letter] for letter in "KLRTWX"] == [1, 2, 1, 1, 2, 1]


def test_behind_every_cell_stands_what_it_counts() -> None:
    """Whatever the graph: as many orders, lessons, pupil-lessons, days or pupils as it says; behind
    a share, its numerator."""
    autumn, winter = FIRST + timedelta(days=9), BEFORE + timedelta(days=9)
    stays = [stay(1, 1), stay(2, 1), stay(3, 2), stay(4, 1, FIRST, autumn), stay(4, 2, autumn)]
    stays += [stay(5, 2, FIRST, winter), stay(6, 2, winter), stay(7, 1, autumn, winter)]
    school = Attended()
    school.seat(10, (1, 2))
    school.seat(20, (3,), in_class=2)
    school.seat(30, (2,))
    school.seat(30, (3,), in_class=2)
    school.release(2, 7)
    school.lesson(10, FIRST, 1, p1="b", p2="u", distance=True)
    school.lesson(10, FIRST, 2, p1="b", p2="o", subject=7)
    school.lesson(20, FIRST, 1, p3="n")
    school.lesson(30, BEFORE, 1, p2="p")
    school.lesson(30, BEFORE, 2, cancelled=True)
    facts = School(CLASSES, stays, HALVES, school.facts(), END)
    lines = [ClassLine(one.name, one.grade) for one in CLASSES]
    figures = Figures(MP1, Content(classes=lines, numbers=facts.numbers(THRESHOLDS)), THRESHOLDS)
    numerators = {"AB": "O", "AC": "Q", "AD": "R", "AE": "T", "AF": "Q"}
    for sheet in MP1.sheets:
        for row, one in enumerate(CLASSES):
            for column in sheet.columns:
                cell = {"sheet": sheet.name, "class_id": one.id, "letter": column.letter}
                found = behind(facts, **cell, thresholds=THRESHOLDS)  # type: ignore[arg-type]
                told = figures.value(sheet, row, numerators.get(column.letter, column.letter))
                missed = figures.value(sheet, row, "Q") if column.letter == "AB" else 0
                assert found.value == int(told) - int(missed), cell
    whole = behind(facts, sheet=YEAR, class_id=1, letter="Q", thresholds=THRESHOLDS)
    assert [(s.pupil_id, s.state) for s in whole.states] == [(1, "b"), (2, "u"), (1, "b"), (2, "p")]
    left = behind(facts, sheet=H1, class_id=1, letter="H", thresholds=THRESHOLDS)
    assert [(one.pupil_id, one.day, one.other) for one in left.events] == [(4, autumn, 2)]
    end = behind(facts, sheet=H1, class_id=1, letter="J", thresholds=THRESHOLDS)
    assert sorted(end.members) == [1, 2, 7]
