"""Pure rules of years, terms, breaks and bells: in order, inside one another, without overlaps.

The import of a workbook and the pages of the set-up ask the same questions and say the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from journal.core.messages import N_, Message

HIGHEST_NUMBER = {"quarter": 4, "trimester": 3, "half_year": 2}
LONGEST_YEAR = 400
ONE_DAY = timedelta(days=1)


class Dated(Protocol):
    """Anything half-open."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ends_before(self) -> date: ...


class YearLike(Dated, Protocol):
    """учебный год."""

    @property
    def name(self) -> str: ...


class TermLike(Dated, Protocol):
    """учебный период."""

    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def marks_from(self) -> date | None: ...
    @property
    def marks_before(self) -> date | None: ...


class BellLike(Protocol):
    """One lesson of a set of bells."""

    @property
    def lesson_number(self) -> int: ...
    @property
    def starts_at(self) -> time: ...
    @property
    def ends_at(self) -> time: ...


Row = TypeVar("Row")
SomeYear = TypeVar("SomeYear", bound=YearLike)
SomeTerm = TypeVar("SomeTerm", bound=TermLike)
SomeDated = TypeVar("SomeDated", bound=Dated)
SomeBell = TypeVar("SomeBell", bound=BellLike)


@dataclass(frozen=True, slots=True)
class Wrong(Generic[Row]):
    """What is wrong with a row: the field and what to do."""

    row: Row
    field: str
    message: Message


def wrong_years(years: Iterable[SomeYear]) -> Iterator[Wrong[SomeYear]]:
    """A year ends after it begins, is no longer than a year, and years do not overlap."""
    before: SomeYear | None = None
    for year in sorted(years, key=lambda one: one.starts_on):
        if year.ends_before <= year.starts_on:
            message = N_("The year ends before it begins. Correct it.")
            yield Wrong(year, "ends_before", message)
        elif (year.ends_before - year.starts_on).days > LONGEST_YEAR:
            message = N_("The year is too long. Correct its last day.")
            yield Wrong(year, "ends_before", message)
        elif before and year.starts_on < before.ends_before:
            message = N_("The year begins before %(name)s has ended. Correct it.", name=before.name)
            yield Wrong(year, "starts_on", message)
        before = year


def wrong_term(term: SomeTerm, year: YearLike | None) -> Iterator[Wrong[SomeTerm]]:
    """A term lies in its year, its window of term marks ends after it begins."""
    if term.number > HIGHEST_NUMBER[term.kind]:
        message = N_("There is no such period in a year. Correct the number.")
        yield Wrong(term, "number", message)
    if term.ends_before <= term.starts_on:
        message = N_("The period ends before it begins. Correct it.")
        yield Wrong(term, "ends_before", message)
        return
    if year and term.starts_on < year.starts_on:
        yield Wrong(term, "starts_on", outside_year(year))
    if year and term.ends_before > year.ends_before:
        yield Wrong(term, "ends_before", outside_year(year))
    opens, closes = term.marks_from, term.marks_before
    if opens and closes and closes <= opens:
        message = N_("The window ends before it begins. Correct it.")
        yield Wrong(term, "marks_before", message)


def wrong_sequence(grade: int, terms: Sequence[SomeTerm]) -> Iterator[Wrong[SomeTerm]]:
    """The terms of one parallel, in order of their start: of one kind, numbered, apart."""
    for before, term in pairwise(terms):
        if term.kind != before.kind:
            message = N_("Parallel %(grade)s has periods of two kinds. Leave one.", grade=grade)
            yield Wrong(term, "kind", message)
        elif term.number <= before.number:
            message = N_("Period %(number)s stands out of order. Correct it.", number=term.number)
            yield Wrong(term, "number", message)
        elif term.starts_on < before.ends_before:
            message = N_(
                "The period begins before the one before it has ended (%(day)s). Correct it.",
                day=written_day(before.ends_before - ONE_DAY),
            )
            yield Wrong(term, "starts_on", message)


def wrong_break(one: SomeDated) -> Iterator[Wrong[SomeDated]]:
    """A break ends on its first day or later."""
    if one.ends_before <= one.starts_on:
        yield Wrong(one, "ends_before", N_("The break ends before it begins. Correct it."))


def wrong_bells(bells: Iterable[SomeBell]) -> Iterator[Wrong[SomeBell]]:
    """The lessons of one set: each ends after it begins, and they follow one another."""
    sound = []
    for bell in bells:
        if bell.ends_at <= bell.starts_at:
            message = N_("The lesson ends before it begins. Correct it.")
            yield Wrong(bell, "ends_at", message)
        else:
            sound.append(bell)
    for before, bell in pairwise(sorted(sound, key=lambda one: one.lesson_number)):
        if bell.starts_at < before.ends_at:
            message = N_("The lesson begins before the one before it has ended. Correct it.")
            yield Wrong(bell, "starts_at", message)


def outside_year(year: YearLike) -> Message:
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
