"""`flask demo …`: the demonstration school of invented people, and ways into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from journal.access import ROLE_NAMES, Role
from journal.cli.start import demonstrate
from journal.core.audit import Origin
from journal.core.clock import utc_now
from journal.core.db import db, transaction
from journal.core.tenancy import acting_for
from journal.demo.school import CODE
from journal.demo.shown import shown_people
from journal.exchange.demo import CODE as REGION_CODE
from journal.exchange.demo import make_region
from journal.people.queries import organisation_by_code
from journal.people.service import IssuedCredentials, fresh_passwords, issue_credentials
from journal.webkit.files import file_store
from journal.webkit.i18n import say

Logins = Sequence[tuple[Role, IssuedCredentials]]

_ORIGIN = Origin(account_id=None, actor_name="flask demo region")

demo = AppGroup("demo", help="The demonstration school of invented people.")


@demo.command("school")
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]),
    help="The moment to show, in UTC; now by default.",
)
def school(at: datetime | None) -> None:
    """Load the demonstration school and print logins for every role."""
    if organisation_by_code(db.session(), CODE) is not None:
        raise click.ClickException(
            _("The demonstration is here already. New passwords: flask --app wsgi demo logins")
        )
    db.session.rollback()
    demonstrate(at.replace(tzinfo=UTC) if at else utc_now())
    _print(fresh_logins(_organisation(), utc_now()))


@demo.command("region")
def region() -> None:
    """Load a demonstration region of forty schools around the demonstration school, if there is
    one, and print logins of the operator and of a coordinator."""
    session = db.session()
    if organisation_by_code(session, REGION_CODE) is not None:
        raise click.ClickException(_("The demonstration region is here already."))
    own, now = organisation_by_code(session, CODE), utc_now()
    session.rollback()
    passwords = fresh_passwords(2)
    with transaction() as writing:
        made = make_region(writing, now=now, origin=_ORIGIN, own_school=own, store=file_store())
        for one, password in zip((made.centre, made.first), passwords, strict=True):
            with acting_for(writing, {one.organisation_id}):
                issued = issue_credentials(
                    writing,
                    organisation_id=one.organisation_id,
                    origin=_ORIGIN,
                    person_ids=[one.person_id],
                    now=now,
                    passwords=[password],
                )
            click.echo(f"  {issued[0].name:24}{issued[0].login:24}{issued[0].password}")


@demo.command("logins")
def logins() -> None:
    """Make new temporary passwords for one person of every role and print them."""
    _print(fresh_logins(_organisation(), utc_now()))


def fresh_logins(organisation_id: int, now: datetime) -> Logins:
    """Temporary passwords by role. They must be changed at the first sign-in, like all of them."""
    reading = db.session()
    with acting_for(reading, {organisation_id}):
        chosen = shown_people(reading, organisation_id)
    reading.rollback()
    person_ids = set(chosen.values())
    passwords = fresh_passwords(len(person_ids))
    with transaction() as session, acting_for(session, {organisation_id}):
        issued = issue_credentials(
            session,
            organisation_id=organisation_id,
            origin=Origin(account_id=None, actor_name="flask demo logins"),
            person_ids=person_ids,
            now=now,
            passwords=passwords,
        )
    by_person = {one.person_id: one for one in issued}
    return [(role, by_person[chosen[role]]) for role in Role if role in chosen]


def _organisation() -> int:
    found = organisation_by_code(db.session(), CODE)
    db.session.rollback()
    if found is None:
        raise click.ClickException(
            _("There is no demonstration here. Load it: flask --app wsgi demo school")
        )
    return found


def _print(issued: Logins) -> None:
    click.echo(_("Temporary passwords, shown this once; each is replaced at the first sign-in:"))
    for role, one in issued:
        click.echo(f"  {say(ROLE_NAMES[role]):<28}{one.login:<24}{one.password}   {one.name}")
