"""`flask report NAME`: any printed form by its name (import-formats.md §3)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from journal.cli.asking import Typed, ask_of
from journal.core.clock import utc_now
from journal.core.db import db
from journal.core.errors import JournalError
from journal.core.tenancy import bind
from journal.people.queries import organisation_by_code, organisation_card
from journal.reports.forms import Paper, written_papers
from journal.reports.forms.writing import FORMATS, Making
from journal.reports.kinds.asking import Ask, Desk, FormKind
from journal.reports.kinds.operator import operator
from journal.reports.kinds.registry import BY_NAME, KINDS
from journal.webkit.i18n import say

NAMES = ", ".join(one.name for one in KINDS)


@click.command("report", help=f"Write a printed form. NAME is one of: {NAMES}.")
@click.argument("name")
@click.option("--school", "code", required=True, help="Code of the organisation.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--year", help="Academic year, 2026-2027; the present one by default.")
@click.option("--class", "class_name", help="5А; without it all classes.")
@click.option("--subject", help="Subject of the course, or of the report by subject.")
@click.option("--subgroup", help="Subgroup of the course.")
@click.option("--pupil", help="Personal file of the pupil.")
@click.option("--term", help="1, 2 …, quarter-2, half_year-1, year, all; the latest by default.")
@click.option("--from", "first", help="First day, ДД.ММ.ГГГГ or ISO.")
@click.option("--to", "last", help="Last day, inclusive.")
@click.option("--as-of", help="School and subject reports as they stood at the end of that day.")
@with_appcontext
def report(name: str, code: str, out: Path, **typed: str | None) -> None:
    """Write a printed form as PDF, xlsx or csv, by the ending of the file."""
    kind, suffix, desk = _kind(name), _suffix(out), _desk(code)
    try:
        papers = _papers(desk, kind, ask_of(desk, kind, Typed(**typed)))
    except JournalError as refusal:
        _refuse(say(refusal.message))
    making = Making(at=desk.now, time_zone=desk.actor.current.time_zone)
    out.write_bytes(written_papers(papers, making, suffix, say))
    click.echo(str(out))


def _papers(desk: Desk, kind: FormKind, ask: Ask) -> list[Paper]:
    """Everything asked for; of many, one that is refused (a class without that term) is told and
    left out, as the page's job does.
    """
    if not kind.wide(ask):
        return list(kind.build(desk, ask))
    units = kind.units(desk, ask)
    found: list[Paper] = []
    with click.progressbar(units, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        for place, unit in enumerate(bar, start=1):
            if not sys.stderr.isatty():
                click.echo(f"{place}/{len(units)}", err=True)
            try:
                found += kind.build(desk, unit)
            except JournalError as refusal:
                click.echo(say(refusal.message), err=True)
    if not found:
        _refuse(_("There was nothing to make."))
    return found


def _kind(name: str) -> FormKind:
    wanted = name.strip().casefold()
    titles = {say(one.title).casefold(): one for one in KINDS}
    found = BY_NAME.get(wanted) or titles.get(wanted)
    if found is None:
        _refuse(_("There is no form «%(name)s». Forms: %(names)s.", name=name, names=NAMES))
    return found


def _suffix(out: Path) -> str:
    suffix = out.suffix.lower().lstrip(".")
    if suffix not in FORMATS:
        _refuse(_("Name the file *.pdf, *.xlsx or *.csv."))
    return suffix


def _desk(code: str) -> Desk:
    session = db.session()
    organisation_id = organisation_by_code(session, code)
    if organisation_id is None:
        _refuse(_("There is no school with the code %(code)s.", code=code))
    bind(session, {organisation_id})
    card = organisation_card(session, organisation_id)
    return Desk(session=session, actor=operator(card, "flask report"), now=utc_now(), say=say)


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)
