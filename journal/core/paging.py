"""Pages of long lists: a page number in the address, a fixed number of rows a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

Row = TypeVar("Row", covariant=True)
ROWS_A_PAGE = 100
ROWS_WHILE_TYPING = 20


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of page `number` (from 1) of `pages`, and how many rows there are in all.

    `more` says that these are only the first of those found: nobody counted the others. `size` is
    how many rows a page has.
    """

    rows: tuple[Row, ...]
    number: int
    total: int
    more: bool = False
    size: int = ROWS_A_PAGE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


def count_rows(
    session: Session, query: Select[*tuple[Any, ...]], values: Mapping[str, Any] | None = None
) -> int:
    """How many rows the query has without its order."""
    counting = select(func.count()).select_from(query.order_by(None).subquery())
    return session.scalar(counting, values) or 0


@lru_cache(maxsize=64)  # a query that is built once gives its first page by one statement
def _first_rows(query: Any) -> Any:
    return query.limit(ROWS_A_PAGE + 1)


@lru_cache(maxsize=64)
def _typed_rows(query: Any) -> Any:
    return query.limit(ROWS_WHILE_TYPING + 1)


def first_of(
    session: Session, query: Select[*tuple[Any, ...]], values: Mapping[str, Any] | None = None
) -> tuple[list[Any], bool]:
    """The first rows, and whether there are more: what a list shows while one types."""
    rows = list(session.execute(_typed_rows(query), values).all())
    return rows[:ROWS_WHILE_TYPING], len(rows) > ROWS_WHILE_TYPING


def page_of(
    session: Session,
    query: Select[*tuple[Any, ...]],
    number: int,
    values: Mapping[str, Any] | None = None,
) -> tuple[list[Any], int, int]:
    """(rows, page number, total) of the query; a number beyond the end gives the last page.

    What fits on one page, as most searches do, is not counted by a statement of its own.
    """
    if number <= 1:
        rows = session.execute(_first_rows(query), values).all()
        if len(rows) <= ROWS_A_PAGE:
            return list(rows), 1, len(rows)
    total = count_rows(session, query, values)
    last = max(1, -(-total // ROWS_A_PAGE))
    shown = min(max(number, 1), last)
    there = query.limit(ROWS_A_PAGE).offset((shown - 1) * ROWS_A_PAGE)
    rows = session.execute(there, values).all()
    return list(rows), shown, total
