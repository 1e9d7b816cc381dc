"""Alembic's environment: the application's engine and models, on SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app

from journal.core.triggers import TRIGGERS
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
    """Migrate over this connection. SQLite's triggers rest meanwhile: batches lose those of their
    table, and stumble over others that ask it."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        compare_type=True,
        transaction_per_migration=True,
    )
    if connection.dialect.name != "sqlite":
        with context.begin_transaction():
            context.run_migrations()
        return
    drop_triggers(connection)
    try:
        with context.begin_transaction():
            context.run_migrations()
    finally:
        restore_triggers(connection)


def drop_triggers(connection: sa.Connection) -> None:
    """Take away those the models come with."""
    for triggers in TRIGGERS:
        for name in triggers.sqlite_names:
            connection.execute(sa.text(f"DROP TRIGGER IF EXISTS {name}"))
    connection.commit()


def restore_triggers(connection: sa.Connection) -> None:
    """Make them again, as the models say them, where what they ask is there."""
    drop_triggers(connection)
    tables = set(sa.inspect(connection).get_table_names())
    for triggers in TRIGGERS:
        if {triggers.table, *triggers.needs} <= tables:
            for statement in triggers.sqlite:
                connection.exec_driver_sql(statement)
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
