"""Marks by term and subject, and the summary of term marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from journal.core.messages import Message
from journal.diary.rules.marks import SubjectMarks, by_subject, mark_css, rows_by_subject
from journal.grading.pupil_facts import PupilMark, PupilTermMark, SubjectRows
from journal.grading.rules import RuleBook
from journal.school.rules import TermSpan, term_name

_AFTER_THE_TERMS = ("year", "exam", "final")
GRADE_WITHOUT_MARKS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMarks:
    """Marks of one term by subject; `name` is None between the terms (they count in the year)."""

    term_id: int
    name: Message | None
    subjects: tuple[SubjectMarks, ...]


@dataclass(frozen=True, slots=True)
class TermMark:
    """A term mark on the screen."""

    value: str
    css: str


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """Term marks of a subject in the order of the summary's columns; None is not given yet."""

    subject: str
    values: tuple[TermMark | None, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Subjects × terms, then year, exam and final where there is any."""

    columns: tuple[Message, ...]
    rows: tuple[SummaryRow, ...]


def term_marks_of(
    term: TermSpan,
    subjects: Sequence[SubjectRows],
    given: Iterable[PupilTermMark],
    rules: RuleBook,
) -> TermMarks:
    """One term: its marks by subject, and its own of the term marks at hand."""
    own = {
        one.subject_id: (one.subject, one.value)
        for one in given
        if (one.kind, one.number) == (term.kind, term.number)
    }
    return TermMarks(
        term_id=term.id,
        name=term_name(term.kind, term.number),
        subjects=by_subject(subjects, own, rules.until(term.ends_before)),
    )


def year_of_marks(
    terms: Iterable[TermSpan],
    marks: Sequence[PupilMark],
    given: Sequence[PupilTermMark],
    rules: RuleBook,
) -> tuple[TermMarks, ...]:
    """The terms begun by now, the latest first; then the marks between the terms, if any."""
    terms = [term for term in terms if term.starts_on <= rules.today]
    found = [
        term_marks_of(term, rows_by_subject(_inside(term, marks)), given, rules)
        for term in reversed(terms)
    ]
    between = [mark for mark in marks if not any(term.covers(mark.held_on) for term in terms)]
    if between:
        subjects = by_subject(rows_by_subject(between), {}, rules.until(None))
        found.append(TermMarks(term_id=0, name=None, subjects=subjects))
    return tuple(found)


def _inside(term: TermSpan, marks: Iterable[PupilMark]) -> list[PupilMark]:
    first, before = term.starts_on, term.ends_before
    return [mark for mark in marks if first <= mark.held_on < before]


def summary(terms: Iterable[TermSpan], given: Sequence[PupilTermMark]) -> Summary:
    """What was given in the year, a row a subject."""
    places = [(term.kind, term.number) for term in terms]
    kinds = {one.kind for one in given}
    places += [(kind, 0) for kind in _AFTER_THE_TERMS if kind in kinds or kind == "year"]
    values: dict[str, dict[tuple[str, int], TermMark]] = {}
    for one in given:
        mark = TermMark(one.value, mark_css(one.value))
        values.setdefault(one.subject, {})[one.kind, one.number] = mark
    rows = (SummaryRow(name, tuple(map(row.get, places))) for name, row in values.items())
    return Summary(tuple(term_name(kind, number) for kind, number in places), tuple(rows))
