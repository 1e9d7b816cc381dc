"""Several counts in one statement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session


def count_together(session: Session, **counts: Select[int]) -> dict[str, int]:
    """The value of each `select(func.count())…`, in one round trip."""
    columns: list[Any] = [query.scalar_subquery().label(name) for name, query in counts.items()]
    row = session.execute(select(*columns)).one()
    return {name: value or 0 for name, value in row._mapping.items()}
