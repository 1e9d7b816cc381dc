"""The states a pupil-lesson may be in: codes of Absence, and what is stored nowhere."""

from __future__ import annotations

PRESENT, NOT_HELD, RELEASED = "present", "not_held", "released"
ILL, VALID, INVALID, UNKNOWN, LATE = "b", "u", "p", "n", "o"
MISSED = frozenset({ILL, VALID, INVALID, UNKNOWN})
