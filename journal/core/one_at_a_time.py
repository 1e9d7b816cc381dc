"""Threads that build the same statement for the first time do it one after the other.

SQLAlchemy fills the index by which an alias finds its columns at the first search, in place, and
takes an index that is half filled for a whole one. A second thread then finds no column: it warns
«Did not locate an expression in selectable», reads the column of the table instead of the alias,
and the statement, kept for good, gets a product of tables. A server is asked by several threads as
soon as it is up, so the search is made by one of them at a time. It happens while statements are
built and compiled, not while they run.
"""

from __future__ import annotations

from threading import RLock
from typing import Any

from sqlalchemy.sql import base

_searching = RLock()


def search_columns_one_at_a_time() -> None:
    """Put the lock around the search of every kind of collection; once a process."""
    for kind in vars(base).values():
        own = vars(kind).get("corresponding_column") if isinstance(kind, type) else None
        if own is not None and not hasattr(own, "one_at_a_time"):
            setattr(kind, "corresponding_column", _locked(own))  # noqa: B010  (kinds vary)


def _locked(search: Any) -> Any:
    def corresponding_column(self: Any, *given: Any, **facts: Any) -> Any:
        with _searching:
            return search(self, *given, **facts)

    vars(corresponding_column)["one_at_a_time"] = True
    return corresponding_column
