"""`flask monitoring …`: the regional workbook of a school (import-formats.md §3)."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _

from journal.cli.progress import stages
from journal.core.clock import end_of_day, utc_now
from journal.core.db import db
from journal.core.errors import JournalError
from journal.core.tenancy import bind
from journal.documents.cells import CellRefused, day
from journal.exchange.filling import Filled, Order, filled
from journal.exchange.forms import MP1
from journal.exchange.workbook import WRITERS
from journal.people.queries import organisation_by_code, organisation_card
from journal.webkit.i18n import say

monitoring = AppGroup("monitoring", help="Regional monitoring.")


@monitoring.command("workbook")
@click.option("--school", "code", required=True, help="Code of the organisation.")
@click.option("--year", required=True, help="Academic year, 2026-2027.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--period", type=click.Choice(list(MP1.periods)), default="YEAR", show_default=True)
@click.option("--as-of", "as_of", help="Last day that counts, ДД.ММ.ГГГГ or ISO; now by default.")
@click.option("--empty", is_flag=True, help="The classes without numbers.")
def workbook(code: str, year: str, out: Path, period: str, as_of: str | None, empty: bool) -> None:
    """Write the form МП-1 of a school as .xls or .xlsx, filled from its journal."""
    suffix = out.suffix.lower()
    if suffix not in WRITERS:
        _refuse(_("Name the file *.xls or *.xlsx."))
    session = db.session()
    organisation_id = organisation_by_code(session, code)
    if organisation_id is None:
        _refuse(_("There is no school with the code %(code)s.", code=code))
    bind(session, {organisation_id})
    zone = organisation_card(session, organisation_id).time_zone
    order = Order(form=MP1, year=year, period=period, thresholds=dict(MP1.thresholds), empty=empty)
    with stages(2) as begin:
        begin(_("Counting"))
        made = _filled(order, organisation_id, _instant(as_of, zone))
        begin(_("Writing"))
        out.write_bytes(made.workbook(suffix=suffix, secret=current_app.config["SECRET_KEY"]))
    _tell(made, out)


def _filled(order: Order, organisation_id: int, as_of: datetime) -> Filled:
    try:
        return filled(db.session(), order, organisation_id=organisation_id, as_of=as_of)
    except JournalError as refusal:
        _refuse(say(refusal.message))


def _instant(as_of: str | None, zone: str) -> datetime:
    """The end of the day named, in the school's zone; now without one."""
    if as_of is None:
        return utc_now()
    try:
        return end_of_day(day(as_of), zone)
    except CellRefused as refusal:
        _refuse(say(refusal.message))


def _tell(made: Filled, out: Path) -> None:
    for finding in made.findings:
        where = f"{finding.sheet}: " if finding.sheet else ""
        click.echo(f"{finding.code} {where}{finding.text}")
    click.echo(str(out))


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)
