"""The school's local act on marks: what an average counts, what a term mark follows from.

Versions are dated and never changed once in force. What a school has not entered is decided by
the usual rules (domain.md, «Marks»), and every figure says which of the two it follows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from journal.core.errors import RuleViolation
from journal.core.messages import N_, Message

TITLE_MAX, ACT_MAX = 200, 4000
MARKS_MAX = 20


class Retake(StrEnum):
    """What a retake does to the mark it retakes."""

    REPLACES = "replaces"
    AVERAGES = "averages"
    BOTH = "both"


class Half(StrEnum):
    """What a final mark of exactly .5 becomes."""

    UP = "up"
    TEACHER = "teacher"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """One version of the act. `id` and `valid_from` are None for the usual rules.

    Thresholds are inclusive averages; н/а follows when there are fewer than `minimum_marks` *and*
    more than `missed_over` per cent of the lessons were missed.
    """

    id: int | None = None
    valid_from: date | None = None
    title: str = ""
    act: str = ""
    five_from: Decimal = Decimal("4.60")
    four_from: Decimal = Decimal("3.60")
    three_from: Decimal = Decimal("2.60")
    minimum_marks: int = 3
    missed_over: int = 50
    retake: Retake = Retake.REPLACES
    final_half: Half = Half.UP

    @property
    def thresholds(self) -> tuple[tuple[str, Decimal], ...]:
        """Marks with the average each begins at, the best first."""
        return (("5", self.five_from), ("4", self.four_from), ("3", self.three_from))

    @property
    def name(self) -> Message:
        """The act as a figure quotes it."""
        if self.valid_from is None:
            return N_("The usual rules: the school has entered no act of its own for these days.")
        return N_("%(title)s, in force from %(day)s.", title=self.title, day=self.valid_from)


USUAL = RuleSet()


def rules_on(sets: Iterable[RuleSet], day: date) -> RuleSet:
    """The version in force on the day, the usual rules where there is none."""
    valid = [one for one in sets if one.valid_from is not None and one.valid_from <= day]
    return max(valid, key=lambda one: one.valid_from or date.min, default=USUAL)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The versions of a school, looked at on a day."""

    sets: tuple[RuleSet, ...]
    today: date

    def until(self, ends_before: date | None) -> RuleSet:
        """The rules of a figure over a span: those of its last day, of today while it goes on.

        So a term that has ended keeps its rules whatever the school decides later.
        """
        if ends_before is None or ends_before > self.today:
            return rules_on(self.sets, self.today)
        return rules_on(self.sets, ends_before - timedelta(days=1))


def check_rule_set(rules: RuleSet, *, today: date, taken: Iterable[date]) -> None:
    """Refuse a version that reaches back, doubles another, or contradicts itself."""
    if rules.valid_from is None or rules.valid_from <= today:
        raise RuleViolation(
            "valid_from",
            N_("Rules never change for days that are over: choose a day after %(day)s.", day=today),
        )
    if rules.valid_from in set(taken):
        raise RuleViolation(
            "valid_from", N_("Another version begins on that day: withdraw it or choose another.")
        )
    if not rules.title or len(rules.title) > TITLE_MAX:
        raise RuleViolation(
            "title", N_("Name the act in at most %(count)s characters.", count=TITLE_MAX)
        )
    if not rules.act or len(rules.act) > ACT_MAX:
        raise RuleViolation(
            "act", N_("Quote the act in at most %(count)s characters.", count=ACT_MAX)
        )
    _check_numbers(rules)


def _check_numbers(rules: RuleSet) -> None:
    falling = Decimal(5) >= rules.five_from > rules.four_from > rules.three_from > Decimal(2)
    if not falling:
        raise RuleViolation(
            "five_from",
            N_("The thresholds must fall from «5» to «3», at most 5 and more than 2."),
        )
    if not 1 <= rules.minimum_marks <= MARKS_MAX:
        raise RuleViolation(
            "minimum_marks", N_("Enter a number of marks from 1 to %(max)s.", max=MARKS_MAX)
        )
    if not 1 <= rules.missed_over <= 99:
        raise RuleViolation("missed_over", N_("Enter a share from 1 to 99 per cent."))
