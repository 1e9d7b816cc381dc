"""Words and letters of attendance codes (domain.md: Н, Б, УП, НП, ОП)."""

from __future__ import annotations

from journal.core.messages import N_, Message

ABSENCE_WORDS: dict[str, Message] = {
    "n": N_("absent, no reason stated"),
    "b": N_("absent through illness"),
    "u": N_("absent for a valid reason"),
    "p": N_("absent without a valid reason"),
    "o": N_("late"),
}
ABSENCE_LETTERS = {"n": "н", "b": "б", "u": "у", "p": "п", "o": "о"}
