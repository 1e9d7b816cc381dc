"""When a change of an average is worth a word: enough marks on both sides, half a mark apart."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from journal.grading.rules.averages import Figure, decimal_text

FEWEST_MARKS = 3
STEP = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Change:
    """Two averages of a pupil in a subject, both of FEWEST_MARKS or more."""

    before: Figure
    now: Figure

    @property
    def difference(self) -> Fraction:
        """How much the average rose."""
        assert self.before.value is not None and self.now.value is not None
        return self.now.value - self.before.value

    @property
    def words(self) -> str:
        """«+0,67», «−1,20»."""
        sign = "+" if self.difference > 0 else "−" if self.difference else ""
        return f"{sign}{decimal_text(abs(self.difference))}"

    @property
    def worth_a_word(self) -> bool:
        """Whether it is half a mark or more, either way."""
        return abs(self.difference) >= STEP


def change(before: Figure, now: Figure) -> Change | None:
    """None where either side has too few marks to speak of."""
    enough = all(one.count >= FEWEST_MARKS for one in (before, now))
    return Change(before, now) if enough else None
