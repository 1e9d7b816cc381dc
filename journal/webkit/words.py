"""Codes that several cabinets show, in words."""

from __future__ import annotations

from journal.core.messages import N_, Message
from journal.people.directory import AccessStage

# The chip of a person's access: its words and its state (components/chip.html).
STAGES: dict[AccessStage, tuple[Message, str]] = {
    AccessStage.NEVER: (N_("no password"), "wait"),
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
