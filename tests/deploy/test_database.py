"""A start knows what it finds, and keeps a copy before it changes anything."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine, text

from journal.cli.database import copy_database, has_tables


def test_a_copy_is_whole_and_private(tmp_path: Path, now: datetime) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'journal.db'}")
    assert not has_tables(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE mark (value text)"))
        connection.execute(text("INSERT INTO mark VALUES ('5')"))
    assert has_tables(engine)
    copy = copy_database(engine, tmp_path / "backups", now)
    engine.dispose()
    assert copy == tmp_path / "backups" / "journal-20261120-074200.db"
    assert [file.name for file in copy.parent.iterdir()] == [copy.name]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    with closing(sqlite3.connect(copy)) as opened:
        assert opened.execute("SELECT value FROM mark").fetchall() == [("5",)]


def test_a_copy_left_half_by_a_killed_start_is_replaced(tmp_path: Path, now: datetime) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "journal-20261120-074200.part").write_text("half")
    engine = create_engine(f"sqlite:///{tmp_path / 'journal.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE mark (value text)"))
    copy = copy_database(engine, folder, now)
    engine.dispose()
    assert copy is not None
    with closing(sqlite3.connect(copy)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_database_server_is_not_copied(tmp_path: Path, now: datetime) -> None:
    engine = create_engine("postgresql+psycopg://nobody@/nothing?host=/nowhere")
    assert copy_database(engine, tmp_path / "backups", now) is None
    assert not (tmp_path / "backups").exists()


def test_a_database_in_memory_is_not_copied(tmp_path: Path, now: datetime) -> None:
    engine = create_engine("sqlite://")
    assert copy_database(engine, tmp_path / "backups", now) is None
    engine.dispose()
