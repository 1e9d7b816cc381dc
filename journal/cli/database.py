"""The database at a start: is it behind, is it empty, a copy before it is changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import Engine, inspect

SQLITE = "sqlite"


def revisions(engine: Engine) -> tuple[set[str], set[str]]:
    """(revisions the database is at, revisions the code wants)."""
    with engine.connect() as connection:
        present = set(MigrationContext.configure(connection).get_current_heads())
    folder = current_app.extensions["migrate"].directory
    return present, set(ScriptDirectory(folder).get_heads())


def is_behind(engine: Engine) -> bool:
    """Whether a migration has to run."""
    present, wanted = revisions(engine)
    return present != wanted


def has_tables(engine: Engine) -> bool:
    """Whether there is anything worth a copy."""
    return bool(inspect(engine).get_table_names())


def copy_database(engine: Engine, folder: Path, now: datetime) -> Path | None:
    """Copy a SQLite database into `folder`, readable by its owner only; None on other engines.

    The copy is consistent even while a server is writing; it appears under its name when whole.
    """
    if engine.dialect.name != SQLITE or not engine.url.database:
        return None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"journal-{now:%Y%m%d-%H%M%S}.db"
    draft = target.with_suffix(".part")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    with (
        closing(sqlite3.connect(engine.url.database)) as source,
        closing(sqlite3.connect(draft)) as copy,
    ):
        source.backup(copy)
    draft.replace(target)
    return target


def migrate() -> None:
    """Bring the tables to what the code wants."""
    upgrade()
