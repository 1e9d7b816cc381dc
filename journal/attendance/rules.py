"""Letters of attendance codes (domain.md: Н, Б, УП, НП, ОП); their words are the edges'."""

from __future__ import annotations

ABSENCE_LETTERS = {"n": "н", "b": "б", "u": "у", "p": "п", "o": "о"}
