"""`flask start`: the order of a start, first or not, in one place.

copy → migrate → fill when empty → logins when nobody has one → serve. Each step looks at the state
it finds and leaves one that the next start can go on from: a copy gets its name when it is whole, a
migration is a transaction, a school is loaded in one, logins are due until there is one.
"""

from __future__ import annotations

import fcntl
import os
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import gettext as _

from config import ROOT, Settings
from journal.access import ROLE_NAMES, Role
from journal.cli.database import copy_database, has_tables, is_behind, migrate
from journal.cli.transfer import school as import_school
from journal.core.audit import Origin
from journal.core.clock import utc_now
from journal.core.db import db, gather_statistics, transaction
from journal.core.tenancy import acting_for
from journal.demo.service import load_demonstration, make_demonstration
from journal.demo.shown import shown_people
from journal.office.setup.founding import found_school
from journal.people.queries import (
    SchoolLabel,
    administered,
    anybody_can_sign_in,
    one_of_each_role,
    schools,
)
from journal.people.service import IssuedCredentials, issue_credentials
from journal.webkit.i18n import say

Fill = Callable[[datetime], None]

SHOWN = 5
"""Codes of schools named at a start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a start found and did. `logins` are fresh ones: shown once, kept nowhere.
    `administered` are the schools with an administrator, who can be given a new password."""

    migrated: bool
    copy: Path | None
    filled: bool
    schools: Sequence[SchoolLabel]
    administered: Sequence[SchoolLabel]
    logins: Sequence[tuple[Role, IssuedCredentials]] = ()


def prepare(settings: Settings, *, fill: Fill, now: datetime) -> Start:
    """Everything before serving. A second call on the same code and data changes nothing."""
    behind = is_behind(db.engine)
    copy = None
    if behind:
        copy = _copy_before_migration(settings, now)
        migrate()
    found = schools(db.session())
    empty = not found
    if empty:
        fill(now)
        found = schools(db.session())
    locked_out = bool(found) and not anybody_can_sign_in(db.session())
    ruled = administered(db.session())
    db.session.rollback()
    logins = _first_logins(found[0], now) if locked_out else ()
    db.session.remove()
    gather_statistics(db.engine)
    return Start(
        migrated=behind,
        copy=copy,
        filled=empty,
        schools=found,
        administered=ruled,
        logins=logins,
    )


def _copy_before_migration(settings: Settings, now: datetime) -> Path | None:
    if not has_tables(db.engine):
        return None
    copy = copy_database(db.engine, settings.instance_dir / "backups", now)
    if copy is None:
        click.echo(_("The database server keeps its own copies: none is made before migrating."))
    return copy


def _first_logins(school: SchoolLabel, now: datetime) -> list[tuple[Role, IssuedCredentials]]:
    """Temporary passwords: everybody's in the demonstration, the administrator's in a real one."""
    with transaction() as session, acting_for(session, {school.id}):
        if school.demonstration:
            chosen = shown_people(session, school.id)
        else:
            everybody = one_of_each_role(session, school.id)
            chosen = {role: p for role, p in everybody.items() if role is Role.ADMINISTRATOR}
        issued = issue_credentials(
            session,
            organisation_id=school.id,
            origin=Origin(account_id=None, actor_name="flask start"),
            person_ids=set(chosen.values()),
            now=now,
        )
    by_person = {one.person_id: one for one in issued}
    return [(role, by_person[person]) for role, person in chosen.items()]


def announce(start: Start, address: str) -> None:
    """Say what was done, where the journal is and how to get in."""
    if start.migrated and start.copy:
        click.echo(_("The database was updated. A copy of it: %(file)s", file=start.copy.name))
    click.echo(_("The journal is at %(address)s", address=address))
    if start.logins:
        click.echo(_("Temporary passwords, shown this once:"))
    for role, one in start.logins:
        click.echo(f"  {say(ROLE_NAMES[role]):<28}{one.login:<24}{one.password}   {one.name}")
    if start.administered:
        _say_how_to_get_in_again(start.administered)


def _say_how_to_get_in_again(schools: Sequence[SchoolLabel]) -> None:
    """One line whatever the number of schools: many are told apart by the code to be typed."""
    if len(schools) == 1:
        click.echo(_("A new password for %(school)s:", school=schools[0].name))
    else:
        codes = ", ".join(one.code for one in schools[:SHOWN])
        more = ", …" if len(schools) > SHOWN else ""
        click.echo(
            _("A new password for an administrator; CODE of the school: %(codes)s", codes=codes)
            + more
        )
    code = schools[0].code if len(schools) == 1 else "CODE"
    click.echo(f"  {flask_command()} --app wsgi account issue --school {code} --role administrator")


def flask_command() -> Path:
    """What to type in the root of the tree: the command of its own environment, if it has one."""
    command = Path(sys.executable).with_name("flask")
    return command.relative_to(ROOT) if command.is_relative_to(ROOT) else Path("flask")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one start at a time prepare an instance."""
    with (folder / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def refuse_taken(host: str, port: int) -> None:
    """Tell before the long work that the port is somebody else's."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sentence = _("Port %(port)s is taken. Choose another: make run PORT=8001", port=port)
            raise click.ClickException(sentence) from error


@click.command("start")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--school", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--empty", help="Begin with a school of this name and nothing in it.")
@click.option("--prepare-only", is_flag=True, help="Do not serve.")
@with_appcontext
def start_command(
    host: str, port: int, school: Path | None, empty: str | None, prepare_only: bool
) -> None:
    """Prepare the database, print how to get in, and serve."""
    settings: Settings = current_app.config["SETTINGS"]
    os.umask(0o077)
    refuse_taken(host, port)
    with alone(settings.instance_dir):
        done = prepare(settings, fill=filler(school, empty), now=utc_now())
    if school and not done.filled:
        command = f"{flask_command()} --app wsgi import school {school}"
        click.echo(
            _(
                "There is a school already: the file was not read. To update it: %(command)s",
                command=command,
            )
        )
    announce(done, f"http://{host}:{port}")
    db.engine.dispose()
    if not prepare_only:
        serve(settings, host, port)


def filler(school: Path | None, empty: str | None = None) -> Fill:
    """What fills an empty database: a school's name, its file, else the demonstration."""
    if empty:
        return lambda now: begin_empty(empty, now)
    if school is None:
        return demonstrate
    return lambda _now: click.get_current_context().invoke(import_school, file=school)


def begin_empty(name: str, now: datetime) -> None:
    """A school with its administrator alone: the rest is entered by hand."""
    with transaction() as session:
        origin = Origin(account_id=None, actor_name="flask start")
        found_school(session, name=name, origin=origin, now=now)


def demonstrate(now: datetime) -> None:
    """Invent a school outside of the transaction, write it inside of one."""
    click.echo(_("Loading the demonstration school: up to half a minute"))
    made = make_demonstration(now)
    with transaction() as session:
        load_demonstration(session, made)


def serve(settings: Settings, host: str, port: int) -> None:
    """Become the production server."""
    os.environ["INSTANCE_DIR"] = str(settings.instance_dir)
    os.chdir(ROOT)
    sys.stdout.flush()
    config = str(ROOT / "deploy" / "gunicorn.py")
    server = [sys.executable, "-m", "gunicorn", "--config", config, "--bind", f"{host}:{port}"]
    os.execv(sys.executable, server)
