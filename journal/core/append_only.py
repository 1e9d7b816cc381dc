"""Triggers that make a table append-only on both engines: rows are added, never changed or gone."""

from __future__ import annotations

from typing import Any

from journal.core.triggers import Triggers, come_with


def sqlite_triggers(table: str, gone_if: str = "") -> tuple[str, ...]:
    """REPLACE deletes first and is refused with it (recursive triggers are on)."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    when = f" WHEN NOT ({gone_if})" if gone_if else ""
    return (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}\n    {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}{when}\n    {refuse}",
    )


def postgresql_triggers(table: str, gone_if: str = "") -> tuple[str, ...]:
    """A function and its triggers."""
    let = f"IF TG_OP = 'DELETE' THEN IF {gone_if} THEN RETURN OLD; END IF; END IF;"
    return (
        f"""CREATE FUNCTION {table}_refuse() RETURNS trigger AS $$
    BEGIN {let if gone_if else ""} RAISE EXCEPTION '{table} is append-only'; END $$
    LANGUAGE plpgsql""",
        f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_refuse()""",
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()""",
    )


def postgresql_drop(table: str) -> str:
    """What is left behind when the table is dropped."""
    return f"DROP FUNCTION IF EXISTS {table}_refuse() CASCADE"


def append_only(table: str, gone_if: str = "", needs: tuple[str, ...] = ()) -> Triggers:
    """`gone_if` is a condition on OLD under which a row may go all the same; it asks `needs`."""
    return Triggers(
        table=table,
        sqlite=sqlite_triggers(table, gone_if),
        postgresql=postgresql_triggers(table, gone_if),
        drop=(postgresql_drop(table),),
        needs=needs,
    )


def make_append_only(model: Any, gone_if: str = "", needs: tuple[str, ...] = ()) -> None:
    """Let the table of a mapped class come with its triggers."""
    come_with(model, append_only(model.__tablename__, gone_if, needs))
