"""The triggers of keeping rest in the tests: they ask the database's own clock, which is not the
clock of the tests (it is always November 2026 there). `tests/features/retention` wakes them."""

from __future__ import annotations

from sqlalchemy import Engine

from journal.core.triggers import TRIGGERS
from journal.school.retention.triggers import KEPT_TABLES, kept


def let_keeping_rest(engine: Engine) -> None:
    """Drop those that refuse to delete rows of archived years."""
    with engine.begin() as connection:
        for table in KEPT_TABLES:
            on = "" if engine.dialect.name == "sqlite" else f" ON {table}"
            connection.exec_driver_sql(f"DROP TRIGGER {table}_kept{on}")


def wake_keeping(engine: Engine) -> None:
    """Make them again."""
    with engine.begin() as connection:
        for table in KEPT_TABLES:
            made = kept(table)
            sqlite = engine.dialect.name == "sqlite"
            for statement in made.sqlite if sqlite else made.postgresql[1:]:
                connection.exec_driver_sql(statement)


def drop_all(engine: Engine) -> None:
    """No triggers at all, on SQLite."""
    with engine.begin() as connection:
        for triggers in TRIGGERS:
            for name in triggers.sqlite_names:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
