"""Years, terms, breaks and bells of a workbook: the rules of the school, told at their cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from journal.school.frame_rules import (
    Wrong,
    wrong_bells,
    wrong_break,
    wrong_sequence,
    wrong_term,
    wrong_years,
)
from journal.transfer.school.rows import BellRow, HolidayRow, TermRow, YearRow
from journal.transfer.specification import SheetFindings


def check_years(years: Iterable[YearRow], found: SheetFindings[YearRow]) -> None:
    """A year ends after it begins, is no longer than a year, and years do not overlap."""
    for wrong in wrong_years(years):
        found.fault(wrong.row, wrong.field, wrong.message)


def check_terms(
    terms: Sequence[TermRow], years: Iterable[YearRow], found: SheetFindings[TermRow]
) -> None:
    """Terms lie in their year, in order of their numbers, and do not overlap for any parallel."""
    by_name = {year.name: year for year in years}
    by_grade: dict[tuple[str, int], list[TermRow]] = defaultdict(list)
    for term in terms:
        for wrong in wrong_term(term, by_name.get(term.year)):
            if not _by_a_bad_cell(wrong, found):
                found.fault(term, wrong.field, wrong.message)
        if not found.bad(term):
            for grade in term.grades:
                by_grade[term.year, grade].append(term)
    for (_, grade), row in by_grade.items():
        row.sort(key=lambda term: (term.starts_on, term.row))
        for wrong in wrong_sequence(grade, row):
            found.fault(wrong.row, wrong.field, wrong.message)


def _by_a_bad_cell(wrong: Wrong[TermRow], found: SheetFindings[TermRow]) -> bool:
    """A window is not judged by a date that could not be read."""
    return wrong.field == "marks_before" and found.bad(wrong.row, "marks_from", "marks_before")


def check_holidays(holidays: Iterable[HolidayRow], found: SheetFindings[HolidayRow]) -> None:
    """A break ends on its first day or later."""
    for holiday in holidays:
        for wrong in wrong_break(holiday):
            found.fault(wrong.row, wrong.field, wrong.message)


def check_bells(bells: Iterable[BellRow], found: SheetFindings[BellRow]) -> None:
    """A lesson ends after it begins; the lessons of a set follow one another."""
    by_set: dict[tuple[str, int], list[BellRow]] = defaultdict(list)
    for bell in bells:
        if not found.bad(bell):
            by_set[bell.bell_set, bell.shift].append(bell)
    for row in by_set.values():
        for wrong in wrong_bells(row):
            found.fault(wrong.row, wrong.field, wrong.message)
