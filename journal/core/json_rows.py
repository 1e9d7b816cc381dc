"""Many rows as one JSON text, put together by the database.

A page of a journal reads a thousand small rows. Each costs the driver a turn through its locks and
a value of Python for every column; as one text they cost a third of it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class json_rows(FunctionElement[str]):  # noqa: N801 - written as the functions of `func` are
    """An aggregate: the rows of a select, each a list of these columns, in any order.

    For whole numbers, texts and dates, which both engines write alike, and instants (`instant_of`).
    NULL, or an empty list,
    where there are no rows: read it with `rows_of`.
    """

    type = Text()
    inherit_cache = True


@compiles(json_rows, "sqlite")
def _of_sqlite(element: json_rows, compiler: Any, **options: Any) -> str:
    rows = f"json_group_array(json_array({compiler.process(element.clauses, **options)}))"
    # Bytes, as it lies in the file: the driver would make a string, the reader bytes of it again.
    return f"CAST({rows} AS BLOB)"


@compiles(json_rows, "postgresql")
def _of_postgresql(element: json_rows, compiler: Any, **options: Any) -> str:
    row = f"json_build_array({compiler.process(element.clauses, **options)})"
    return f"CAST(json_agg({row}) AS TEXT)"


def rows_of(text: str | bytes | None) -> list[list[Any]]:
    """The rows of a text made by `json_rows`; dates are ISO texts."""
    return orjson.loads(text) if text else []


day_of = lru_cache(maxsize=2048)(date.fromisoformat)  # a page has the same days many times


@lru_cache(maxsize=8192)  # the bells of some weeks
def instant_of(text: str) -> datetime:
    """An instant of a row: SQLite keeps it as UTC without saying so, PostgreSQL says it."""
    at = datetime.fromisoformat(text)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
