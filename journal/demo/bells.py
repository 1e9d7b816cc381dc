"""Two sets of bells: short lessons for first-graders, the usual ones for everybody else. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

FIRST_GRADE_BELLS, MAIN_BELLS = "1 класс", "Основной"
_STARTS = {
    FIRST_GRADE_BELLS: (35, ("08:30", "09:20", "10:15", "11:10", "12:00")),
    MAIN_BELLS: (40, ("08:30", "09:20", "10:15", "11:15", "12:10", "13:00", "13:50", "14:40")),
}


@dataclass(frozen=True, slots=True)
class Bell:
    """One lesson of a set, in wall-clock time."""

    bell_set: str
    number: int
    starts_at: time
    ends_at: time


def bells() -> Iterator[Bell]:
    """Every lesson of both sets."""
    for bell_set, (minutes, starts) in _STARTS.items():
        for number, text in enumerate(starts, 1):
            begins = time.fromisoformat(text)
            yield Bell(bell_set, number, begins, _later(begins, minutes))


def _later(at: time, minutes: int) -> time:
    total = at.hour * 60 + at.minute + minutes
    return time(total // 60, total % 60)
