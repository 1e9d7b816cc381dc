"""Marks by subject and term, and absences by term."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from journal.attendance.pupil_facts import PupilAbsence
from journal.diary.rules.absences import by_term
from journal.diary.rules.marks import average_entries, by_subject, rows_by_subject, shown_marks
from journal.diary.rules.terms import summary, term_marks_of, year_of_marks
from journal.grading.pupil_facts import PupilTermMark
from journal.grading.rules import USUAL, RuleBook, weighted_average
from journal.school.rules import TermSpan
from tests.features.diary.rows import MONDAY, mark


def term(number: int, starts_on: date, ends_before: date) -> TermSpan:
    return TermSpan(number, "quarter", number, frozenset(), starts_on, ends_before, None, None)


FIRST = term(1, date(2026, 9, 1), date(2026, 10, 25))
SECOND = term(2, date(2026, 11, 2), date(2026, 12, 28))
THIRD = term(3, date(2027, 1, 11), date(2027, 3, 22))


def test_subjects_keep_their_order_and_movers_one_subject() -> None:
    rows = [
        mark(1, "5", held_on=date(2026, 11, 3), lesson_id=1),
        mark(2, "4", held_on=date(2026, 11, 10), lesson_id=50),  # the same subject elsewhere
        mark(3, "3", subject_id=8, subject="Физика"),
    ]
    found = by_subject(rows_by_subject(rows), {}, USUAL)
    assert [(one.subject, len(one.marks)) for one in found] == [("Алгебра", 2), ("Физика", 1)]
    assert found[0].average.text == "4,50"


def test_a_term_mark_alone_is_a_subject_too() -> None:
    found = by_subject(
        rows_by_subject([mark(1, "5")]), {7: ("Алгебра", "5"), 9: ("Труд", "зач")}, USUAL
    )
    assert [(one.subject, one.term_mark) for one in found] == [("Алгебра", "5"), ("Труд", "зач")]
    assert found[1].average.text is None
    assert found[1].counted == 0


def test_a_deadline_is_shown_for_a_dot_only() -> None:
    rows = [mark(1, "•", deadline=MONDAY), mark(2, "5", deadline=MONDAY)]
    assert [one.deadline for one in shown_marks(rows)] == [MONDAY, None]


values = st.sampled_from(["5", "4", "3", "2", "1", "•", "н/а", "осв", "зач"])
marks = st.lists(st.tuples(values, st.integers(1, 10), st.booleans()), max_size=15)


@given(marks)
def test_the_trend_ends_at_the_average(made: list[tuple[str, int, bool]]) -> None:
    rows = [
        mark(number, value, weight, retake_of_id=number - 1 if retake and number else None)
        for number, (value, weight, retake) in enumerate(made)
    ]
    for subject in by_subject(rows_by_subject(rows), {}, USUAL):
        figure = weighted_average(average_entries(rows), USUAL)
        assert subject.average == figure
        assert len(subject.trend) == subject.counted
        if subject.trend:
            assert Fraction(*subject.trend[-1]) == figure.value


def test_a_year_begins_with_the_present_term_and_ends_between_the_terms() -> None:
    rows = [
        mark(1, "5", held_on=date(2026, 9, 7)),
        mark(2, "4", held_on=date(2026, 10, 28)),  # in the break
        mark(3, "3", held_on=date(2026, 11, 9)),
    ]
    found = year_of_marks([FIRST, SECOND, THIRD], rows, [], RuleBook((), date(2026, 11, 20)))
    assert [one.term_id for one in found] == [2, 1, 0]
    assert found[-1].name is None
    assert [one.subjects[0].marks[0].value for one in found] == ["3", "5", "4"]


def test_a_term_takes_its_own_term_marks() -> None:
    given_marks = [
        PupilTermMark(7, "Алгебра", "quarter", 1, "4"),
        PupilTermMark(7, "Алгебра", "quarter", 2, "5"),
    ]
    found = term_marks_of(SECOND, [], given_marks, RuleBook((), date(2026, 11, 20)))
    assert [one.term_mark for one in found.subjects] == ["5"]


def test_the_summary_has_a_place_for_every_term_and_for_exams_if_there_are_any() -> None:
    given_marks = [
        PupilTermMark(7, "Алгебра", "quarter", 1, "4"),
        PupilTermMark(7, "Алгебра", "exam", 0, "5"),
    ]
    found = summary([FIRST, SECOND], given_marks)
    assert [str(name) for name in found.columns] == ["I quarter", "II quarter", "Year", "Exam"]
    shown = [one.value if one else None for one in found.rows[0].values]
    assert shown == ["4", None, None, "5"]


def test_absences_are_counted_by_reason_and_lateness_apart() -> None:
    rows = [
        PupilAbsence(date(2026, 11, 10), 1, "Алгебра", "b", None),
        PupilAbsence(date(2026, 11, 10), 2, "Физика", "b", None),
        PupilAbsence(date(2026, 11, 9), 3, "Физика", "o", 5),
        PupilAbsence(date(2026, 11, 6), 1, "Труд", "n", None),
        PupilAbsence(date(2026, 10, 28), 1, "Труд", "p", None),
    ]
    second, first, between = by_term(rows, [SECOND, FIRST])
    assert (second.missed, second.ill, second.unknown, second.late) == (3, 2, 1, 1)
    assert [(day.day, len(day.lessons)) for day in second.days] == [
        (date(2026, 11, 10), 2),
        (date(2026, 11, 9), 1),
        (date(2026, 11, 6), 1),
    ]
    assert (first.missed, first.days) == (0, ())
    assert (between.name, between.invalid) == (None, 1)
