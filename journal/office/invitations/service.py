"""Commands of invitations: send them, and choose a password by one."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, Origin, record, record_many
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.messages.mail import Addressee, Line, queue_mail
from journal.office.invitations.models import SignInInvitation
from journal.office.invitations.queries import Invitation, hash_of
from journal.office.invitations.rules import HOLDS
from journal.people.models import Account, Person
from journal.people.rules import full_name
from journal.people.service import ChosenPassword, open_account, origin_of, session_id

TOKEN_BYTES = 32
NO_LONGER = N_(
    "This link does not open the journal any more: it was used, is too old, or a newer one was "
    "sent. Ask the class teacher or the administrator for a new one."
)


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom to invite, and to which address of his own."""

    person_id: int
    address: str


def invite(
    session: Session,
    actor: Actor,
    *,
    whom: Sequence[Invited],
    link_of: Callable[[str], str],
    now: datetime,
) -> int:
    """Send each a link of his own; a password he has stays until he follows it. Returns how many.

    The caller has loaded the persons as ones the actor makes passwords for. `link_of` makes the
    address of a page out of a secret. An older invitation of the same person ends.
    """
    addresses = {one.person_id: one.address for one in whom}
    query = select(Person).where(Person.id.in_(addresses)).order_by(Person.sort_key, Person.id)
    changes = []
    for person in session.scalars(query).all():
        account = open_account(session, person, now)
        account.credentials_issued_at = now
        address = addresses[person.id]
        _send(session, actor, person, account, address, link_of, now)
        changes.append(_change(person, account, address))
    place, origin = actor.organisation_id, origin_of(actor)
    record_many(session, organisation_id=place, origin=origin, changes=changes, now=now)
    return len(changes)


def _send(
    session: Session,
    actor: Actor,
    person: Person,
    account: Account,
    address: str,
    link_of: Callable[[str], str],
    now: datetime,
) -> None:
    token, until = secrets.token_urlsafe(TOKEN_BYTES), now + HOLDS
    last_day = local_date(until, actor.current.time_zone)
    mail_key = queue_mail(
        session,
        organisation_id=actor.organisation_id,
        to=Addressee(address=address, person_id=person.id, locale=account.locale or "ru"),
        subject=N_("Your access to the electronic journal"),
        lines=_words(person, account.login, link_of(token), last_day),
        now=now,
        secret=True,
    )
    invitation = SignInInvitation(person_id=person.id, address=address, mail_key=mail_key)
    invitation.organisation_id, invitation.made_by = actor.organisation_id, actor.name
    invitation.token_hash, invitation.made_at, invitation.expires_at = hash_of(token), now, until
    session.add(invitation)
    session.flush()


def _words(person: Person, login: str, link: str, last_day: date) -> list[Line]:
    name = full_name(person.surname, person.given_name, person.patronymic)
    return [
        N_("Access for: %(name)s.", name=name),
        N_("Login: %(login)s", login=login),
        N_("Follow the link and choose a password of your own:"),
        link,
        N_(
            "The link opens once, until %(day)s. Give it to nobody: it opens the journal in "
            "your name. If you did not expect this letter, tell the school.",
            day=last_day,
        ),
    ]


def _change(person: Person, account: Account, address: str) -> Change:
    return Change(
        action="invite",
        object_type="account",
        object_id=account.id,
        about_id=person.id,
        after={"login": account.login, "email": address},
    )


def accept(
    session: Session,
    *,
    invitation: Invitation,
    chosen: ChosenPassword,
    client_address: str | None,
    now: datetime,
) -> str:
    """The person's own password, chosen by the link; other sessions end. Returns the session id.

    NotFound when somebody used the link meanwhile.
    """
    row = session.get(SignInInvitation, invitation.invitation_id, with_for_update=True)
    account = session.get(Account, invitation.account_id)
    if row is None or row.used_at is not None or account is None:
        raise NotFound(NO_LONGER)
    row.used_at = now
    account.password_hash = chosen.hash
    account.password_is_temporary = False
    account.password_set_at = now
    account.failed_attempts, account.throttled_until = 0, None
    account.session_epoch += 1
    session.flush()
    _log_accepted(session, invitation, client_address, now)
    return session_id(account)


def _log_accepted(
    session: Session, invitation: Invitation, client_address: str | None, now: datetime
) -> None:
    change = Change(
        action="accept_invitation",
        object_type="account",
        object_id=invitation.account_id,
        about_id=invitation.person_id,
    )
    origin, place = _origin(invitation, client_address), invitation.organisation_id
    record(session, organisation_id=place, origin=origin, change=change, now=now)


def _origin(invitation: Invitation, client_address: str | None) -> Origin:
    return Origin(
        account_id=invitation.account_id,
        actor_name=invitation.name,
        client_address=client_address,
    )
