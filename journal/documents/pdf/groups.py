"""A group of rows that no page holds: it goes on, its name said again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_LEAST = 2  # rows of a group on either side of a page's end

Span = tuple[str, tuple[int, int], tuple[int, int]]


@contextmanager
def opened(table: Any, left: float, page: float) -> Iterator[None]:
    """While it lasts, the group that the end of the page (`left` points away) falls into may be
    torn there if it is higher than a `page`: between rows, its name beside both parts."""
    place = _place(table, left, page)
    if place is None:
        yield
        return
    kept = table._nosplitCmds, table._spanCmds, table._cellvalues[place]
    _tear(table, place)
    _measure(table)
    try:
        yield
    finally:
        table._nosplitCmds, table._spanCmds, table._cellvalues[place] = kept
        _measure(table)


def _place(table: Any, left: float, page: float) -> int | None:
    """The row that the next page may begin with; None where no group is to be torn."""
    heights: list[float] = table._rowHeights
    for _, (_, first), (_, last) in table._nosplitCmds:
        before = sum(heights[:first])
        if before >= left:
            break
        own = heights[first : last + 1]
        if left < before + sum(own) and heights[0] + sum(own) > page:
            fitting = first + _fitting(own, left - before)
            return _with_company(first, last, fitting, _lines(table, first))
    return None


def _fitting(heights: list[float], left: float) -> int:
    """How many rows fit."""
    taken = 0.0
    for number, height in enumerate(heights):
        taken += height
        if taken > left:
            return number
    return len(heights)


def _with_company(first: int, last: int, fitting: int, least: int) -> int | None:
    """Neither part smaller than its name; a group that is not the first of its page waits for the
    next one rather."""
    place = min(fitting, last + 1 - least)
    if place - first >= least:
        return place
    return max(first + 1, fitting) if first == 1 else None


def _lines(table: Any, first: int) -> int:
    """Rows that the name of a group takes."""
    names = [
        table._cellvalues[row][column] for _, (column, row), _ in table._spanCmds if row == first
    ]
    return max([_LEAST, *(str(name).count("\n") + 1 for name in names)])


def _tear(table: Any, place: int) -> None:
    """Two groups of one, the second under the same name."""
    row = list(table._cellvalues[place])
    for _, (column, first), (_, last) in table._spanCmds:
        if first < place <= last:
            row[column] = table._cellvalues[first][column]
    table._cellvalues[place] = row
    table._nosplitCmds = _torn(table._nosplitCmds, place)
    table._spanCmds = _torn(table._spanCmds, place)


def _torn(commands: list[Span], place: int) -> list[Span]:
    found: list[Span] = []
    for command, (left, first), (right, last) in commands:
        if first < place <= last:
            found.append((command, (left, first), (right, place - 1)))
            found.append((command, (left, place), (right, last)))
        else:
            found.append((command, (left, first), (right, last)))
    return found


def _measure(table: Any) -> None:
    table._calcSpanRanges()
    table._calcNoSplitRanges()
