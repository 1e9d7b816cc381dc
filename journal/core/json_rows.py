"""Many rows as one JSON text, put together by the database.

A page of a journal reads a thousand small rows. Each costs the driver a turn through its locks and
a value of Python for every column; as one text they cost a third of it.
"""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class json_rows(FunctionElement[str]):  # noqa: N801 - written as the functions of `func` are
    """An aggregate: the rows of a select, each a list of these columns, in any order.

    For whole numbers, texts and dates, which both engines write alike. NULL, or an empty list,
    where there are no rows: read it with `rows_of`.
    """

    type = Text()
    inherit_cache = True


@compiles(json_rows, "sqlite")
def _of_sqlite(element: json_rows, compiler: Any, **options: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **options)}))"


@compiles(json_rows, "postgresql")
def _of_postgresql(element: json_rows, compiler: Any, **options: Any) -> str:
    row = f"json_build_array({compiler.process(element.clauses, **options)})"
    return f"CAST(json_agg({row}) AS TEXT)"


def rows_of(text: str | None) -> list[list[Any]]:
    """The rows of a text made by `json_rows`; dates are ISO texts."""
    return orjson.loads(text) if text else []
