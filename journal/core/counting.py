"""Several counts in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session


def count_together(session: Session, **counts: Select[int]) -> dict[str, int]:
    """The value of each `select(func.count())…`, in one round trip."""
    columns: list[Any] = [query.scalar_subquery().label(name) for name, query in counts.items()]
    row = session.execute(select(*columns)).one()
    return {name: value or 0 for name, value in row._mapping.items()}


def count_groups(
    session: Session, **groups: Mapping[str, Select[int]]
) -> dict[str, dict[str, int]]:
    """Several sets of counts by the name of their set, in one round trip."""
    flat = {
        f"{group}__{name}": q for group, queries in groups.items() for name, q in queries.items()
    }
    found = count_together(session, **flat)
    return {
        group: {name: found[f"{group}__{name}"] for name in queries}
        for group, queries in groups.items()
    }
