"""Rows of a made school on their way into the tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from sqlalchemy import Connection

from journal.core.db import Base


class Ids:
    """Rows gathered per table with ids of their own, written a table at a time."""

    def __init__(self, organisation_id: int) -> None:
        self._organisation_id = organisation_id
        self._counters: dict[str, Iterator[int]] = {}
        self.rows: dict[str, list[dict[str, Any]]] = {}

    def add(self, table: str, **values: Any) -> int:
        """Gather a row; returns the id it will have."""
        number = next(self._counters.setdefault(table, count(1)))
        columns = Base.metadata.tables[table].columns
        row: dict[str, Any] = {"id": number} if "id" in columns else {}
        if "organisation_id" in columns:
            row["organisation_id"] = self._organisation_id
        self.rows.setdefault(table, []).append(row | values)
        return number

    def write(self, connection: Connection) -> None:
        """Write everything, tables that others refer to first."""
        for table in Base.metadata.sorted_tables:
            rows = self.rows.pop(table.name, [])
            for start in range(0, len(rows), 20_000):
                connection.execute(table.insert(), rows[start : start + 20_000])
