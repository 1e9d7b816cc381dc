"""Pages of long lists: a page number in the address, a fixed number of rows a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

Row = TypeVar("Row", covariant=True)
ROWS_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of page `number` (from 1) of `pages`, and how many rows there are in all."""

    rows: tuple[Row, ...]
    number: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // ROWS_A_PAGE))


def count_rows(session: Session, query: Select[*tuple[Any, ...]]) -> int:
    """How many rows the query has without its order."""
    return session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def page_of(
    session: Session, query: Select[*tuple[Any, ...]], number: int
) -> tuple[list[Any], int, int]:
    """(rows, page number, total) of the query; a number beyond the end gives the last page."""
    total = count_rows(session, query)
    last = max(1, -(-total // ROWS_A_PAGE))
    shown = min(max(number, 1), last)
    rows = session.execute(query.limit(ROWS_A_PAGE).offset((shown - 1) * ROWS_A_PAGE)).all()
    return list(rows), shown, total
