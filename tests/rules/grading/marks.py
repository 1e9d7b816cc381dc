"""Entries for the tests of averages and proposals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hypothesis import strategies as st

from journal.grading.rules import NUMERIC, Entry

DAY = date(2026, 11, 18)


def entries(
    *values: str, weights: Sequence[int] = (), retakes: dict[int, int] | None = None
) -> list[Entry]:
    """Marks numbered from 1; `retakes` maps a mark's number to the one it retakes."""
    retakes = retakes or {}
    return [
        Entry(
            number, DAY, "Ответ", value, weights[number - 1] if weights else 1, retakes.get(number)
        )
        for number, value in enumerate(values, start=1)
    ]


values = st.sampled_from(sorted(NUMERIC))
weighted = st.lists(st.tuples(values, st.integers(1, 10)), min_size=1, max_size=25)


def of_pairs(pairs: Sequence[tuple[str, int]]) -> list[Entry]:
    return entries(*(value for value, _ in pairs), weights=[weight for _, weight in pairs])
