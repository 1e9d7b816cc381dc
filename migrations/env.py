"""Alembic's environment: the application's engine and models, on SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app

from journal.core.append_only import APPEND_ONLY, sqlite_triggers
from journal.core.db import Hundredths, NumberSet, UtcDateTime, db

# Revisions must not change when our column types do: they are written with the plain ones.
_PLAIN = {
    UtcDateTime: "sa.DateTime(timezone=True)",
    Hundredths: "sa.Integer()",
    NumberSet: "sa.String(length=100)",
}


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Write our own column types as the plain types they are stored in."""
    if kind == "type":
        return _PLAIN.get(type(item), False)
    return False


def run(connection: sa.Connection) -> None:
    """Migrate over this connection. Batch operations drop SQLite's triggers: make them again."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if connection.dialect.name == "sqlite":
        restore_triggers(connection)


def restore_triggers(connection: sa.Connection) -> None:
    """Create the append-only triggers that a batch migration dropped with its table."""
    there = connection.scalars(sa.text("select name from sqlite_master where type = 'trigger'"))
    names = set(there)
    for table in sorted(APPEND_ONLY):
        if not sa.inspect(connection).has_table(table):
            continue
        for statement in sqlite_triggers(table):
            if statement.split()[2] not in names:
                connection.execute(sa.text(statement))
    connection.commit()


def main() -> None:
    """Open a connection; SQLite keeps foreign keys off meanwhile, or batches would break them."""
    with current_app.app_context(), db.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        if isinstance(raw, sqlite3.Connection):
            raw.execute("PRAGMA foreign_keys=OFF")
        run(connection)
        if isinstance(raw, sqlite3.Connection):
            raw.execute("PRAGMA foreign_keys=ON")


main()
