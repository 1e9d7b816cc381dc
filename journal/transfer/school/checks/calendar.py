"""Years, terms, breaks and bells: in order, inside one another, without overlaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from journal.core.messages import N_, Message
from journal.transfer.celltypes import ONE_DAY
from journal.transfer.school.rows import BellRow, HolidayRow, TermRow, YearRow
from journal.transfer.specification import SheetFindings

_HIGHEST = {"quarter": 4, "trimester": 3, "half_year": 2}
_LONGEST_YEAR = 400


def check_years(years: Iterable[YearRow], found: SheetFindings[YearRow]) -> None:
    """A year ends after it begins, is no longer than a year, and years do not overlap."""
    before: YearRow | None = None
    for year in sorted(years, key=lambda year: year.starts_on):
        if year.ends_before <= year.starts_on:
            found.fault(year, "ends_before", N_("The year ends before it begins. Correct it."))
        elif (year.ends_before - year.starts_on).days > _LONGEST_YEAR:
            found.fault(year, "ends_before", N_("The year is too long. Correct its last day."))
        elif before and year.starts_on < before.ends_before:
            found.fault(
                year,
                "starts_on",
                N_("The year begins before %(name)s has ended. Correct it.", name=before.name),
            )
        before = year


def check_terms(
    terms: Sequence[TermRow], years: Iterable[YearRow], found: SheetFindings[TermRow]
) -> None:
    """Terms lie in their year, in order of their numbers, and do not overlap for any parallel."""
    by_name = {year.name: year for year in years}
    by_grade: dict[tuple[str, int], list[TermRow]] = defaultdict(list)
    for term in terms:
        _check_term(term, by_name.get(term.year), found)
        if not found.bad(term):
            for grade in term.grades:
                by_grade[term.year, grade].append(term)
    for (_, grade), row in by_grade.items():
        _check_sequence(grade, sorted(row, key=lambda term: (term.starts_on, term.row)), found)


def _check_term(term: TermRow, year: YearRow | None, found: SheetFindings[TermRow]) -> None:
    if term.number > _HIGHEST[term.kind]:
        found.fault(term, "number", N_("There is no such period in a year. Correct the number."))
    if term.ends_before <= term.starts_on:
        found.fault(term, "ends_before", N_("The period ends before it begins. Correct it."))
        return
    if year and term.starts_on < year.starts_on:
        found.fault(term, "starts_on", outside_year(year))
    if year and term.ends_before > year.ends_before:
        found.fault(term, "ends_before", outside_year(year))
    opens, closes = term.marks_from, term.marks_before
    if opens and closes and closes <= opens and not found.bad(term, "marks_from", "marks_before"):
        found.fault(term, "marks_before", N_("The window ends before it begins. Correct it."))


def _check_sequence(grade: int, terms: Sequence[TermRow], found: SheetFindings[TermRow]) -> None:
    for before, term in pairwise(terms):
        if term.kind != before.kind:
            message = N_("Parallel %(grade)s has periods of two kinds. Leave one.", grade=grade)
            found.fault(term, "kind", message)
        elif term.number <= before.number:
            message = N_("Period %(number)s stands out of order. Correct it.", number=term.number)
            found.fault(term, "number", message)
        elif term.starts_on < before.ends_before:
            message = N_(
                "The period begins before the one before it has ended (%(day)s). Correct it.",
                day=written_day(before.ends_before - ONE_DAY),
            )
            found.fault(term, "starts_on", message)


def check_holidays(holidays: Iterable[HolidayRow], found: SheetFindings[HolidayRow]) -> None:
    """A break ends on its first day or later."""
    for holiday in holidays:
        if holiday.ends_before <= holiday.starts_on:
            message = N_("The break ends before it begins. Correct it.")
            found.fault(holiday, "ends_before", message)


def check_bells(bells: Iterable[BellRow], found: SheetFindings[BellRow]) -> None:
    """A lesson ends after it begins; the lessons of a set follow one another."""
    by_set: dict[tuple[str, int], list[BellRow]] = defaultdict(list)
    for bell in bells:
        if found.bad(bell):
            continue
        if bell.ends_at <= bell.starts_at:
            found.fault(bell, "ends_at", N_("The lesson ends before it begins. Correct it."))
        else:
            by_set[bell.bell_set, bell.shift].append(bell)
    for row in by_set.values():
        row.sort(key=lambda bell: bell.lesson_number)
        for before, bell in pairwise(row):
            if bell.starts_at < before.ends_at:
                message = N_("The lesson begins before the one before it has ended. Correct it.")
                found.fault(bell, "starts_at", message)


def outside_year(year: YearRow) -> Message:
    """What is said of a date outside its academic year."""
    return N_(
        "The date lies outside the academic year %(name)s (%(first)s–%(last)s). Correct it.",
        name=year.name,
        first=written_day(year.starts_on),
        last=written_day(year.ends_before - ONE_DAY),
    )


def written_day(day: date) -> str:
    """A day as people write it."""
    return f"{day:%d.%m.%Y}"
