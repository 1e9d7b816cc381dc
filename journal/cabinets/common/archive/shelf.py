"""The years on the page of the archive: what is made of each, and how long it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from journal.school.calendar import YearSpan
from journal.school.retention.queries import Decision
from journal.school.retention.rules import OPEN_STEPS, Kept, Step, free_from
from journal.transfer.archive.keeping import KeptArchive


@dataclass(frozen=True, slots=True)
class Term:
    """How long something of a year is kept: until `free`; `decision` is the one that stands."""

    what: Kept
    free: date
    over: bool
    decision: Decision | None

    @property
    def may_propose(self) -> bool:
        """Its term is over, and nobody has proposed or carried out its deletion."""
        return self.over and self.decision is None


@dataclass(frozen=True, slots=True)
class ShelfYear:
    """A year with its archives, the latest first, and the terms of its journals and sheets."""

    year: YearSpan
    ended: bool
    archives: Sequence[KeptArchive]
    terms: Sequence[Term]


def shelf(
    years: Sequence[YearSpan],
    archives: Sequence[KeptArchive],
    decisions: Sequence[Decision],
    today: date,
) -> list[ShelfYear]:
    """The latest year first."""
    return [
        ShelfYear(
            year=year,
            ended=today > year.last_day,
            archives=[one for one in archives if one.year_id == year.id],
            terms=[_term(year, what, decisions, today) for what in Kept],
        )
        for year in reversed(years)
    ]


def _term(year: YearSpan, what: Kept, decisions: Sequence[Decision], today: date) -> Term:
    free = free_from(year.last_day, what)
    standing = next(
        (
            one
            for one in decisions
            if (one.year_id, one.what) == (year.id, what) and one.state in (*OPEN_STEPS, Step.DONE)
        ),
        None,
    )
    return Term(what, free, today >= free, standing)
