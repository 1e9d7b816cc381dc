"""`flask archive make`, `flask archive verify`: the signed archive of a year."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _

from config import Settings
from journal.core.clock import utc_now
from journal.core.db import db
from journal.core.errors import JournalError
from journal.core.tenancy import bind
from journal.people.queries import organisation_by_code, organisation_card
from journal.transfer.archive.keys import SigningKey, fingerprint
from journal.transfer.archive.service import archive_year
from journal.transfer.archive.verifying import verify_archive
from journal.webkit.i18n import say

archive_group = AppGroup("archive", help="The signed archive of a school year.")


@archive_group.command("make")
@click.option("--school", "code", required=True, help="Code of the organisation.")
@click.option("--year", required=True, help="Academic year, 2026-2027.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def make(code: str, year: str, out: Path) -> None:
    """Write every journal, summary sheet and the history as one signed .zip."""
    session = db.session()
    organisation_id = organisation_by_code(session, code)
    if organisation_id is None:
        _refuse(_("There is no school with the code %(code)s.", code=code))
    bind(session, {organisation_id})
    card = organisation_card(session, organisation_id)
    key, now = SigningKey.of(_folder()), utc_now()
    try:
        archive_year(session, card, year=year, target=out, key=key, say=say, now=now, told=_told)
    except JournalError as refusal:
        _refuse(say(refusal.message))
    click.echo(str(out))


@archive_group.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", help="Fingerprint of the key it must be signed with.")
def verify(file: Path, key: str | None) -> None:
    """Say whether an archive is genuine; exit 1 with what is wrong otherwise."""
    verdict = verify_archive(file, trusted=key)
    for fault in verdict.faults:
        click.echo(say(fault), err=True)
    if not verdict.genuine:
        sys.exit(1)
    own = fingerprint(SigningKey.of(_folder()).public_pem)
    click.echo(
        _(
            "The archive is genuine: %(school)s, %(year)s, files %(count)s.",
            school=verdict.school,
            year=verdict.year,
            count=verdict.files,
        )
    )
    signer = _("the key of this installation") if verdict.key == own else _("another key")
    click.echo(f"{signer}: {verdict.key}")


def _folder() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.instance_dir


def _told(done: int, of: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done}/{of}", nl=done == of, err=True)
    elif done % 25 == 0 or done == of:
        click.echo(f"{done}/{of}", err=True)


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)
