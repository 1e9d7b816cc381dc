"""Decisions of the teachers' council on a pupil, for the summary sheet of the year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from journal.core.errors import RuleViolation
from journal.core.messages import N_, Message

NUMBER_MAX, TEXT_MAX = 40, 500
YEAR, ADMISSION = "year", "admission"
ABOUT: dict[str, Message] = {
    YEAR: N_("outcome of the year"),
    ADMISSION: N_("admission to the final attestation"),
}


@dataclass(frozen=True, slots=True)
class DecisionKind:
    """What the council may decide; a pupil has one decision a year about each matter."""

    about: str
    words: Message


KINDS: dict[str, DecisionKind] = {
    "promoted": DecisionKind(YEAR, N_("promoted to the next grade")),
    "conditionally": DecisionKind(YEAR, N_("promoted conditionally")),
    "retained": DecisionKind(YEAR, N_("kept in the grade for another year")),
    "finished": DecisionKind(YEAR, N_("finished the level of school")),
    "admitted": DecisionKind(ADMISSION, N_("admitted to the final attestation")),
    "not_admitted": DecisionKind(ADMISSION, N_("not admitted to the final attestation")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilDraft:
    """решение педсовета: what, when, № of the minutes, words beside it."""

    kind: str
    decided_on: date
    number: str
    text: str = ""


def check_decision(draft: CouncilDraft, *, today: date, begins: date) -> str:
    """What it is about. Refuses an unknown kind, a day to come or before the year, no number."""
    kind = KINDS.get(draft.kind)
    if kind is None:
        raise RuleViolation("kind", N_("Choose a decision from the list."))
    if draft.decided_on > today:
        raise RuleViolation("decided_on", N_("The council has not met yet on that day."))
    if draft.decided_on < begins:
        raise RuleViolation(
            "decided_on", N_("The year began on %(day)s: choose a later day.", day=begins)
        )
    if not draft.number or len(draft.number) > NUMBER_MAX:
        raise RuleViolation("number", N_("Enter the number of the minutes, at most 40 characters."))
    if len(draft.text) > TEXT_MAX:
        raise RuleViolation("text", N_("Write at most %(count)s characters.", count=TEXT_MAX))
    return kind.about
