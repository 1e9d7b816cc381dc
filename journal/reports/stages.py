"""The stages of school as forms sum them up."""

from __future__ import annotations

from journal.core.messages import N_, Message

STAGES: tuple[tuple[Message, int, int], ...] = (
    (N_("Parallels 1–4"), 1, 4),
    (N_("Parallels 5–9"), 5, 9),
    (N_("Parallels 10–11"), 10, 12),
)
WHOLE_SCHOOL = N_("The whole school")
