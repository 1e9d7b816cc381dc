"""Codes that several cabinets show, in words."""

from __future__ import annotations

from journal.attendance.rules.states import (
    ILL,
    INVALID,
    LATE,
    NOT_HELD,
    PRESENT,
    RELEASED,
    UNKNOWN,
    VALID,
)
from journal.core.messages import N_, Message
from journal.people.directory import AccessStage

# The chip of a person's access: its words and its state (components/chip.html).
STAGES: dict[AccessStage, tuple[Message, str]] = {
    AccessStage.NEVER: (N_("no password"), "wait"),
    AccessStage.INVITED: (N_("invited by e-mail"), "warn"),
    AccessStage.ISSUED: (N_("temporary"), "warn"),
    AccessStage.OWN: (N_("own password"), "ok"),
    AccessStage.BLOCKED: (N_("blocked"), "bad"),
}
RELATIONS: dict[str, Message] = {
    "mother": N_("mother"),
    "father": N_("father"),
    "guardian": N_("guardian"),
    "other": N_("other relative"),
}
SEXES: dict[str, Message] = {"m": N_("male"), "f": N_("female")}
# A pupil-lesson's state in a list of lessons.
STATES: dict[str, Message] = {
    PRESENT: N_("was present"),
    NOT_HELD: N_("not held"),
    RELEASED: N_("released"),
    ILL: N_("illness"),
    VALID: N_("valid reason"),
    INVALID: N_("no valid reason"),
    UNKNOWN: N_("no reason stated"),
    LATE: N_("late"),
}
