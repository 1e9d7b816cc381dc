"""Plausible figures of an invented school. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from journal.exchange.figures import ClassLine, Content, Explanation, Figures
from journal.exchange.forms import MP1
from journal.exchange.forms.mp1 import H1, H2, YEAR


def made_content(rng: Random, periods: Sequence[str]) -> Content:
    """A plausible МП-1 of a school of some classes, without errors."""
    letters = "АБВ"[: rng.randint(1, 3)]
    grades = range(1, rng.choice((10, 12)))
    classes = [ClassLine(f"{grade}{one}", grade) for grade in grades for one in letters]
    whole = "YEAR" in periods
    halves = (H1, H2) if whole else (H1,)
    starts = [rng.randint(17, 28) for _ in classes]
    numbers: dict[str, list[dict[str, int]]] = {}
    for sheet in halves:
        numbers[sheet] = [
            _row(rng, line.grade, start) for line, start in zip(classes, starts, strict=True)
        ]
    if whole:
        numbers[YEAR] = [{"Y": rng.randint(0, 1), "Z": 0, "AA": rng.randint(0, 3)} for _ in classes]
    content = Content(classes=classes, numbers=numbers)
    told = list(_explanations(content))
    return Content(classes=classes, numbers=numbers, explanations=told)


def _row(rng: Random, grade: int, pupils: int) -> dict[str, int]:
    lessons = (20 + min(grade, 11)) * 15 + rng.randint(-10, 10)
    planned = lessons * pupils
    cancelled = rng.choice((0, 0, 0, 18, 36)) * pupils // 3
    released = rng.choice((0, 0, 24, 60))
    due = planned - cancelled - released
    ill = int(due * rng.uniform(0.02, 0.06))
    valid = int(due * rng.uniform(0.004, 0.015))
    idle = int(due * rng.uniform(0.0, 0.012))
    unknown = rng.randint(0, max(1, (ill + valid + idle) // 40))
    full = (ill + valid) // 8
    row = {"E": pupils, "F": 0, "G": 0, "H": 0, "I": 0, "K": lessons, "L": planned}
    row |= {"M": cancelled, "N": released, "P": 0, "R": ill, "S": valid, "T": idle}
    row |= {"U": unknown, "V": rng.randint(0, 40), "W": full, "X": min(full, ill // 9)}
    late = {"Y": rng.choice((0, 0, 0, 1, 2)), "Z": 0, "AA": rng.randint(0, 5)}
    return row | late


def _explanations(content: Content) -> Iterator[Explanation]:
    figures = Figures(MP1, content, MP1.thresholds)
    for row, line in enumerate(content.classes):
        if line is not None and figures.typed(H1, row, "U"):
            yield Explanation("W02", line.name, "Справки ожидаются.")
