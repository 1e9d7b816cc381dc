"""Marks as figures. Exact: no floats anywhere; a figure explains itself.

weighted average = Σ(mark·weight)/Σ weight over numeric marks, shown half up to two decimals
(domain.md, «Marks»).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import partial
from math import lcm
from operator import itemgetter, mul
from typing import NamedTuple

from journal.core.errors import RuleViolation
from journal.core.messages import N_, Message
from journal.grading.rules.rule_sets import USUAL, Retake, RuleSet

NUMERIC = {"5": 5, "4": 4, "3": 3, "2": 2, "1": 1}
SPECIAL = frozenset({"н/а", "осв", "•"})
SCALES = {
    "five_point": frozenset(NUMERIC) | SPECIAL,
    "pass_fail": frozenset({"зач", "незач"}) | SPECIAL,
    "none": frozenset[str](),
}


class Entry(NamedTuple):
    """One mark as an average sees it. `retake_of` is the mark it retakes; `parts` is over how many
    marks its weight is shared (a retake that is averaged with what it retakes)."""

    mark_id: int
    held_on: date
    work: str
    value: str
    weight: int
    retake_of: int | None = None
    parts: int = 1

    @property
    def share(self) -> Fraction:
        """The weight it has in the average."""
        return Fraction(self.weight, self.parts)

    @property
    def weight_text(self) -> str:
        """«3», or «3/2» when the weight is shared."""
        return str(self.share)


_VALUE, _RETAKE_OF, _PARTS = map(
    itemgetter, map(Entry._fields.index, ("value", "retake_of", "parts"))
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry the average does not count, and why."""

    entry: Entry
    why: Message


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a figure came about: what was counted, the formula in words, what was left out."""

    counted: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...]
    rule: Message
    rules: RuleSet = USUAL

    @property
    def total(self) -> Fraction:
        """Σ(mark·weight) of what was counted."""
        total, _, parts = _sums(self.counted)
        return Fraction(total, parts)

    @property
    def weights(self) -> Fraction:
        """Σ weight of what was counted."""
        _, weights, parts = _sums(self.counted)
        return Fraction(weights, parts)

    @property
    def formula(self) -> str:
        """«(4·2 + 5) : (2 + 1) = 13 : 3 = 4,33»; empty when there is nothing to count, and where
        «зач» is counted, which is no number."""
        numbers = NUMERIC.keys() >= {entry.value for entry in self.counted}
        return _formula(self.counted) if numbers else ""


@dataclass(frozen=True, slots=True)
class Figure:
    """An exact value (None when there is nothing to count) of so many marks. Its explanation is
    put together when it is asked for: a page shows thirty figures, a reader opens one."""

    value: Fraction | None
    count: int
    explain: Callable[[], Explanation] = field(repr=False, compare=False)

    @property
    def explanation(self) -> Explanation:
        """How it came about."""
        return self.explain()

    @property
    def text(self) -> str | None:
        """«4,44», or None: a zero is never shown where nothing is known."""
        return None if self.value is None else decimal_text(self.value)


_RULES = {
    Retake.REPLACES: N_(
        "Weighted average: the sum of mark × weight divided by the sum of the weights. "
        "A retaken mark is replaced by its retake; •, н/а, осв and зачёт are not numbers."
    ),
    Retake.AVERAGES: N_(
        "Weighted average: the sum of mark × weight divided by the sum of the weights. "
        "A retaken mark and its retakes share one weight; •, н/а, осв and зачёт are not numbers."
    ),
    Retake.BOTH: N_(
        "Weighted average: the sum of mark × weight divided by the sum of the weights. "
        "A retaken mark and its retake both count; •, н/а, осв and зачёт are not numbers."
    ),
}
_RETAKEN = N_("replaced by its retake")
_NO_NUMBER = N_("not a number")


def weighted_average(entries: Iterable[Entry], rules: RuleSet) -> Figure:
    """Σ(mark·weight)/Σ weight of the numeric marks, retakes as the rules say.

    A retake that is no number yet (•) replaces nothing.
    """
    entries = tuple(entries)
    counted, left_out = split_retakes(entries, frozenset(NUMERIC), rules.retake)
    total, weights, _ = _sums(counted)
    explain = partial(Explanation, counted, left_out, _RULES[rules.retake], rules)
    return Figure(Fraction(total, weights) if weights else None, len(counted), explain)


def plain_average(
    values: Sequence[str], weights: Sequence[int], explain: Callable[[], Explanation]
) -> Figure | None:
    """What `weighted_average` says of marks that retake nothing and are numbers, as most pupils'
    marks are, without an Entry for each. None when one of them is no number."""
    if not NUMERIC.keys() >= set(values):
        return None
    weight = sum(weights)
    total = sum(map(mul, map(NUMERIC.__getitem__, values), weights))
    return Figure(Fraction(total, weight) if weight else None, len(values), explain)


def split_retakes(
    entries: Sequence[Entry], values: frozenset[str], retake: Retake
) -> tuple[tuple[Entry, ...], tuple[LeftOut, ...]]:
    """Entries with one of the `values` that count, and those left out with the reason."""
    if values.issuperset(map(_VALUE, entries)) and {None}.issuperset(map(_RETAKE_OF, entries)):
        return tuple(entries), ()  # as most pupils' marks are
    valid = {one.mark_id: one for one in entries if one.value in values}
    retaken = {one.retake_of for one in valid.values()} & valid.keys()
    parts = _chains(valid) if retake is Retake.AVERAGES and retaken else {}
    counted, left_out = [], []
    for entry in entries:
        if entry.value not in values:
            left_out.append(LeftOut(entry, _NO_NUMBER))
        elif retake is Retake.REPLACES and entry.mark_id in retaken:
            left_out.append(LeftOut(entry, _RETAKEN))
        else:
            counted.append(entry._replace(parts=parts.get(entry.mark_id, 1)) if parts else entry)
    return tuple(counted), tuple(left_out)


def _chains(valid: Mapping[int, Entry]) -> dict[int, int]:
    """How many marks belong to the same work as each: the mark, its retake, that one's retake."""
    firsts = {mark_id: _first(mark_id, valid) for mark_id in valid}
    sizes = Counter(firsts.values())
    return {mark_id: sizes[first] for mark_id, first in firsts.items()}


def _first(mark_id: int, valid: Mapping[int, Entry]) -> int:
    seen = {mark_id}
    while True:
        before = valid[mark_id].retake_of
        if before is None or before not in valid or before in seen:
            return mark_id
        mark_id = before
        seen.add(mark_id)


def _sums(counted: Sequence[Entry]) -> tuple[int, int, int]:
    """Σ(mark·weight), Σ weight, and the number both are still to be divided by.

    Whole numbers over one divisor: adding fractions takes ten times as long, and pages have
    hundreds of marks.
    """
    common = lcm(*set(map(_PARTS, counted)))
    values = [NUMERIC[entry.value] for entry in counted]
    shares = [entry.weight * common // entry.parts for entry in counted]
    return sum(map(mul, values, shares)), sum(shares), common


def _formula(counted: tuple[Entry, ...]) -> str:
    if not counted:
        return ""
    total, weights, common = _sums(counted)
    parts = " + ".join(
        f"{entry.value}·{entry.weight_text}" if entry.share != 1 else entry.value
        for entry in counted
    )
    over = " + ".join(entry.weight_text for entry in counted)
    quotient = f"{Fraction(total, common)} : {Fraction(weights, common)}"
    return f"({parts}) : ({over}) = {quotient} = {decimal_text(Fraction(total, weights))}"


def decimal_text(value: Fraction, places: int = 2) -> str:
    """Half up, with a decimal comma: 40/9 is «4,44», 4.445 is «4,45»."""
    return quotient_text(value.numerator, value.denominator, places)


def quotient_text(total: int, by: int, places: int = 2) -> str:
    """The same of a quotient of whole numbers, which need not be in lowest terms."""
    scale = 10**places
    rounded = (total * scale * 2 + by) // (by * 2)
    whole, rest = divmod(rounded, scale)
    return f"{whole},{rest:0{places}d}"


def check_mark_value(value: str, scale: str) -> None:
    """Refuse a value outside the subject's scale."""
    if scale == "none":
        raise RuleViolation("value", N_("This subject is not marked. Enter attendance only."))
    if value in SCALES[scale]:
        return
    if scale == "five_point":
        raise RuleViolation(
            "value",
            N_(
                "«%(value)s» is no mark here: enter 5, 4, 3, 2, 1, н/а, осв or •.", value=value[:20]
            ),
        )
    raise RuleViolation(
        "value",
        N_("«%(value)s» is no mark here: enter зач, незач, н/а, осв or •.", value=value[:20]),
    )
