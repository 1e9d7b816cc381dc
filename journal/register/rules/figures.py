"""A journal page in figures: how often each mark was given, how the average moved. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from journal.grading.rules import NUMERIC, Entry, Figure, RuleSet, weighted_average
from journal.grading.rules.averages import split_retakes

AWAITED = "•"  # an answer is awaited: no mark yet
ORDER = ("5", "4", "3", "2", "1", "зач", "незач", "н/а", "осв", "•")
ALWAYS = {"five_point": ("5", "4", "3", "2"), "pass_fail": ("зач", "незач")}


@dataclass(frozen=True, slots=True)
class Share:
    """How often a value stands on the page; what a retake replaced does not stand."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The marks of a week (a month on the page of the year) and their average."""

    starts_on: date
    figure: Figure


@dataclass(frozen=True, slots=True)
class Addend:
    """Equal marks of equal weight: how many there are and what they add to the sum."""

    value: str
    weight: Fraction
    count: int

    @property
    def total(self) -> Fraction:
        """mark × weight × how many."""
        return NUMERIC[self.value] * self.weight * self.count


def distribution(entries: Iterable[Entry], scale: str, rules: RuleSet) -> tuple[Share, ...]:
    """The values in the order of the scale: its marks always, the others when they occur."""
    standing, _ = split_retakes(tuple(entries), frozenset(ORDER), rules.retake)
    counts = Counter(entry.value for entry in standing)
    shown = (value for value in ORDER if counts[value] or value in ALWAYS.get(scale, ()))
    return tuple(Share(value, counts[value]) for value in shown)


def monday(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def first_of_month(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def stretches(
    entries: Sequence[Entry], begin: Callable[[date], date], rules: RuleSet
) -> tuple[Stretch, ...]:
    """The average of each stretch in which there was a lesson with a mark, in order of time."""
    parts: dict[date, list[Entry]] = {}
    for entry in entries:
        parts.setdefault(begin(entry.held_on), []).append(entry)
    return tuple(Stretch(day, weighted_average(parts[day], rules)) for day in sorted(parts))


def addends(figure: Figure) -> tuple[Addend, ...]:
    """What an average of many pupils is made of, the best mark first."""
    counts = Counter((entry.value, entry.share) for entry in figure.explanation.counted)
    return tuple(
        Addend(value, weight, counts[value, weight])
        for value, weight in sorted(counts, key=lambda key: (ORDER.index(key[0]), -key[1]))
    )
