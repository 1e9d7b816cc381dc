"""успеваемость, качество, СОУ and how pupils stand: figures of many term marks at once.

успеваемость % = (n5+n4+n3)·100/N; качество % = (n5+n4)·100/N;
СОУ = (100·n5+64·n4+36·n3+16·n2+7·n_н/а)/N; N = all − released − without an entry (domain.md).
Two levels: by marks (of a subject), by pupils (of a class). Exact; every figure explains itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from journal.core.messages import N_, Message
from journal.grading.rules.averages import NUMERIC, decimal_text
from journal.grading.rules.proposals import EXEMPT, NOT_ATTESTED, NOT_PASSED, PASSED


@dataclass(frozen=True, slots=True)
class Coefficients:
    """The weights of СОУ in hundredths; «1» weighs as н/а does. Printed under every form."""

    five: int = 100
    four: int = 64
    three: int = 36
    two: int = 16
    none: int = 7

    def of(self, value: str) -> int:
        """The weight of a term mark."""
        known = {"5": self.five, "4": self.four, "3": self.three, "2": self.two}
        return known.get(value, self.none)


USUAL_COEFFICIENTS = Coefficients()


@dataclass(frozen=True, slots=True)
class Share:
    """A figure in per cent: exact (None: nobody to count), its formula, the rule, who is out."""

    value: Fraction | None
    formula: str
    rule: Message
    released: int = 0
    without: int = 0

    @property
    def text(self) -> str | None:
        """«66,7», half up to one decimal; None where nothing is known."""
        return None if self.value is None else decimal_text(self.value, 1)


@dataclass(frozen=True, slots=True)
class Tally:
    """Term marks counted by value. `without` had no entry."""

    counts: Counter[str]
    without: int

    @property
    def total(self) -> int:
        """N of the five-point figures: all − released − without an entry; н/а stays in."""
        return sum(self.counts[value] for value in (*NUMERIC, NOT_ATTESTED))

    def of(self, *values: str) -> int:
        """How many are one of the values."""
        return sum(self.counts[value] for value in values)

    @property
    def attainment(self) -> Share:
        """успеваемость %: 5, 4 and 3."""
        return self._share(("5", "4", "3"), _ATTAINMENT)

    @property
    def quality(self) -> Share:
        """качество %: 5 and 4."""
        return self._share(("5", "4"), _QUALITY)

    @property
    def passed(self) -> Share:
        """зачтено % of a зачёт subject; н/а stays in N there too."""
        among = self.of(PASSED, NOT_PASSED, NOT_ATTESTED)
        return self._ratio([self.of(PASSED)], among, _PASSED)

    def level(self, weights: Coefficients = USUAL_COEFFICIENTS) -> Share:
        """СОУ (степень обученности учащихся) in per cent."""
        values = (*NUMERIC, NOT_ATTESTED)
        found = [(weights.of(value), self.counts[value]) for value in values if self.counts[value]]
        if not found:
            return Share(None, "", _LEVEL, self.of(EXEMPT), self.without)
        value = Fraction(sum(weight * count for weight, count in found), self.total)
        sums = " + ".join(f"{weight}·{count}" for weight, count in found)
        formula = f"({sums}) : {self.total} = {decimal_text(value, 1)}"
        return Share(value, formula, _LEVEL, self.of(EXEMPT), self.without)

    @property
    def average(self) -> Fraction | None:
        """The mean of the numbers; None where there are none."""
        count = self.of(*NUMERIC)
        total = sum(NUMERIC[value] * self.counts[value] for value in NUMERIC)
        return Fraction(total, count) if count else None

    @property
    def average_formula(self) -> str:
        """«(5·3 + 4·2) : 5 = 4,60», empty where there are no numbers."""
        average = self.average
        if average is None:
            return ""
        found = [(value, self.counts[value]) for value in NUMERIC if self.counts[value]]
        sums = " + ".join(f"{value}·{count}" for value, count in found)
        return f"({sums}) : {self.of(*NUMERIC)} = {decimal_text(average)}"

    @classmethod
    def empty(cls) -> Tally:
        """Of nobody."""
        return cls(Counter(), 0)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.counts + other.counts, self.without + other.without)

    def _share(self, values: tuple[str, ...], rule: Message) -> Share:
        return self._ratio([self.counts[value] for value in values], self.total, rule)

    def _ratio(self, counts: list[int], total: int, rule: Message) -> Share:
        return share_of(counts, total, rule, released=self.of(EXEMPT), without=self.without)


def share_of(
    counts: list[int], total: int, rule: Message, *, released: int = 0, without: int = 0
) -> Share:
    """Σ counts · 100 : total, with its formula."""
    if not total:
        return Share(None, "", rule, released, without)
    value = Fraction(sum(counts) * 100, total)
    sums = " + ".join(map(str, counts))
    formula = f"({sums}) · 100 : {total} = {decimal_text(value, 1)}"
    return Share(value, formula, rule, released, without)


def tally(values: Iterable[str | None]) -> Tally:
    """Count term marks; None is a pupil without an entry. • is no term mark and counts as none."""
    everybody = list(values)
    given = [value for value in everybody if value and value != "•"]
    return Tally(Counter(given), len(everybody) - len(given))


AVERAGE_RULE = N_(
    "Average mark: the sum of the marks divided by their number; н/а, осв and зачёт are no numbers."
)
_ATTAINMENT = N_(
    "Attainment: marks 5, 4 and 3 among all marks and н/а; released pupils and those without an "
    "entry are left out."
)
_QUALITY = N_(
    "Quality: marks 5 and 4 among all marks and н/а; released pupils and those without an entry "
    "are left out."
)
_LEVEL = N_(
    "Level of learning: the sum of coefficient × number of marks divided by their number; «1» "
    "weighs as н/а; released pupils and those without an entry are left out."
)
_PASSED = N_("Passed: «зач» among «зач», «незач» and н/а.")
_BY_PUPILS_ATTAINMENT = N_("Attainment by pupils: those without a 2, a 1 and н/а among all.")
_BY_PUPILS_QUALITY = N_("Quality by pupils: those with 5 only and with 4 and 5 only among all.")


class Standing(StrEnum):
    """How a pupil ends a term, over all his subjects; `unknown` has no marks at all."""

    EXCELLENT = "excellent"
    GOOD = "good"
    SATISFACTORY = "satisfactory"
    FAILING = "failing"
    NOT_ATTESTED = "not_attested"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PupilResult:
    """A pupil's standing; `one_four` and `one_three`: a single mark keeps him from the better."""

    standing: Standing
    one_four: bool = False
    one_three: bool = False


def pupil_result(values: Iterable[str | None]) -> PupilResult:
    """The standing from the term marks of all subjects; зачёт counts only when not passed."""
    given = list(values)
    if not _FAILED.isdisjoint(given):
        return PupilResult(Standing.FAILING)
    if NOT_ATTESTED in given:
        return PupilResult(Standing.NOT_ATTESTED)
    threes, fours = given.count("3"), given.count("4")
    if threes:
        return PupilResult(Standing.SATISFACTORY, one_three=threes == 1)
    if fours:
        return PupilResult(Standing.GOOD, one_four=fours == 1)
    return PupilResult(Standing.EXCELLENT if "5" in given else Standing.UNKNOWN)


_FAILED = frozenset(("2", "1", NOT_PASSED))


def attainment_by_pupils(results: Iterable[PupilResult]) -> Share:
    """успеваемость % by pupils: without a 2 and н/а; N is everybody with a standing."""
    counts = _standings(results)
    good = (Standing.EXCELLENT, Standing.GOOD, Standing.SATISFACTORY)
    return _by_pupils(counts, good, _BY_PUPILS_ATTAINMENT)


def quality_by_pupils(results: Iterable[PupilResult]) -> Share:
    """качество % by pupils: (отличники + хорошисты) : pupils."""
    counts = _standings(results)
    return _by_pupils(counts, (Standing.EXCELLENT, Standing.GOOD), _BY_PUPILS_QUALITY)


def _standings(results: Iterable[PupilResult]) -> Counter[Standing]:
    return Counter(one.standing for one in results)


def _by_pupils(counts: Counter[Standing], wanted: tuple[Standing, ...], rule: Message) -> Share:
    without = counts[Standing.UNKNOWN]
    total = counts.total() - without
    return share_of([counts[one] for one in wanted], total, rule, without=without)
