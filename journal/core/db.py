"""The database: one declarative base, one `transaction()`, exact column types.

SQLite is opened in WAL with full synchronisation; a writer begins with BEGIN IMMEDIATE, because a
transaction that reads first and writes later fails at once when somebody else wrote in between
(and would fork the audit chain if it did not). PostgreSQL needs none of this.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    String,
    TypeDecorator,
    bindparam,
    event,
    insert,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeEngine

from journal.core.errors import ForeignOrganisation, OrganisationUnset
from journal.core.one_at_a_time import search_columns_one_at_a_time

search_columns_one_at_a_time()

BUSY_TIMEOUT_MS = 15_000
ID_BATCH = 1_000


class Base(DeclarativeBase):
    """Base of every mapped class; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)

# A key compared by code point on both engines (see core.text.sort_key).
SortKey = String(300).with_variant(String(300, collation="C"), "postgresql")


class _SqliteInstant(sqlite.DATETIME):
    """Reads the stored text as UTC at once: replacing the zone of a naive value takes longer."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return _read_instant


@lru_cache(maxsize=8192)  # lessons of a whole shift begin and end together
def _read_instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text + "+00:00")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant; naive values are a programming error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(_SqliteInstant())  # type: ignore[no-untyped-call]
        return dialect.type_descriptor(DateTime(timezone=True))

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        if dialect.name == "sqlite":
            return _read_instant  # is UTC already: a page reads hundreds
        return super().result_processor(dialect, coltype)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a naive instant: pass an aware UTC datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None or value.tzinfo is UTC else value.astimezone(UTC)


class Hundredths(TypeDecorator[Decimal]):
    """An exact decimal with two places, stored as an integer of hundredths on both engines."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        return None if value is None else int(Decimal(value) * 100)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / 100


class NumberSet(TypeDecorator[frozenset[int]]):
    """A small set of whole numbers (grades), stored as «2,3,4»; empty means «all»."""

    impl = String(100)
    cache_ok = True

    def process_bind_param(self, value: frozenset[int] | None, dialect: Dialect) -> str:
        return ",".join(str(number) for number in sorted(value or ()))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[int]:
        return frozenset(int(part) for part in (value or "").split(",") if part)


@event.listens_for(Engine, "connect")
def _open_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # the driver must not begin transactions of its own
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "cache_size=-16000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    if connection.get_execution_options().get("writer", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:  # takes no lock, so nothing can refuse it: past what SQLAlchemy does for a statement
        _driver(connection).execute("BEGIN")


def begin_writing(session: Session) -> None:
    """End the read transaction, if any, and open one that holds the write lock from its start."""
    if not _turned_to_writing(session):
        session.rollback()
        session.connection(execution_options={"writer": True})


def _turned_to_writing(session: Session) -> bool:
    """Begin to write on the connection that has read who signed in: SQLite alone, and only where
    nothing but reading was done. Everything read before is read anew."""
    if session.get_transaction() is None or session.in_nested_transaction():
        return False
    if session.new or session.dirty or session.deleted:
        return False
    connection = session.connection()
    if connection.dialect.name != "sqlite" or connection.get_execution_options().get("writer"):
        return False
    try:
        _driver(connection).rollback()
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except BaseException:
        session.rollback()
        raise
    connection.execution_options(writer=True)
    session.expire_all()
    return True


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, connection.connection.dbapi_connection)


def gather_statistics(engine: Engine) -> None:
    """Let the database count what its indexes select.

    Without it SQLite takes the index of the organisation, which every statement names, for a good
    one, and walks a whole school for the lessons of one teacher. Run at every start and after
    an import.
    """
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()  # connections that are open keep the old figures


def count_own_rows(session: Session) -> None:
    """The same within a transaction that has filled empty tables and goes on working with them:
    PostgreSQL, which knows nothing of them until then, walks them whole for every row."""
    session.connection().exec_driver_sql("ANALYZE")


@contextmanager
def transaction() -> Iterator[Session]:
    """One writing transaction of an edge (view, job, command): commits at its end or not at all."""
    session: Session = db.session()
    begin_writing(session)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def bulk_insert(session: Session, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows of one class at once, organisation already set in each.

    For imports only: no unit of work, no defaults of relationships. Foreign organisations are
    refused as in a flush.
    """
    if rows:
        refuse_foreign(session, model, rows)
        session.execute(insert(model), list(rows))


def bulk_insert_ids(session: Session, model: Any, rows: Sequence[dict[str, Any]]) -> list[int]:
    """The same; gives the new ids back in the order of the rows.

    Sent in batches: SQLAlchemy puts the answers of one statement together in quadratic time.
    """
    refuse_foreign(session, model, rows)
    statement = insert(model).returning(model.id, sort_by_parameter_order=True)
    ids: list[int] = []
    for start in range(0, len(rows), ID_BATCH):
        ids += session.scalars(statement, list(rows[start : start + ID_BATCH]))
    return ids


def inserted(session: Session, row: Base) -> bool:
    """Write a new row now; False when another transaction has written the same meanwhile.

    For rows of which the database allows one: of two who write at once the later one is not left
    with a broken transaction, and its caller says in words what happened.
    """
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def bulk_update(session: Session, model: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Update many rows of one class at once, each by its `id` inside its organisation.

    For imports only. The isolation does not see updates in bulk, so the organisation stands in
    the statement: foreign ones are refused as in a flush, and the id of a row of another one
    changes nothing.
    """
    if rows:
        refuse_foreign(session, model, rows)
        session.flush()
        own = (model.id == bindparam("own_id"), model.organisation_id == bindparam("own_place"))
        parameters = [_keyed(row) for row in rows]
        session.connection().execute(update(model).where(*own), parameters)


def _keyed(row: dict[str, Any]) -> dict[str, Any]:
    """The facts of a row, and its key under names that are no columns of its table."""
    facts = {name: value for name, value in row.items() if name not in ("id", "organisation_id")}
    return {**facts, "own_id": row["id"], "own_place": row["organisation_id"]}


def refuse_foreign(session: Session, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Raise when a row that is written past the flush is not of the organisations bound."""
    if not hasattr(model, "organisation_id") or "across" in session.info:
        return
    bound = session.info.get("organisations")
    if bound is None:
        raise OrganisationUnset(f"{model.__name__}: bind the session first")
    for row in rows:
        if row.get("organisation_id") not in bound:
            raise ForeignOrganisation(f"{model.__name__} of {row.get('organisation_id')}")
