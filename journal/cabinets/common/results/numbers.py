"""Sets of grades as people write them: «1–9», «9, 11»."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PART = re.compile(r"(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?")


def numbers_text(numbers: Iterable[int]) -> str:
    """Runs of three and more are joined: {1, 2, 3, 5} is «1–3, 5»."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )


def numbers_from(text: str) -> frozenset[int] | None:
    """The inverse; None for what cannot be read. Empty is the empty set."""
    found: set[int] = set()
    for part in (one.strip() for one in text.replace(";", ",").split(",")):
        match = _PART.fullmatch(part)
        if match is None:
            if part:
                return None
            continue
        found.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return frozenset(found)
