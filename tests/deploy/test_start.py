"""A start from nothing, a second one, one after an update, and one after a killed one."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import click
import pytest
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import func, select, update

from config import ROOT, Settings
from journal.access import Role
from journal.cli.start import announce, filler, prepare, refuse_taken
from journal.core.audit import AuditEntry
from journal.core.db import db, transaction
from journal.core.tenancy import across
from journal.people.models import Account, Organisation
from tests.cast import load_cast

Fill = Callable[[datetime], None]


@pytest.fixture
def settings(empty_app: Flask) -> Settings:
    found = empty_app.config["SETTINGS"]
    assert isinstance(found, Settings)
    return found


def fill(_now: datetime) -> None:
    """The cast as a demonstration; nobody has a password yet."""
    with transaction() as session:
        cast = load_cast(session)
        session.execute(update(Account).values(password_hash=None))
        school = update(Organisation).where(Organisation.id == cast.school)
        session.execute(school.values(demonstration=True))


def refuse(_now: datetime) -> None:
    raise AssertionError("a filled database is not filled again")


def fingerprint() -> tuple[list[str | None], int | None]:
    """Every password and the length of the log."""
    with across(db.session(), "the test counts everything"):
        passwords = db.session.scalars(select(Account.password_hash).order_by(Account.id)).all()
        entries = db.session.scalar(select(func.count()).select_from(AuditEntry))
    db.session.rollback()
    return list(passwords), entries


def test_the_first_start_fills_and_gives_every_role_a_login(
    settings: Settings, now: datetime
) -> None:
    done = prepare(settings, fill=fill, now=now)
    assert (done.migrated, done.filled, done.copy) == (True, True, None)
    roles = [role for role, _ in done.logins]
    assert roles == [
        Role.ADMINISTRATOR,
        Role.DIRECTOR,
        Role.DEPUTY_DIRECTOR,
        Role.CLASS_TEACHER,
        Role.TEACHER,
        Role.SPECIALIST,
        Role.PARENT,
        Role.PUPIL,
    ]
    parent = dict(done.logins)[Role.PARENT]
    assert parent.name.startswith("Ёлкина"), "the parent of two children is shown first"


def test_the_second_start_changes_nothing(settings: Settings, now: datetime) -> None:
    prepare(settings, fill=fill, now=now)
    before = fingerprint()
    done = prepare(settings, fill=refuse, now=now + timedelta(days=1))
    assert (done.migrated, done.filled, done.logins) == (False, False, ())
    assert fingerprint() == before


def test_after_an_update_the_database_is_copied_and_migrated(
    settings: Settings, now: datetime
) -> None:
    prepare(settings, fill=fill, now=now)
    downgrade(revision="-1")
    done = prepare(settings, fill=fill, now=now)
    assert done.migrated
    copied = list((settings.instance_dir / "backups").glob("*"))
    assert copied == ([done.copy] if db.engine.dialect.name == "sqlite" else [])


def test_a_start_killed_while_filling_is_repaired_by_the_next(
    settings: Settings, now: datetime
) -> None:
    def killed(_now: datetime) -> None:
        with transaction() as session:
            load_cast(session)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare(settings, fill=killed, now=now)
    done = prepare(settings, fill=fill, now=now)
    assert (done.migrated, done.filled, len(done.logins)) == (False, True, 8)


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from config import settings_from_environment
from journal import create_app
from journal.cli.start import prepare
from journal.core.db import db, transaction
from tests.cast import load_cast

def fill(now):
    with transaction() as session:
        load_cast(session)
        os.kill(os.getpid(), signal.SIGKILL)

app = create_app(settings_from_environment())
with app.app_context():
    prepare(app.config["SETTINGS"], fill=fill, now=datetime.now(UTC))
"""


def test_a_start_whose_process_was_killed_is_repaired_by_the_next(
    settings: Settings, now: datetime
) -> None:
    address = db.engine.url.render_as_string(hide_password=False)
    environment = os.environ | {"DATABASE_URL": address, "INSTANCE_DIR": str(settings.instance_dir)}
    command = [sys.executable, "-c", KILLED]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    again = prepare(settings, fill=fill, now=now)
    assert (again.migrated, again.filled, len(again.logins)) == (False, True, 8)


def test_a_start_killed_before_the_logins_gives_them_next_time(
    settings: Settings, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("journal.cli.start._first_logins", killed)
        with pytest.raises(KeyboardInterrupt):
            prepare(settings, fill=fill, now=now)
    done = prepare(settings, fill=refuse, now=now)
    assert (done.filled, len(done.logins)) == (False, 8)


def test_a_real_school_gets_one_administrator(settings: Settings, now: datetime) -> None:
    def real(at: datetime) -> None:
        fill(at)
        with transaction() as session:
            session.execute(update(Organisation).values(demonstration=False))

    done = prepare(settings, fill=real, now=now)
    assert [role for role, _ in done.logins] == [Role.ADMINISTRATOR]


def test_a_school_may_begin_with_nothing(settings: Settings, now: datetime) -> None:
    done = prepare(settings, fill=filler(None, "Школа № 3"), now=now)
    assert [(role, one.name) for role, one in done.logins] == [
        (Role.ADMINISTRATOR, "Администратор\N{NO-BREAK SPACE}Ж.")
    ]
    assert [(school.name, school.demonstration) for school in done.schools] == [
        ("Школа № 3", False)
    ]
    again = prepare(settings, fill=filler(None, "Школа № 4"), now=now)
    assert not again.filled and len(again.schools) == 1


def test_what_is_printed(
    settings: Settings, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    done = prepare(settings, fill=fill, now=now)
    capsys.readouterr()
    announce(done, "http://127.0.0.1:8000")
    printed = capsys.readouterr().out
    assert "http://127.0.0.1:8000" in printed
    for _, one in done.logins:
        assert one.login in printed
        assert one.password in printed
    assert "1017, 1005" in printed, "the schools of the cast with an administrator"
    assert printed.count("flask --app wsgi account issue --school CODE --role administrator") == 1


def test_a_start_names_only_schools_with_an_administrator(
    settings: Settings, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    """A region is forty organisations: most have coordinators alone."""

    def region(moment: datetime) -> None:
        filler(None, "Школа № 3")(moment)
        with transaction() as session:
            centre = {"kind": "regional_centre", "code": "77-0001"}
            session.add(Organisation(**centre, full_name="Центр", short_name="Центр"))

    done = prepare(settings, fill=region, now=now)
    capsys.readouterr()
    announce(done, "http://127.0.0.1:8000")
    printed = capsys.readouterr().out
    assert len(done.schools) == 2 and "Центр" not in printed
    assert "Школа № 3" in printed
    assert printed.count("account issue --school 1 --role administrator") == 1


def test_a_taken_port_is_told_before_the_work(empty_app: Flask, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(click.ClickException, match=str(port)):
            refuse_taken("127.0.0.1", port)
    refuse_taken("127.0.0.1", port)
