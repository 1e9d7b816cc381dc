"""An import killed in its middle has written nothing; killed after its commit, everything."""

from __future__ import annotations

import io
import random
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.core.audit import verify_chain
from journal.core.db import Base, db
from journal.core.tenancy import bind
from journal.people.models import Organisation, Person
from tests.durability.server import ROOT, environment
from tests.transfer.mini import mini

# Moments of the writing transaction: somewhere among its statements, at its very end, just after.
DEATHS = ("INSERT INTO:1", f"INSERT INTO:{random.randint(2, 12)}", "COMMIT:1")

PEOPLE = 9  # three of the staff, four pupils, two parents: one of them has two children


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The smallest school as a file."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in mini().items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    path = tmp_path / "school.xlsx"
    path.write_bytes(content.getvalue())
    return path


def import_school(app: Flask, workbook: Path, die_at: str = "") -> subprocess.CompletedProcess[str]:
    """`flask import school` in a process group of its own."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    command = [sys.executable, "-m", "flask", "--app", "tests.durability.served"]
    return subprocess.run(
        [*command, "import", "school", str(workbook)],
        cwd=ROOT,
        env=environment(url, workbook.parent, die_at),
        start_new_session=True,
        capture_output=True,
        text=True,
        check=False,
    )


def rows_of_every_table(session: Session) -> dict[str, int]:
    """Tables that hold anything, and how much."""
    session.rollback()
    counts = {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }
    return {name: count for name, count in counts.items() if count}


def test_an_import_is_whole_or_nothing(empty_app: Flask, workbook: Path) -> None:
    db.create_all()
    with Session(db.engine) as session:
        for death in DEATHS:
            killed = import_school(empty_app, workbook, death)
            assert killed.returncode == -9, f"«{death}» did not come: {killed.stderr[-500:]}"
            assert rows_of_every_table(session) == {}, death
        last = import_school(empty_app, workbook, "ACKNOWLEDGE:1")
        assert last.returncode == -9, "it was to die after its commit, before it could say so"
        written = rows_of_every_table(session)
        again = import_school(empty_app, workbook)
        assert again.returncode == 0, again.stderr[-2000:]
        assert rows_of_every_table(session) == written
        school = session.scalars(select(Organisation)).one()
        bind(session, {school.id})
        assert session.scalar(select(func.count(Person.id))) == PEOPLE
        assert verify_chain(session, school.id)[1] is None
