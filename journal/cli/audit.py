"""`flask audit verify`: walk the chains of all organisations; exit 1 at a fault."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from journal.core.audit import verify_chain
from journal.core.db import db
from journal.core.tenancy import acting_for
from journal.people.queries import SchoolLabel, schools
from journal.webkit.i18n import say


@click.group("audit")
def audit() -> None:
    """The append-only log of changes."""


@audit.command("verify")
@click.option("--school", "code", help="Code of one organisation; all of them by default.")
@with_appcontext
def verify(code: str | None) -> None:
    """Check every entry of the log against the hash of the one before it."""
    found = [one for one in schools(db.session()) if code in (None, one.code)]
    if not found:
        raise click.ClickException(_("There is no school to check."))
    whole = [_is_whole(school) for school in found]
    sys.exit(0 if all(whole) else 1)


def _is_whole(school: SchoolLabel) -> bool:
    session = db.session()
    with acting_for(session, {school.id}):
        entries, fault = verify_chain(session, school.id)
    session.rollback()
    if fault is None:
        click.echo(
            _("%(school)s: the log is whole, entries: %(n)s.", school=school.name, n=entries)
        )
        return True
    sentence = _(
        "%(school)s: the log is damaged at entry %(seq)s: %(why)s.",
        school=school.name,
        seq=fault.seq,
        why=say(fault.why),
    )
    click.echo(sentence, err=True)
    return False
