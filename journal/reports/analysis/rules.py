"""Comparing classes, parallels and subjects; small numbers are not over-read. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from journal.core.messages import N_, Message
from journal.grading.rules import decimal_text
from journal.grading.rules.shares import (
    Share,
    Standing,
    Tally,
    attainment_by_pupils,
    quality_by_pupils,
    tally,
)
from journal.results.queries.school import ClassOutcome, CourseOutcome

FEWEST = 5
_NO_MARKS = (Standing.UNKNOWN,)


@dataclass(frozen=True, slots=True)
class Compared:
    """A class, parallel, subject or the school: `counted` pupils (or marks of a subject) stand
    beside every per cent; of fewer than five none is shown."""

    name: Message | str
    counted: int
    attainment: Share
    quality: Share
    marks: Tally
    total: bool = False

    @property
    def enough(self) -> bool:
        """Whether a per cent says anything."""
        return self.counted >= FEWEST

    def formula(self, share: Share) -> str:
        """«(1 + 7) · 100 : 31 = 25,8», a dash for too few."""
        return share.formula if self.enough and share.value is not None else "–"

    @property
    def quality_value(self) -> Fraction | None:
        """The quality, None for too few."""
        return self.quality.value if self.enough else None

    @property
    def average(self) -> Fraction | None:
        """The mean of the marks, None for too few pupils."""
        return self.marks.average if self.enough else None

    @property
    def average_text(self) -> str:
        """«3,89», or a dash."""
        return decimal_text(self.average) if self.average is not None else "–"


def compared_classes(outcomes: Sequence[ClassOutcome]) -> Iterator[Compared]:
    """Each class, in order."""
    for one in outcomes:
        yield _of_classes(one.group.name, [one])


def compared_parallels(outcomes: Sequence[ClassOutcome]) -> Iterator[Compared]:
    """Each parallel, then the school."""
    for grade, own in groupby(outcomes, key=lambda one: one.group.grade):
        yield _of_classes(N_("Parallel %(grade)s", grade=grade), list(own))
    if outcomes:
        yield _of_classes(N_("The whole school"), outcomes, total=True)


def compared_subjects(found: Iterable[CourseOutcome]) -> Iterator[Compared]:
    """Each five-point subject by its marks, the lowest quality first."""
    by_subject: dict[tuple[int, str], list[str | None]] = {}
    for one in found:
        if one.course.scale == "five_point":
            key = (one.course.subject_id, one.course.subject)
            by_subject.setdefault(key, []).extend(value for _, value in one.values)
    lines = [_of_marks(name, tally(values)) for (_, name), values in by_subject.items()]
    return iter(sorted(lines, key=lambda one: (one.quality_value is None, one.quality_value or 0)))


def _of_classes(
    name: Message | str, own: Sequence[ClassOutcome], *, total: bool = False
) -> Compared:
    results = [row.result for one in own for row in one.table.rows]
    marks = sum((c.tally for one in own for c in one.table.columns), Tally(Counter(), 0))
    return Compared(
        name,
        sum(one.standing not in _NO_MARKS for one in results),
        attainment_by_pupils(results),
        quality_by_pupils(results),
        marks,
        total,
    )


def _of_marks(name: str, marks: Tally) -> Compared:
    return Compared(name, marks.total, marks.attainment, marks.quality, marks)


@dataclass(frozen=True, slots=True)
class Rating:
    """The activity rating (004, item 21): the mean of three per cents, each (part, whole)."""

    filled: tuple[int, int]
    planned: tuple[int, int]
    entered: tuple[int, int]

    @property
    def parts(self) -> tuple[Fraction | None, ...]:
        """The per cents in order; None where there is nothing to count."""
        pairs = (self.filled, self.planned, self.entered)
        return tuple(Fraction(100 * part, whole) if whole else None for part, whole in pairs)

    @property
    def value(self) -> Fraction | None:
        """Their mean, None while one of them is unknown."""
        known = [one for one in self.parts if one is not None]
        return sum(known, Fraction(0)) / 3 if len(known) == 3 else None

    @property
    def formula(self) -> str:
        """«(95,0 + 80,0 + 62,5) : 3 = 79,2», or a dash."""
        if self.value is None:
            return "–"
        words = " + ".join(decimal_text(one, 1) for one in self.parts if one is not None)
        return f"({words}) : 3 = {decimal_text(self.value, 1)}"
