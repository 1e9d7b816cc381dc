"""How a table lies on its pages, reckoned from the heights of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple


class Laid(NamedTuple):
    """Pages of a table with its ending, and whether the last has a few rows or one group only."""

    pages: int
    few: bool


def laid(table: Any, first: float, page: float, ending: float, *, few: int) -> Laid:
    """Of a wrapped table that begins on a page with `first` points left; `few` rows are few."""
    head: float = table._rowHeights[0]
    pages, left, blocks, rows = 1, first - head, 0, 0
    for height, own in _blocks(table):
        if height > left:
            pages, left, blocks, rows = pages + 1, page - head, 0, 0
        left, blocks, rows = left - height, blocks + 1, rows + own
    if ending > left:
        return Laid(pages + 1, few=True)
    return Laid(pages, few=blocks < 2 or rows < few)


def _blocks(table: Any) -> Iterator[tuple[float, int]]:
    """The height and the rows of what is not torn: of groups and single rows."""
    heights: list[float] = table._rowHeights
    ends = {first: last for _, (_, first), (_, last) in table._nosplitCmds}
    row = 1
    while row < len(heights):
        last = ends.get(row, row)
        yield sum(heights[row : last + 1]), last + 1 - row
        row = last + 1
