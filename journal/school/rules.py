"""Pure rules of dated things: half-open spans, terms of a grade, odd and even weeks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from journal.core.messages import N_, Message


class Span(NamedTuple):
    """[starts_on, ends_before); None as the end means «open»."""

    starts_on: date
    ends_before: date | None

    def covers(self, day: date) -> bool:
        """Whether the day lies inside."""
        return self.starts_on <= day and (self.ends_before is None or day < self.ends_before)


def intersect(one: Span, other: Span) -> Span | None:
    """The common part, or None when there is none."""
    starts_on = max(one.starts_on, other.starts_on)
    ends = [end for end in (one.ends_before, other.ends_before) if end is not None]
    ends_before = min(ends) if ends else None
    if ends_before is not None and ends_before <= starts_on:
        return None
    return Span(starts_on, ends_before)


class RosterEntry(NamedTuple):
    """A pupil's stay on the roster of a group: in its class **and** its subgroup, half-open."""

    study_group_id: int
    pupil_id: int
    class_group_id: int
    class_name: str
    name: str
    span: Span


def on_roster(entries: Iterable[RosterEntry], *, pupil_id: int, day: date) -> bool:
    """Whether the pupil is on the roster that day."""
    return any(entry.pupil_id == pupil_id and entry.span.covers(day) for entry in entries)


@dataclass(frozen=True, slots=True)
class TermSpan:
    """A term as rules need it. `marks_before` ends the term-mark window (exclusive)."""

    id: int
    kind: str
    number: int
    grades: frozenset[int]
    starts_on: date
    ends_before: date
    marks_from: date | None
    marks_before: date | None

    def covers(self, day: date) -> bool:
        """Whether the day lies in the term."""
        return self.starts_on <= day < self.ends_before

    def closed_on(self, day: date) -> bool:
        """A term is closed after its term-mark window has ended (domain.md, «Edit windows»)."""
        return self.marks_before is not None and day >= self.marks_before


def terms_of_grade(terms: Iterable[TermSpan], grade: int) -> list[TermSpan]:
    """The terms of one parallel, in order."""
    return sorted(
        (term for term in terms if not term.grades or grade in term.grades),
        key=lambda term: (term.starts_on, term.number),
    )


def term_at(terms: Iterable[TermSpan], day: date) -> TermSpan | None:
    """The term the day lies in; None in a break."""
    for term in terms:
        if term.covers(day):
            return term
    return None


def term_to_open(terms: list[TermSpan], day: date) -> TermSpan | None:
    """The term a page opens with: the present one, else the latest begun, else the first."""
    begun = [term for term in terms if term.starts_on <= day]
    return begun[-1] if begun else (terms[0] if terms else None)


_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


def term_name(kind: str, number: int) -> Message:
    """«II четверть», «I полугодие»."""
    roman = _ROMAN.get(number, str(number))
    if kind == "quarter":
        return N_("%(number)s quarter", number=roman)
    if kind == "trimester":
        return N_("%(number)s trimester", number=roman)
    if kind == "half_year":
        return N_("%(number)s half-year", number=roman)
    return {"year": N_("Year"), "exam": N_("Exam")}.get(kind, N_("Final"))


def week_number(day: date, year_starts_on: date) -> int:
    """The school week of a day: the week of 1 September is 1; Monday begins; breaks count."""
    first = date(year_starts_on.year, 9, 1)
    monday = first - timedelta(days=first.weekday())
    return (day - monday).days // 7 + 1


def week_kind(day: date, year_starts_on: date) -> str:
    """odd or even."""
    return "odd" if week_number(day, year_starts_on) % 2 else "even"
