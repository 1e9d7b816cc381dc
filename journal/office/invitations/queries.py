"""Reads of invitations: who was invited and what came of it; the one a link belongs to."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.tenancy import across
from journal.messages.models import Mail
from journal.office.invitations.models import SignInInvitation
from journal.office.invitations.rules import Facts, InvitationState, holds, state_of
from journal.people.directory import NAME_COLUMNS, name_of
from journal.people.models import Account, Organisation, Person

SHOWN_AT_MOST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRow:
    """One invitation in the list; `fault` is what the mail server said."""

    person_id: int
    name: str
    address: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    state: InvitationState
    fault: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """The invitation a link belongs to, while it holds."""

    invitation_id: int
    organisation_id: int
    school: str
    account_id: int
    person_id: int
    name: str
    login: str


_COLUMNS = (
    SignInInvitation.id,
    SignInInvitation.organisation_id,
    SignInInvitation.person_id,
    SignInInvitation.address,
    SignInInvitation.made_by,
    SignInInvitation.made_at,
    SignInInvitation.expires_at,
    SignInInvitation.used_at,
    *NAME_COLUMNS,
    Person.email,
    Account.id.label("account_id"),
    Account.login,
    Account.active,
    Account.credentials_issued_at,
    Account.password_set_at,
)


def hash_of(token: str) -> str:
    """The secret is random and long: one round of SHA-256 keeps it."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitations(
    session: Session, *, now: datetime, persons: Collection[int] | None
) -> list[InvitationRow]:
    """The latest invitations, newest first; of those persons, or of everybody. One query."""
    query = (
        select(*_COLUMNS, Mail.sent_at, Mail.due_at, Mail.fault)
        .join(Person, Person.id == SignInInvitation.person_id)
        .join(Account, Account.id == Person.account_id)
        .outerjoin(Mail, Mail.message_id == SignInInvitation.mail_key)
        .order_by(SignInInvitation.id.desc())
        .limit(SHOWN_AT_MOST)
    )
    if persons is not None:
        query = query.where(SignInInvitation.person_id.in_(persons))
    return [_row(row, now) for row in session.execute(query)]


def _row(row: Any, now: datetime) -> InvitationRow:
    given_up = row.sent_at is None and row.due_at is None
    return InvitationRow(
        person_id=row.person_id,
        name=name_of(row),
        address=row.address,
        made_by=row.made_by,
        made_at=row.made_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        state=state_of(_facts(row), sent_at=row.sent_at, given_up=given_up, now=now),
        fault=row.fault if given_up else None,
    )


def _facts(row: Any) -> Facts:
    return Facts(
        address=row.address,
        address_now=row.email,
        made_at=row.made_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        issued_at=row.credentials_issued_at,
        set_at=row.password_set_at,
        active=row.active,
    )


def invitation_of(session: Session, token: str, *, now: datetime) -> Invitation | None:
    """Whose invitation the link is; None when it opens nothing (any more). One query."""
    query = (
        select(*_COLUMNS, Organisation.short_name)
        .join(Person, Person.id == SignInInvitation.person_id)
        .join(Account, Account.id == Person.account_id)
        .join(Organisation, Organisation.id == SignInInvitation.organisation_id)
        .where(SignInInvitation.token_hash == hash_of(token))
    )
    with across(session, "who follows an invitation brings nothing but its secret"):
        row = session.execute(query).one_or_none()
    if row is None or not holds(_facts(row), now):
        return None
    return Invitation(
        invitation_id=row.id,
        organisation_id=row.organisation_id,
        school=row.short_name,
        account_id=row.account_id,
        person_id=row.person_id,
        name=name_of(row),
        login=row.login,
    )
