"""Triggers that make a table append-only on both engines: rows are added, never changed or gone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import DDL, event

APPEND_ONLY: set[str] = set()
"""The tables made so: a batch migration on SQLite drops their triggers and has to restore them."""


def sqlite_triggers(table: str) -> tuple[str, ...]:
    """REPLACE deletes first and is refused with it (recursive triggers are on)."""
    return tuple(
        f"""CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table}
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
        for deed in ("UPDATE", "DELETE")
    )


def postgresql_triggers(table: str) -> tuple[str, ...]:
    """A function and its triggers."""
    return (
        f"""CREATE FUNCTION {table}_refuse() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION '{table} is append-only'; END $$ LANGUAGE plpgsql""",
        f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_refuse()""",
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()""",
    )


def postgresql_drop(table: str) -> str:
    """What is left behind when the table is dropped."""
    return f"DROP FUNCTION IF EXISTS {table}_refuse() CASCADE"


def make_append_only(model: Any) -> None:
    """Let the table of a mapped class come with its triggers."""
    table = model.__table__
    APPEND_ONLY.add(table.name)
    for statement in sqlite_triggers(table.name):
        event.listen(table, "after_create", DDL(statement).execute_if(dialect="sqlite"))
    for statement in postgresql_triggers(table.name):
        ddl = DDL(statement.replace("%", "%%")).execute_if(dialect="postgresql")
        event.listen(table, "after_create", ddl)
    drop = DDL(postgresql_drop(table.name)).execute_if(dialect="postgresql")
    event.listen(table, "after_drop", drop)
