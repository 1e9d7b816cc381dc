"""Single rows written without a unit of work, in features whose saves are made all day.

A flush sorts, compares and describes what is known already: that one row is new, or which of its
columns are other now. Both commands send one statement, compiled once for its columns, and hold to
what a flush holds to: the organisation, and that the row is there.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.orm import Session

from journal.core.db import refuse_foreign
from journal.core.sent import write

_NEW = "new_"
"""Before the name of a column: SQLAlchemy keeps the bare ones for itself."""


def insert_row(session: Session, model: Any, **facts: Any) -> int:
    """The id of the new row. All columns with a default are named."""
    refuse_foreign(session, model, [facts])
    session.flush()
    found = write(session.connection(), _insert(model, tuple(facts)), facts)
    return int(found[0][0])


def update_row(
    session: Session, model: Any, row_id: int, organisation_id: int, **facts: Any
) -> None:
    """Change these columns of a row that is held under a lock. LookupError when it is not there."""
    refuse_foreign(session, model, [{"organisation_id": organisation_id}])
    named = {_NEW + name: value for name, value in facts.items()}
    _touch_one(session, _update(model, tuple(facts)), row_id, organisation_id, named)


def delete_row(session: Session, model: Any, row_id: int, organisation_id: int) -> None:
    """Delete a row that is held under a lock. LookupError when it is not there."""
    refuse_foreign(session, model, [{"organisation_id": organisation_id}])
    _touch_one(session, _delete(model), row_id, organisation_id, {})


def _touch_one(
    session: Session, statement: Any, row_id: int, organisation_id: int, facts: dict[str, Any]
) -> None:
    session.flush()
    place = {"own_id": row_id, "own_place": organisation_id}
    if write(session.connection(), statement, {**facts, **place}) != [1]:
        raise LookupError(f"no row {row_id} of organisation {organisation_id}")


@cache
def _insert(model: Any, _names: tuple[str, ...]) -> Any:
    return insert(model.__table__).returning(model.__table__.c.id)


@cache
def _update(model: Any, names: tuple[str, ...]) -> Any:
    table = model.__table__
    values: dict[str, Any] = {name: bindparam(_NEW + name) for name in names}
    return update(table).where(*_own(table)).values(values)


@cache
def _delete(model: Any) -> Any:
    return delete(model.__table__).where(*_own(model.__table__))


def _own(table: Any) -> tuple[Any, Any]:
    ours = table.c.organisation_id == bindparam("own_place")
    return table.c.id == bindparam("own_id"), ours
