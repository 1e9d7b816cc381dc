"""The stages of a year as the school sees them: each row of terms, then year, exam and final."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from journal.results.rules.places import (
    AFTER_THE_TERMS,
    FinalWindow,
    Place,
    place_of_term,
    result_window,
)
from journal.school.rules import Span, TermSpan


class StageState(StrEnum):
    """Of its window: not set, to come, open, or over (then everything inside is locked)."""

    NOT_SET = "not_set"
    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


class Year(Protocol):
    """An academic year, half-open."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ends_before(self) -> date: ...


class NumberedWindow(FinalWindow, Protocol):
    """A stored window of year, exam or final marks."""

    @property
    def id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Stage:
    """A term of some grades, or year, exam, final marks of some (empty grades = all).

    `window_id` is the stored window of a stage after the terms; without one the days are those of
    the last terms and are set by making one.
    """

    key: str
    place: Place
    grades: frozenset[int]
    window_id: int | None = None

    def state(self, today: date) -> StageState:
        """By the days of its window."""
        place = self.place
        if place.marks_before is None:
            return StageState.NOT_SET
        if today >= place.marks_before:
            return StageState.CLOSED
        return StageState.OPEN if result_window(place, today).open else StageState.COMING

    @property
    def last_day(self) -> date | None:
        """The last day of entering."""
        before = self.place.marks_before
        return before - timedelta(days=1) if before else None


def stages_of_year(
    terms: Sequence[TermSpan], windows: Iterable[NumberedWindow], year: Year
) -> tuple[Stage, ...]:
    """The stages in order. Year marks always have one; exam and final where a window is stored."""
    ordered = sorted(terms, key=lambda one: (min(one.grades, default=0), one.starts_on))
    found = [_of_term(term) for term in ordered]
    stored = list(windows)
    for kind in AFTER_THE_TERMS:
        mine = [one for one in stored if one.kind == kind]
        found += [_of_window(one, year) for one in mine]
        if kind == "year" and not any(not one.grades for one in mine) and terms:
            found.append(_of_last_terms(terms, year))
    return tuple(found)


def _of_term(term: TermSpan) -> Stage:
    return Stage(term_key(term.id), place_of_term(term), term.grades)


def term_key(term_id: int) -> str:
    """How a term stands in an address."""
    return f"term-{term_id}"


def _of_window(window: NumberedWindow, year: Year) -> Stage:
    place = Place(
        kind=window.kind,
        number=0,
        term_id=None,
        span=Span(year.starts_on, year.ends_before),
        marks_from=window.marks_from,
        marks_before=window.marks_before,
    )
    return Stage(f"window-{window.id}", place, window.grades, window.id)


def _of_last_terms(terms: Sequence[TermSpan], year: Year) -> Stage:
    """Year marks without a window of their own: the widest of the last terms' windows."""
    last = [one for one in terms if one.ends_before == max(term.ends_before for term in terms)]
    begins = [one.marks_from for one in last if one.marks_from is not None]
    ends = [one.marks_before for one in last if one.marks_before is not None]
    place = Place(
        kind="year",
        number=0,
        term_id=None,
        span=Span(year.starts_on, year.ends_before),
        marks_from=min(begins, default=None),
        marks_before=max(ends, default=None),
    )
    return Stage("year", place, frozenset())


def stage_to_open(stages: Sequence[Stage], grades: Iterable[int], today: date) -> Stage | None:
    """Where most of these classes are (a grade for each), and rather where marks are entered now.

    A class is at its first open stage; else in its term; else in the latest it has begun. Without a
    class that has any the rule is that of a class all stages belong to.
    """
    classes = (_at(_of_grade(stages, grade), today) for grade in grades)
    votes = Counter(one.key for one in classes if one)

    def fit(stage: Stage) -> tuple[bool, int]:
        return stage.state(today) is StageState.OPEN, votes[stage.key]

    voted = [one for one in stages if one.key in votes]
    return max(voted, key=fit, default=None) or _at(stages, today)


def _of_grade(stages: Iterable[Stage], grade: int) -> list[Stage]:
    return [one for one in stages if not one.grades or grade in one.grades]


def _at(stages: Sequence[Stage], today: date) -> Stage | None:
    open_now = [one for one in stages if one.state(today) is StageState.OPEN]
    begun = [one for one in stages if one.place.number and one.place.span.starts_on <= today]
    latest = sorted(begun, key=lambda one: one.place.span.starts_on)[-1:]
    return next(iter(open_now or latest or stages), None)
