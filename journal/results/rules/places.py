"""Where a result is entered: the terms of a grade, then year, exam and final, each with its window.

The window of a term stands with the term. Those of year, exam and final are rows of their own; a
grade without one follows the window of its last term (ADR 0022).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from journal.core.messages import N_, Message
from journal.school.rules import Span, TermSpan, term_name, terms_of_grade

AFTER_THE_TERMS = ("year", "exam", "final")
GRADES_WITH_EXAMS = frozenset({9, 11})


class FinalWindow(Protocol):
    """A window of year, exam or final marks; empty grades = all."""

    @property
    def kind(self) -> str: ...
    @property
    def grades(self) -> frozenset[int]: ...
    @property
    def marks_from(self) -> date: ...
    @property
    def marks_before(self) -> date: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A column of results. `span` are the days it sums up; the window is half-open, None where the
    administrator has set nothing."""

    kind: str
    number: int
    term_id: int | None
    span: Span
    marks_from: date | None
    marks_before: date | None

    @property
    def key(self) -> str:
        """«quarter-2», «year»: as it stands in an address."""
        return f"{self.kind}-{self.number}" if self.number else self.kind

    @property
    def name(self) -> Message:
        """«II четверть», «Год»."""
        return term_name(self.kind, self.number)

    @property
    def title(self) -> Message:
        """As it stands within a sentence: «II четверть», «итоги года»."""
        return _TITLES.get(self.kind, self.name)

    @property
    def last_day(self) -> date:
        """Rosters and teachers of a result are those of this day."""
        return (self.span.ends_before or date.max) - timedelta(days=1)


_TITLES = {
    "year": N_("results of the year"),
    "exam": N_("marks of the exams"),
    "final": N_("final marks"),
}


def places_of_grade(
    terms: Iterable[TermSpan],
    grade: int,
    *,
    year: Span,
    windows: Collection[FinalWindow] = (),
    given: Collection[str] = (),
) -> tuple[Place, ...]:
    """The columns of a grade in order.

    Exam and final only where there can be any: in grades 9 and 11, where the administrator has set
    a window for them, and where such marks were given (`given` kinds).
    """
    own = terms_of_grade(terms, grade)
    if not own:
        return ()
    found = [place_of_term(term) for term in own]
    for kind in AFTER_THE_TERMS:
        window = _window_of(windows, kind, grade)
        if kind == "year" or grade in GRADES_WITH_EXAMS or window or kind in given:
            found.append(_of_year(kind, year, window, own[-1]))
    return tuple(found)


def place_of_term(term: TermSpan) -> Place:
    """A term as a column."""
    return Place(
        kind=term.kind,
        number=term.number,
        term_id=term.id,
        span=Span(term.starts_on, term.ends_before),
        marks_from=term.marks_from,
        marks_before=term.marks_before,
    )


def _window_of(windows: Iterable[FinalWindow], kind: str, grade: int) -> FinalWindow | None:
    """The row that names the grade; else the one for all."""
    mine = [one for one in windows if one.kind == kind and (not one.grades or grade in one.grades)]
    return max(mine, key=lambda one: bool(one.grades), default=None)


def _of_year(kind: str, year: Span, window: FinalWindow | None, last: TermSpan) -> Place:
    """Of an administrator who set nothing the last term's window counts."""
    return Place(
        kind=kind,
        number=0,
        term_id=None,
        span=year,
        marks_from=window.marks_from if window else last.marks_from,
        marks_before=window.marks_before if window else last.marks_before,
    )


class ResultWindow(NamedTuple):
    """Whether results of a place may be entered today; `why` not, with the way out. `early`: their
    days have not come."""

    open: bool
    why: Message | None = None
    early: bool = False


def result_window(place: Place, today: date) -> ResultWindow:
    """The window of a place: set by the administrator, prolonged by him alone (D23, D24)."""
    what = place.name
    if place.marks_before is None:
        why = N_(
            "%(what)s: the days of entering marks are not set. The administrator sets them.",
            what=what,
        )
        return ResultWindow(False, why)
    if place.marks_from is not None and today < place.marks_from:
        why = N_("%(what)s: marks are entered from %(day)s.", what=what, day=place.marks_from)
        return ResultWindow(False, why, early=True)
    if today >= place.marks_before:
        why = N_(
            "%(what)s: marks could be entered until %(day)s. "
            "The administrator can prolong the days.",
            what=what,
            day=place.marks_before - timedelta(days=1),
        )
        return ResultWindow(False, why)
    return ResultWindow(True)


def place_to_open(places: Sequence[Place], today: date) -> Place | None:
    """The first place whose window is open; else the one going on; else the latest begun."""
    for place in places:
        if result_window(place, today).open:
            return place
    begun = [one for one in places if one.number and one.span.starts_on <= today]
    return begun[-1] if begun else next(iter(places), None)


def named_place(places: Iterable[Place], key: str) -> Place | None:
    """The place of an address."""
    return next((place for place in places if place.key == key), None)
