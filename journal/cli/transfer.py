"""`flask import …`, `flask export …`: the public contract of import-formats.md §3."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from journal.cli.progress import stages
from journal.core.audit import Origin
from journal.core.clock import utc_now
from journal.core.db import db, gather_statistics, transaction
from journal.core.errors import JournalError
from journal.people.queries import organisation_by_code
from journal.transfer.changes import Changes
from journal.transfer.faults import ImportFault, ImportNote
from journal.transfer.service import (
    CheckedHistory,
    CheckedSchool,
    check_history,
    check_school,
    export_history,
    export_school,
    import_history,
    import_school,
    planned_changes,
)
from journal.transfer.store import StoredSchool
from journal.webkit.i18n import say

import_group = AppGroup("import", help="Read files a school hands over.")
export_group = AppGroup("export", help="Write the present state as files.")
OPERATOR = Origin(account_id=None, actor_name="flask import")
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@import_group.command("school")
@click.argument("file", type=FILE)
@click.option("--school", "code", help="Whose file it is, when it has no sheet «Организация».")
@click.option("--dry-run", is_flag=True, help="Only check and say what would change.")
def school(file: Path, code: str | None, dry_run: bool) -> None:
    """Import a school workbook: .xlsx, .ods, or one sheet as .csv with --school."""
    only = _school(code) if code else None
    with stages(3) as begin:
        begin(_("Reading and checking"))
        checked = _checked_school(file, only)
        stored = None
        if checked.package is not None and not dry_run:
            begin(_("Writing"))
            with transaction() as session:
                stored = import_school(session, checked, origin=OPERATOR, now=utc_now())
            gather_statistics(db.engine)
        begin(_("Done"))
    if dry_run:
        _tell_changes(planned_changes(checked))
    if _may_write(checked.notes, checked.faults, dry_run=dry_run) and stored is not None:
        _tell(stored)


def _checked_school(file: Path, only: int | None) -> CheckedSchool:
    try:
        return check_school(
            db.session(), file_name=file.name, data=file.read_bytes(), organisation_id=only
        )
    except JournalError as refusal:
        _refuse(say(refusal.message))


@import_group.command("history")
@click.argument("folder", type=FOLDER)
@click.option("--school", "code", required=True, help="Code of the organisation.")
@click.option("--dry-run", is_flag=True, help="Only check; nothing is written.")
def history(folder: Path, code: str, dry_run: bool) -> None:
    """Import the journal history from a folder of CSV files."""
    contents = {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}
    organisation_id = _school(code)
    with stages(3) as begin:
        begin(_("Reading and checking"))
        checked = _checked_history(organisation_id, contents)
        stored = None
        if checked.package is not None and not dry_run:
            begin(_("Writing"))
            with transaction() as session:
                stored = import_history(session, checked, origin=OPERATOR, now=utc_now())
            gather_statistics(db.engine)
        begin(_("Done"))
    if not _may_write(checked.notes, checked.faults, dry_run=dry_run) or stored is None:
        return
    for name, count in stored.written.items():
        click.echo(f"{name}: {count}")
    if not stored.changed_anything:
        click.echo(_("Nothing has changed: the file says what the journal holds."))


def _checked_history(organisation_id: int, contents: dict[str, bytes]) -> CheckedHistory:
    try:
        return check_history(
            db.session(), organisation_id=organisation_id, contents=contents, now=utc_now()
        )
    except JournalError as refusal:
        _refuse(say(refusal.message))


@export_group.command("history")
@click.option("--school", "code", required=True, help="Code of the organisation.")
@click.option("--year", required=True, help="Academic year, 2026-2027.")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
def export_history_command(code: str, year: str, out: Path) -> None:
    """Write a year's journal as a folder of CSV files."""
    try:
        files = export_history(db.session(), _school(code), year=year, now=utc_now())
    except JournalError as refusal:
        _refuse(say(refusal.message))
    out.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (out / name).write_bytes(data)
    click.echo(str(out))


@export_group.command("school")
@click.option("--school", "code", required=True, help="Code of the organisation.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def export_school_command(code: str, out: Path) -> None:
    """Write the present state of a school as a workbook."""
    out.write_bytes(export_school(db.session(), _school(code), now=utc_now()))
    click.echo(str(out))


def _may_write(
    notes: Sequence[ImportNote], faults: Sequence[ImportFault], *, dry_run: bool
) -> bool:
    """Tell what the check found. Ends the command on a fault; a dry run writes nothing."""
    for note in notes:
        click.echo(f"{note.sheet}, {note.row}: {say(note.message)}")
    if faults:
        _refuse_faults(faults)
    if dry_run:
        click.echo(_("The file is sound. Nothing was written: this was a dry run."))
    return not dry_run


def _tell(stored: StoredSchool) -> None:
    _tell_changes(stored.changes)
    if not stored.changed_anything:
        click.echo(_("Nothing has changed: the file says what the journal holds."))


def _tell_changes(changes: Mapping[str, Changes[Any]]) -> None:
    for change in changes.values():
        counts = f"+{len(change.added)} ~{len(change.changed)} ={change.same}"
        click.echo(f"{change.spec.title}: {counts}")
        for row in change.vanished[:20]:
            click.echo(f"  {_('not in the file')}: {change.named(row)}")
        if len(change.vanished) > 20:
            click.echo(f"  … {len(change.vanished) - 20}")


def _refuse_faults(faults: Sequence[ImportFault]) -> None:
    for one in faults:
        place = f"{one.sheet}, {one.row}, {one.column}"
        value = f" «{one.value}»" if one.value else ""
        click.echo(f"{place}:{value} {say(one.message)}", err=True)
    _refuse(_("The file holds %(count)s errors; nothing was written.", count=len(faults)))


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)


def _school(code: str) -> int:
    found = organisation_by_code(db.session(), code)
    if found is None:
        _refuse(_("There is no school with the code %(code)s.", code=code))
    return found
