"""The page of a course: pupils × places, each with proposal and decision. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from journal.grading.rules import Entry, RuleBook
from journal.grading.rules.proposals import (
    Attended,
    Part,
    Proposal,
    is_marked,
    propose_final,
    propose_for_term,
    propose_for_year,
)
from journal.results.rules.places import Place
from journal.school.rules import RosterEntry


class Given(Protocol):
    """A decided result."""

    @property
    def pupil_id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def value(self) -> str: ...
    @property
    def proposed(self) -> str | None: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def version(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the queries brought, by pupil; `attended` by (pupil, term)."""

    grade: int
    scale: str
    entries: Mapping[int, Sequence[Entry]]
    attended: Mapping[tuple[int, int], Attended]
    given: Mapping[tuple[int, str, int], Given]
    book: RuleBook


@dataclass(frozen=True, slots=True)
class Cell:
    """A pupil's result at a place. `expected`: he is on the roster on the last day, so it is
    entered here; `proposal` is None for an exam and for what has not begun."""

    expected: bool
    proposal: Proposal | None
    given: Given | None

    @property
    def missing(self) -> bool:
        """Expected and not entered."""
        return self.expected and self.given is None

    @property
    def offer(self) -> str | None:
        """The proposed value."""
        return self.proposal.value if self.proposal else None


@dataclass(frozen=True, slots=True)
class PupilRow:
    """A pupil's results in the order of the places."""

    pupil_id: int
    name: str
    class_name: str
    left_on: date | None
    cells: tuple[Cell, ...]


def pupil_rows(
    roster: Iterable[RosterEntry], places: Sequence[Place], facts: Facts
) -> tuple[PupilRow, ...]:
    """Everybody who was on the roster this year, in the order of names."""
    stays: dict[int, list[RosterEntry]] = {}
    for entry in roster:
        stays.setdefault(entry.pupil_id, []).append(entry)
    return tuple(_row(mine, places, facts) for mine in stays.values())


def _row(stays: Sequence[RosterEntry], places: Sequence[Place], facts: Facts) -> PupilRow:
    last = stays[-1]
    return PupilRow(
        last.pupil_id,
        last.name,
        last.class_name,
        last.span.ends_before,
        tuple(_cell(stays, place, places, facts) for place in places),
    )


def _cell(
    stays: Sequence[RosterEntry], place: Place, places: Sequence[Place], facts: Facts
) -> Cell:
    expected = _there(stays, place) and is_marked(facts.scale, facts.grade)
    given = facts.given.get((stays[0].pupil_id, place.kind, place.number))
    begun = place.span.starts_on <= facts.book.today
    proposal = _proposal(stays, place, places, facts) if expected and begun else None
    return Cell(expected, proposal, given)


def _there(stays: Iterable[RosterEntry], place: Place) -> bool:
    return any(stay.span.covers(place.last_day) for stay in stays)


def _proposal(
    stays: Sequence[RosterEntry], place: Place, places: Sequence[Place], facts: Facts
) -> Proposal | None:
    pupil_id = stays[0].pupil_id
    rules = facts.book.until(place.span.ends_before)
    if place.term_id is not None:
        entries = [one for one in facts.entries.get(pupil_id, ()) if place.span.covers(one.held_on)]
        attended = facts.attended.get((pupil_id, place.term_id), Attended())
        return propose_for_term(
            entries, attended, scale=facts.scale, grade=facts.grade, rules=rules
        )
    if place.kind == "year":
        terms = [one for one in places if one.term_id is not None]
        parts = [_part(stays, term, facts) for term in terms]
        return propose_for_year(parts, scale=facts.scale, grade=facts.grade, rules=rules)
    if place.kind == "final":
        year, exam = (_value(facts, pupil_id, kind) for kind in ("year", "exam"))
        return propose_final(year, exam, scale=facts.scale, grade=facts.grade, rules=rules)
    return None


def _part(stays: Sequence[RosterEntry], term: Place, facts: Facts) -> Part:
    """A term's mark; the year does not wait for terms that ended before the pupil came."""
    value = _value(facts, stays[0].pupil_id, term.kind, term.number)
    return Part(term.name, value, required=_there(stays, term))


def _value(facts: Facts, pupil_id: int, kind: str, number: int = 0) -> str | None:
    given = facts.given.get((pupil_id, kind, number))
    return given.value if given else None
