"""Marks as figures. Exact: no floats anywhere; a figure explains itself.

weighted average = Σ(mark·weight)/Σ weight over numeric marks, shown half up to two decimals
(domain.md, «Marks»).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from journal.core.errors import RuleViolation
from journal.core.messages import N_, Message

NUMERIC = {"5": 5, "4": 4, "3": 3, "2": 2, "1": 1}
SPECIAL = frozenset({"н/а", "осв", "•"})
SCALES = {
    "five_point": frozenset(NUMERIC) | SPECIAL,
    "pass_fail": frozenset({"зач", "незач"}) | SPECIAL,
    "none": frozenset[str](),
}


class Entry(NamedTuple):
    """One mark as an average sees it. `retaken` is set when another mark replaces it."""

    mark_id: int
    held_on: date
    work: str
    value: str
    weight: int
    retaken: bool = False


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

    @property
    def formula(self) -> str:
        """«(4·2 + 5) : (2 + 1) = 13 : 3 = 4,33», empty when there is nothing to count."""
        return _formula(self.counted)


@dataclass(frozen=True, slots=True)
class Figure:
    """An exact value (None when there is nothing to count) with its explanation."""

    value: Fraction | None
    explanation: Explanation

    @property
    def text(self) -> str | None:
        """«4,44», or None: a zero is never shown where nothing is known."""
        return None if self.value is None else decimal_text(self.value)


_RULE = N_(
    "Weighted average: the sum of mark × weight divided by the sum of the weights. "
    "A retaken mark is replaced by its retake; •, н/а, осв and зачёт are not numbers."
)
_RETAKEN = N_("replaced by its retake")
_NO_NUMBER = N_("not a number")


def weighted_average(entries: Iterable[Entry]) -> Figure:
    """Σ(mark·weight)/Σ weight of the numeric marks that were not retaken."""
    counted, left_out = [], []
    for entry in entries:
        if entry.value not in NUMERIC:
            left_out.append(LeftOut(entry, _NO_NUMBER))
        elif entry.retaken:
            left_out.append(LeftOut(entry, _RETAKEN))
        else:
            counted.append(entry)
    total = sum(NUMERIC[entry.value] * entry.weight for entry in counted)
    weights = sum(entry.weight for entry in counted)
    value = Fraction(total, weights) if weights else None
    return Figure(value, Explanation(tuple(counted), tuple(left_out), _RULE))


def _formula(counted: tuple[Entry, ...]) -> str:
    if not counted:
        return ""
    total = sum(NUMERIC[entry.value] * entry.weight for entry in counted)
    weights = sum(entry.weight for entry in counted)
    parts = " + ".join(
        f"{entry.value}·{entry.weight}" if entry.weight != 1 else entry.value for entry in counted
    )
    over = " + ".join(str(entry.weight) for entry in counted)
    return f"({parts}) : ({over}) = {total} : {weights} = {decimal_text(Fraction(total, weights))}"


def decimal_text(value: Fraction, places: int = 2) -> str:
    """Half up, with a decimal comma: 40/9 is «4,44», 4.445 is «4,45»."""
    scale = 10**places
    rounded = (value.numerator * scale * 2 + value.denominator) // (value.denominator * 2)
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
