"""`flask monitoring …`: the regional workbook of a school (import-formats.md §3), the centre."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _

from journal.access import Role
from journal.cli.progress import stages
from journal.core.audit import Origin
from journal.core.clock import end_of_day, utc_now
from journal.core.db import db, transaction
from journal.core.errors import JournalError, NotFound
from journal.core.tenancy import acting_for, bind
from journal.documents.cells import CellRefused, day
from journal.exchange.filling import Filled, Order, filled
from journal.exchange.forms import MP1
from journal.exchange.queries import procedure_card
from journal.exchange.service.processing import order_of
from journal.exchange.workbook import WRITERS
from journal.office.setup.founding import FirstPerson, found_organisation
from journal.people.queries import organisation_by_code, organisation_card
from journal.people.service import IssuedCredentials, issue_credentials
from journal.webkit.i18n import say

monitoring = AppGroup("monitoring", help="Regional monitoring.")


@monitoring.command("workbook")
@click.option("--school", "code", required=True, help="Code of the organisation.")
@click.option("--year", required=True, help="Academic year, 2026-2027.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--period", type=click.Choice(list(MP1.periods)), help="YEAR by default.")
@click.option("--as-of", "as_of", help="Last day that counts, ДД.ММ.ГГГГ or ISO; now by default.")
@click.option("--procedure", "procedure_id", type=int, help="The collection it is for.")
@click.option("--empty", is_flag=True, help="The classes without numbers.")
def workbook(
    code: str,
    year: str,
    out: Path,
    period: str | None,
    as_of: str | None,
    procedure_id: int | None,
    empty: bool,
) -> None:
    """Write the form МП-1 of a school as .xls or .xlsx, filled from its journal."""
    suffix = _suffix(out)
    school, zone = _school(code)
    order = replace(_order(procedure_id, year, period), empty=empty)
    with stages(2) as begin:
        begin(_("Counting"))
        made = _filled(order, school, _instant(as_of, zone))
        begin(_("Writing"))
        out.write_bytes(made.workbook(suffix=suffix, secret=current_app.config["SECRET_KEY"]))
    _tell(made, out)


def _suffix(out: Path) -> str:
    suffix = out.suffix.lower()
    if suffix not in WRITERS:
        _refuse(_("Name the file *.xls or *.xlsx."))
    return suffix


def _school(code: str) -> tuple[int, str]:
    """Id and time zone of the school, to which the session is bound."""
    session = db.session()
    organisation_id = organisation_by_code(session, code)
    if organisation_id is None:
        _refuse(_("There is no school with the code %(code)s.", code=code))
    bind(session, {organisation_id})
    return organisation_id, organisation_card(session, organisation_id).time_zone


def _order(procedure_id: int | None, year: str, period: str | None) -> Order:
    """What the procedure asks for; without one the year's form with its usual thresholds."""
    if procedure_id is None:
        thresholds = dict(MP1.thresholds)
        return Order(form=MP1, year=year, period=period or "YEAR", thresholds=thresholds)
    try:
        order = order_of(procedure_card(db.session(), procedure_id))
    except NotFound:
        _refuse(_("There is no procedure %(number)s.", number=procedure_id))
    if (order.year, order.period) != (year, period or order.period):
        _refuse(
            _(
                "The procedure is for %(year)s, period %(period)s.",
                year=order.year,
                period=order.period,
            )
        )
    return order


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


@monitoring.command("centre")
@click.option("--code", required=True, help="Code of the centre.")
@click.option("--name", required=True, help="Full name of the centre.")
@click.option("--short-name", "short_name", help="Short name; the full one by default.")
@click.option("--website", help="Address of the official site.")
@click.option("--zone", default="Europe/Moscow", help="The region's time zone.")
@click.option("--operator", required=True, help="«Фамилия Имя Отчество» of the first operator.")
def centre(
    code: str, name: str, short_name: str | None, website: str | None, zone: str, operator: str
) -> None:
    """Make the regional centre and print its operator's login and temporary password once."""
    surname, given_name, *rest = [*operator.split(), "", ""]
    if not given_name:
        _refuse(_("Name the operator in full: surname and given name at least."))
    if organisation_by_code(db.session(), code) is not None:
        _refuse(_("There is an organisation with the code %(code)s already.", code=code))
    facts = {"kind": "regional_centre", "code": code, "full_name": name, "time_zone": zone}
    facts |= {"short_name": short_name or name}
    first = FirstPerson(
        surname=surname,
        given_name=given_name,
        patronymic=" ".join(rest).strip() or None,
        position=_("Operator of the monitoring"),
        role=Role.REGIONAL_OPERATOR,
    )
    issued = _found({**facts, "website": website}, first)
    click.echo(f"{issued.login}\t{issued.password}\t{issued.name}")


def _found(facts: dict[str, str | None], first: FirstPerson) -> IssuedCredentials:
    origin = Origin(account_id=None, actor_name="flask monitoring centre")
    with transaction() as session:
        founded = found_organisation(session, facts, first, origin=origin, now=utc_now())
        with acting_for(session, {founded.organisation_id}):
            (issued,) = issue_credentials(
                session,
                organisation_id=founded.organisation_id,
                origin=origin,
                person_ids=[founded.person_id],
                now=utc_now(),
            )
    return issued
