"""Terms of keeping: years counted from 1 January after the year's end, as archives count."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from journal.core.messages import N_, Message


class Kept(StrEnum):
    """What is kept for a term of its own."""

    JOURNALS = "journals"
    SHEETS = "sheets"


TERMS: dict[Kept, int] = {Kept.JOURNALS: 5, Kept.SHEETS: 25}
"""Years, by law. The triggers of the database hold the same numbers."""

KEPT_NAMES: dict[Kept, Message] = {
    Kept.JOURNALS: N_("Class journals"),
    Kept.SHEETS: N_("Summary sheets"),
}


class Step(StrEnum):
    """proposed → withdrawn, or confirmed → done."""

    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    CONFIRMED = "confirmed"
    DONE = "done"


STEP_NAMES: dict[Step, Message] = {
    Step.PROPOSED: N_("waits for a second person"),
    Step.WITHDRAWN: N_("withdrawn"),
    Step.CONFIRMED: N_("confirmed, being carried out"),
    Step.DONE: N_("deleted"),
}
OPEN_STEPS = frozenset({Step.PROPOSED, Step.CONFIRMED})


def counted_from(year_last_day: date) -> date:
    """The day the term begins; from then on a year's entries belong to the archive."""
    return date(year_last_day.year + 1, 1, 1)


def free_from(year_last_day: date, what: Kept) -> date:
    """The first day on which it may be deleted."""
    begins = counted_from(year_last_day)
    return begins.replace(year=begins.year + TERMS[what])
