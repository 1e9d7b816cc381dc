"""What the rules propose for a term, a year and a final mark. The teacher decides.

A proposal is a value of the scale (or none) with the reason in words and everything it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, partial
from typing import NamedTuple, Protocol

from journal.core.messages import N_, Message
from journal.grading.rules.averages import (
    NUMERIC,
    Entry,
    Explanation,
    Figure,
    decimal_text,
    split_retakes,
    weighted_average,
)
from journal.grading.rules.rule_sets import USUAL, Half, RuleSet

PASSED, NOT_PASSED = "зач", "незач"
NOT_ATTESTED, EXEMPT = "н/а", "осв"
GRADE_WITHOUT_MARKS = 1
_PASS_FAIL = frozenset({PASSED, NOT_PASSED})


class Counted(Protocol):
    """A tally of the attendance of one pupil (`attendance.rules.tally`)."""

    @property
    def taken(self) -> int: ...
    @property
    def missed_taken(self) -> int: ...
    @property
    def released(self) -> int: ...
    @property
    def unfilled(self) -> int: ...


class Attended(NamedTuple):
    """A pupil's lessons of a subject: `planned` were held for him with attendance taken, `missed`
    of them he missed, `released` fell into a release from attending, `unknown` were not taken."""

    planned: int = 0
    missed: int = 0
    released: int = 0
    unknown: int = 0

    @classmethod
    def of(cls, tally: Counted) -> Attended:
        """What a term mark needs to know of a tally: only registers that are filled."""
        return cls(tally.taken, tally.missed_taken, tally.released, tally.unfilled)

    @property
    def share(self) -> Fraction:
        """Missed ÷ planned; nothing where nothing is known."""
        return Fraction(self.missed, self.planned) if self.planned else Fraction(0)


class Part(NamedTuple):
    """A term mark (or year, exam) that a later mark follows from. None was not given;
    `required` says whether the later one waits for it."""

    name: Message
    value: str | None
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposed value (None: the teacher decides) and why.

    `average` and `attended` belong to a term's proposal, `parts` to one of the year or the end.
    """

    value: str | None
    why: Message
    rules: RuleSet = USUAL
    average: Figure | None = None
    attended: Attended | None = None
    parts: tuple[Part, ...] = ()

    @property
    def counted(self) -> int:
        """How many marks the average counts."""
        return self.average.count if self.average else 0


def is_marked(scale: str, grade: int) -> bool:
    """Whether term marks are given at all: not in grade 1, not in a subject without marks."""
    return scale != "none" and grade != GRADE_WITHOUT_MARKS


def propose_for_term(
    entries: Iterable[Entry],
    attended: Attended,
    *,
    scale: str,
    grade: int,
    rules: RuleSet,
    average: Figure | None = None,
) -> Proposal:
    """The proposal for one pupil, subject and term; `average` of the entries if it is at hand."""
    if average is None or scale == "pass_fail":
        average = _figure(tuple(entries), scale, rules)
    value, why = _term_value(average, attended, scale=scale, grade=grade, rules=rules)
    return Proposal(value=value, why=why, rules=rules, average=average, attended=attended)


def _figure(entries: Sequence[Entry], scale: str, rules: RuleSet) -> Figure:
    """The average; for зачёт the share of «зач» stands in its place, as 1 and 0 would."""
    if scale != "pass_fail":
        return weighted_average(entries, rules)
    counted, left_out = split_retakes(entries, _PASS_FAIL, rules.retake)
    rule = N_("Passed is proposed when at least half of the marks are «зач».")
    explain = partial(Explanation, counted, left_out, rule, rules)
    return Figure(None, len(counted), explain)


def _term_value(
    figure: Figure, attended: Attended, *, scale: str, grade: int, rules: RuleSet
) -> tuple[str | None, Message]:
    if not is_marked(scale, grade):
        return None, N_("Here no marks are given.")
    if not figure.count and attended.released and not attended.planned:
        return EXEMPT, N_("Released from all lessons of the term by order.")
    needed = rules.minimum_marks if scale == "five_point" else 1
    if figure.count < needed:
        return _too_few(figure.count, needed, attended, rules)
    if scale == "pass_fail":
        return _majority([entry.value for entry in figure.explanation.counted])
    return _by_threshold(figure, rules)


def _too_few(
    count: int, needed: int, attended: Attended, rules: RuleSet
) -> tuple[str | None, Message]:
    if attended.share > Fraction(rules.missed_over, 100):
        return NOT_ATTESTED, N_(
            "Marks: %(count)s, needed: %(needed)s. Lessons missed: %(missed)s of %(planned)s "
            "(%(share)s %%), more than %(limit)s %%.",
            count=count,
            needed=needed,
            missed=attended.missed,
            planned=attended.planned,
            share=decimal_text(attended.share * 100, 1),
            limit=rules.missed_over,
        )
    return None, N_(
        "Too few marks: %(count)s, needed: %(needed)s. The teacher decides.",
        count=count,
        needed=needed,
    )


def _majority(values: Sequence[str]) -> tuple[str, Message]:
    passed = values.count(PASSED)
    value = PASSED if passed * 2 >= len(values) else NOT_PASSED
    return value, N_("«зач»: %(passed)s of %(count)s.", passed=passed, count=len(values))


def _by_threshold(figure: Figure, rules: RuleSet) -> tuple[str | None, Message]:
    average = figure.value or Fraction(0)
    for value, begins in rules.thresholds:
        if _reaches(average, _exact(begins)):
            return value, N_(
                "The average %(average)s is not below %(threshold)s: that is «%(value)s».",
                average=figure.text,
                threshold=threshold_text(begins),
                value=value,
            )
    return "2", N_(
        "The average %(average)s is below %(threshold)s: that is «2».",
        average=figure.text,
        threshold=threshold_text(rules.three_from),
    )


def _reaches(value: Fraction, other: Fraction) -> bool:
    """value >= other: the comparison of fractions itself asks first what both of them are."""
    return value.numerator * other.denominator >= other.numerator * value.denominator


@lru_cache(maxsize=256)  # a page compares with the same three for every pupil
def _exact(value: Decimal) -> Fraction:
    return Fraction(value)


@lru_cache(maxsize=256)
def threshold_text(value: Decimal) -> str:
    """«4,60»."""
    return decimal_text(Fraction(value))


def round_half_up(value: Fraction) -> int:
    """The nearest whole number, .5 upwards."""
    return (value * 2 + 1).__floor__() // 2


def propose_for_year(parts: Iterable[Part], *, scale: str, grade: int, rules: RuleSet) -> Proposal:
    """The half-up mean of the term marks; н/а and осв among them are no numbers."""
    parts = tuple(parts)
    value, why = _year_value(parts, scale, grade)
    return Proposal(value=value, why=why, rules=rules, parts=parts)


def _year_value(parts: Sequence[Part], scale: str, grade: int) -> tuple[str | None, Message]:
    if not is_marked(scale, grade):
        return None, N_("Here no marks are given.")
    given = [part.value for part in parts if part.value is not None]
    if not given or any(part.required and part.value is None for part in parts):
        return None, N_("Not all term marks are given yet.")
    if scale == "pass_fail" and (words := [one for one in given if one in _PASS_FAIL]):
        return _majority(words)
    numbers = [NUMERIC[one] for one in given if one in NUMERIC]
    if numbers:
        return _mean(numbers)
    if all(one == EXEMPT for one in given):
        return EXEMPT, N_("Released in every term.")
    return NOT_ATTESTED, N_("Not attested in any term.")


def _mean(numbers: Sequence[int]) -> tuple[str, Message]:
    mean = Fraction(sum(numbers), len(numbers))
    return str(round_half_up(mean)), N_(
        "(%(sum)s) : %(count)s = %(mean)s, half up.",
        sum=" + ".join(map(str, numbers)),
        count=len(numbers),
        mean=decimal_text(mean),
    )


def propose_final(
    year: str | None, exam: str | None, *, scale: str, grade: int, rules: RuleSet
) -> Proposal:
    """The mean of year and exam; without an exam the year's mark."""
    value, why = _final_value(year, exam, rules)
    if not is_marked(scale, grade):
        value, why = None, N_("Here no marks are given.")
    parts = (Part(N_("Year"), year), Part(N_("Exam"), exam, required=False))
    return Proposal(value=value, why=why, rules=rules, parts=parts)


def _final_value(year: str | None, exam: str | None, rules: RuleSet) -> tuple[str | None, Message]:
    if year is None:
        return None, N_("The mark of the year is not given yet.")
    if exam not in NUMERIC or year not in NUMERIC:
        return year, N_("There was no exam with a mark: the final mark is that of the year.")
    both = NUMERIC[year] + NUMERIC[exam]
    if both % 2 and rules.final_half is Half.TEACHER:
        return None, N_(
            "(%(year)s + %(exam)s) : 2 = %(mean)s: the act leaves a half to the teacher.",
            year=year,
            exam=exam,
            mean=decimal_text(Fraction(both, 2)),
        )
    return _mean([NUMERIC[year], NUMERIC[exam]])


def differs(proposal: Proposal, value: str) -> bool:
    """Whether a decision needs a reason: it is not what the rules propose."""
    return proposal.value != value
