"""`flask account issue`: a way in when nobody is in yet, or when a password is lost."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from journal.access import ROLE_NAMES, Role
from journal.core.audit import Origin
from journal.core.clock import utc_now
from journal.core.db import db, transaction
from journal.core.tenancy import acting_for
from journal.people.queries import first_holder, holders_of_role, organisation_by_code
from journal.people.rules import normal_login
from journal.people.service import issue_credentials
from journal.webkit.i18n import say


@click.group("account")
def account() -> None:
    """Logins and temporary passwords."""


@account.command("issue")
@click.option("--school", "code", required=True, help="Code of the organisation.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--login", help="Whose; by default the holder with the lowest personnel number.")
@click.option("--dry-run", is_flag=True, help="Only say whose password it would be.")
@with_appcontext
def issue(code: str, role: str, login: str | None, dry_run: bool) -> None:
    """Make or renew a temporary password and print it once."""
    organisation_id = organisation_by_code(db.session(), code)
    if organisation_id is None:
        raise click.ClickException(_("There is no school with the code %(code)s.", code=code))
    person_id = _holder(organisation_id, Role(role), login)
    if dry_run:
        click.echo(_("One temporary password would be issued. Nothing was written."))
        return
    with transaction() as session, acting_for(session, {organisation_id}):
        (issued,) = issue_credentials(
            session,
            organisation_id=organisation_id,
            origin=Origin(account_id=None, actor_name="flask account issue"),
            person_ids=[person_id],
            now=utc_now(),
        )
    click.echo(f"{issued.login}\t{issued.password}\t{issued.name}")


def _holder(organisation_id: int, role: Role, login: str | None) -> int:
    """The person to issue to. The database is left as it was found."""
    session, day = db.session(), utc_now().date()
    with acting_for(session, {organisation_id}):
        if login is None:
            found = first_holder(session, organisation_id, role, day=day)
        else:
            holders = holders_of_role(session, organisation_id, role, day=day)
            found = holders.get(normal_login(login))
    session.rollback()
    if found is None:
        name = say(ROLE_NAMES[role])
        raise click.ClickException(_("Nobody like that has the role «%(role)s» here.", role=name))
    return found
