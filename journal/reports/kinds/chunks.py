"""Wide tables cut into parts that fit a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def even_chunks(items: Sequence[T], most: int) -> list[Sequence[T]]:
    """The fewest parts of at most that many, as equal as can be; of nothing one empty part."""
    count = max(1, -(-len(items) // most))
    size, longer = divmod(len(items), count)
    parts, start = [], 0
    for number in range(count):
        end = start + size + (number < longer)
        parts.append(items[start:end])
        start = end
    return parts
