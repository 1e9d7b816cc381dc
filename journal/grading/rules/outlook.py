"""What lies ahead of a pupil by the school's rules: falling averages, н/а if nothing changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from journal.grading.rules.averages import NUMERIC, Entry, Figure, weighted_average
from journal.grading.rules.proposals import (
    NOT_ATTESTED,
    Attended,
    Proposal,
    propose_for_term,
)
from journal.grading.rules.rule_sets import RuleSet

# An average that fell by half a mark is shown; one by a whole mark, or two by a half, are a risk.
SHOWN_FALL = Fraction(1, 2)
DEEP_FALL = Fraction(1)
# Of fewer lessons with a register nothing is foretold: at the begin of a term one is half of all.
FEWEST_LESSONS = 3


@dataclass(frozen=True, slots=True)
class Fall:
    """A subject whose average fell from the earlier term to the present one."""

    subject_id: int
    subject: str
    before: Figure
    now: Figure

    @property
    def depth(self) -> Fraction:
        """By how much."""
        return (self.before.value or Fraction(0)) - (self.now.value or Fraction(0))


def fall_of(
    subject: tuple[int, str],
    earlier: tuple[Sequence[Entry], RuleSet],
    present: tuple[Sequence[Entry], RuleSet],
) -> Fall | None:
    """The fall between two terms, each by its rules; None where there is none, or where one of the
    terms has fewer marks than a term mark needs."""
    figures = []
    for entries, rules in (earlier, present):
        if sum(one.value in NUMERIC for one in entries) < rules.minimum_marks:
            return None
        figure = weighted_average(entries, rules)
        if figure.count < rules.minimum_marks:
            return None  # retakes took the place of others
        figures.append(figure)
    found = Fall(*subject, *figures)
    return found if found.depth >= SHOWN_FALL else None


def is_falling(falls: Sequence[Fall]) -> bool:
    """Whether the falls are a risk: one by a whole mark, or two by half a mark."""
    return len(falls) > 1 or any(one.depth >= DEEP_FALL for one in falls)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A subject where the rules would propose н/а today; the proposal says why."""

    subject_id: int
    subject: str
    proposal: Proposal


def ahead_of(
    subject: tuple[int, str],
    entries: Iterable[Entry],
    attended: Attended,
    *,
    scale: str,
    grade: int,
    rules: RuleSet,
) -> Ahead | None:
    """н/а if nothing changes: what the rules propose of the term so far; None if they do not."""
    if attended.planned < FEWEST_LESSONS or attended.share * 100 <= rules.missed_over:
        return None
    proposal = propose_for_term(entries, attended, scale=scale, grade=grade, rules=rules)
    return Ahead(*subject, proposal) if proposal.value == NOT_ATTESTED else None
