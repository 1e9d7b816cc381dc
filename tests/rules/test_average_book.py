"""A page's averages are those of the one function, however its marks are gathered."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from journal.grading.rules import Retake, RuleSet, weighted_average
from journal.register.rules.facts import (
    AverageBook,
    Facts,
    LessonFacts,
    MarkFacts,
    Marks,
    WorkFacts,
    WorkTypeFacts,
)

AT = datetime(2026, 11, 20, 6, tzinfo=UTC)
TYPES = {1: WorkTypeFacts(1, "Ответ", "Отв", 1, None)}
VALUES = st.sampled_from(["5", "4", "3", "2", "1", "н/а", "•", "зач"])
CELLS = st.lists(st.tuples(VALUES, st.integers(1, 10), st.none() | VALUES), max_size=20)


def lesson(number: int, weight: int) -> LessonFacts:
    works = (WorkFacts(number, 1, weight, None),)
    facts = (1, None, False, False, "lesson", "", None, 1, "", False, None)
    return LessonFacts(number, date(2026, 11, 20), 1, AT, AT, *facts, works)


@given(CELLS, st.sampled_from(Retake))
def test_averages_of_a_page(cells: list[tuple[str, int, str | None]], retake: Retake) -> None:
    lessons, marks = [], Marks()
    for number, (value, weight, again) in enumerate(cells, start=1):
        lessons.append(lesson(number, weight))
        marks[number] = [MarkFacts(2 * number, number, value, 1, None, None, None)]
        if again:
            retaken = MarkFacts(2 * number + 1, number, again, 1, None, 2 * number, None)
            marks[number].append(retaken)
    marks[0] = [MarkFacts(1, 99, "2", 1, None, None, None)]  # of a lesson beyond the page
    book, rules = AverageBook(lessons, Facts({7: marks}, {}), TYPES), RuleSet(retake=retake)
    figure, whole = book.average(7, rules), weighted_average(book.of(7), rules)
    assert (figure.value, figure.count) == (whole.value, whole.count)
    assert figure.explanation == whole.explanation
    assert figure.count == len(figure.explanation.counted)
    assert book.average(8, rules).value is None
