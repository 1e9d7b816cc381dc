"""Whether a request wrote: asked of the database itself, cheaply, after every request."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import psycopg
from sqlalchemy import Engine, insert, select

from journal.core.db import Base
from tests.engines import RenewableDatabase

# Written while reading, in transactions of their own: who looked, and when somebody was last here.
LOGS = {"access_log", "last_seen"}
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def contents(engine: Engine) -> Rows:
    """Every row of every table."""
    with engine.connect() as connection:
        return {
            table.name: sorted(
                (dict(row) for row in connection.execute(select(table)).mappings()), key=repr
            )
            for table in Base.metadata.sorted_tables
            if table.name not in LOGS
        }


class Engines(Protocol):
    """What the two databases do in ways of their own."""

    def beat(self) -> int:
        """A number that moves whenever somebody else has written; it may move for nothing."""

    def renew(self, changed: Iterable[str]) -> None:
        """Return to the kept state, in which these tables differed."""

    def close(self) -> None:
        """End the connection."""


class SqliteWatch:
    """`data_version` of a connection held open; the file is copied anew."""

    def __init__(self, engine: Engine, database: RenewableDatabase, kept: Rows) -> None:
        self._engine, self._database = engine, database
        self._open()

    def _open(self) -> None:
        path = self._database.url.removeprefix("sqlite:///")
        self._connection = sqlite3.connect(path, isolation_level=None)

    def beat(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def renew(self, changed: Iterable[str]) -> None:
        self.close()
        self._engine.dispose()
        self._database.renew()
        self._open()

    def close(self) -> None:
        self._connection.close()


class PostgresWatch:
    """The number of the next writing transaction; only the rows of changed tables are put back.

    Triggers and foreign keys rest meanwhile: the audit log itself is put back.
    """

    def __init__(self, engine: Engine, database: RenewableDatabase, kept: Rows) -> None:
        self._engine, self._kept = engine, kept
        address = database.url.replace("postgresql+psycopg:", "postgresql:", 1)
        self._connection = psycopg.connect(address, autocommit=True)

    def beat(self) -> int:
        query = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
        row = self._connection.execute(query).fetchone()
        assert row is not None
        return int(row[0])

    def renew(self, changed: Iterable[str]) -> None:
        with self._engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for name in changed:
                table = Base.metadata.tables[name]
                connection.execute(table.delete())
                if self._kept[name]:
                    connection.execute(insert(table), [dict(row) for row in self._kept[name]])

    def close(self) -> None:
        self._connection.close()


class Watch:
    """Compares the database with the state it was kept in, and returns to it."""

    def __init__(self, engine: Engine, database: RenewableDatabase) -> None:
        self._engine = engine
        self._kept = contents(engine)
        kind = SqliteWatch if engine.dialect.name == "sqlite" else PostgresWatch
        self._database: Engines = kind(engine, database, self._kept)
        self._beat = self._database.beat()

    def changed(self) -> list[str]:
        """The tables whose contents are not what they were when the state was kept."""
        beat = self._database.beat()
        if beat == self._beat:
            return []
        self._beat = beat
        now = contents(self._engine)
        return [name for name, kept in self._kept.items() if now[name] != kept]

    def renew(self, changed: Iterable[str]) -> None:
        """Return to the kept state, in which these tables differed."""
        self._database.renew(changed)
        self._beat = self._database.beat()

    def close(self) -> None:
        self._database.close()
