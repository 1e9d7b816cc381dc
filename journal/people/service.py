"""Commands on accounts: sign-in, own password, temporary passwords."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, Origin, record, record_many
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.people.models import Account, Person
from journal.people.passwords import hash_made, hash_own, matches
from journal.people.queries import account_by_login
from journal.people.rules import (
    check_new_password,
    login_stem,
    short_name,
    temporary_password,
    throttle_until,
)

# Checked when there is no such login, so that the answer takes the same time.
_NOBODY = hash_own("nobody")
WRONG_CREDENTIALS = N_("The login or the password is wrong. Check both and the keyboard layout.")


def origin_of(actor: Actor) -> Origin:
    """The audit origin of an actor."""
    return Origin(
        account_id=actor.account_id,
        actor_name=actor.name,
        client_address=actor.client_address,
    )


def record_by(session: Session, actor: Actor, change: Change, now: datetime) -> None:
    """Append a change of the actor's to the chain of his school."""
    record(
        session,
        organisation_id=actor.organisation_id,
        origin=origin_of(actor),
        change=change,
        now=now,
    )


@dataclass(frozen=True, slots=True)
class SignIn:
    """The outcome of checking a password: `right`, and the account it was checked against."""

    account_id: int | None
    right: bool


def check_credentials(session: Session, *, login: str, password: str, now: datetime) -> SignIn:
    """Check a password without writing. Raises RuleViolation while the account is throttled.

    Slow by intention (Argon2): call it outside of a writing transaction.
    """
    account = account_by_login(session, login)
    if account is None or account.password_hash is None or not account.active:
        matches(_NOBODY, password)
        return SignIn(None, False)
    _refuse_throttled(account, now)
    return SignIn(account.id, matches(account.password_hash, password))


def _refuse_throttled(account: Account, now: datetime) -> None:
    if account.throttled_until and account.throttled_until > now:
        minutes = int((account.throttled_until - now).total_seconds() // 60) + 1
        raise RuleViolation(
            "password",
            N_("Too many wrong attempts. Try again in %(minutes)s min.", minutes=minutes),
        )


def note_sign_in(session: Session, *, outcome: SignIn, now: datetime) -> str:
    """Count the attempt; returns the session id («account.epoch») or raises WRONG_CREDENTIALS.

    Attempts at the same moment are counted one after the other: what they were checked against may
    be throttled by now.
    """
    query = select(Account).where(Account.id == (outcome.account_id or 0))
    account = session.scalar(query.with_for_update(), execution_options={"populate_existing": True})
    if account is None:
        raise RuleViolation("password", WRONG_CREDENTIALS)
    _refuse_throttled(account, now)
    if not outcome.right:
        account.failed_attempts += 1
        account.throttled_until = throttle_until(account.failed_attempts, now)
        session.flush()
        raise RuleViolation("password", WRONG_CREDENTIALS)
    account.failed_attempts = 0
    account.throttled_until = None
    return session_id(account)


def session_id(account: Account) -> str:
    """What the cookie holds; a new epoch ends every older session."""
    return f"{account.id}.{account.session_epoch}"


@dataclass(frozen=True, slots=True)
class ChosenPassword:
    """A new password that was checked, as its hash."""

    hash: str


def choose_password(session: Session, actor: Actor, *, old: str, new: str) -> ChosenPassword:
    """Check the present password and the new one. Slow by intention, writes nothing."""
    account = session.get(Account, actor.account_id)
    if account is None or account.password_hash is None:
        raise NotFound()
    if not matches(account.password_hash, old):
        raise RuleViolation("old_password", N_("The present password is wrong. Type it again."))
    check_new_password(new, login=account.login)
    if old == new:
        raise RuleViolation("password", N_("The new password must differ from the present one."))
    return ChosenPassword(hash_own(new))


def change_own_password(
    session: Session, actor: Actor, *, chosen: ChosenPassword, now: datetime
) -> str:
    """Replace the actor's password; ends his other sessions. Returns the new session id."""
    account = session.get(Account, actor.account_id)
    if account is None:
        raise NotFound()
    account.password_hash = chosen.hash
    account.password_is_temporary = False
    account.password_set_at = now
    account.session_epoch += 1
    change = Change(
        action="change_password",
        object_type="account",
        object_id=account.id,
        about_id=actor.current.person_id,
    )
    record_by(session, actor, change, now)
    return session_id(account)


@dataclass(frozen=True, slots=True)
class IssuedCredentials:
    """A login and the temporary password, shown once and kept nowhere."""

    person_id: int
    name: str
    login: str
    password: str


@dataclass(frozen=True, slots=True)
class FreshPassword:
    """A temporary password with its hash, made before the writing transaction."""

    password: str
    hash: str


def fresh_passwords(count: int) -> list[FreshPassword]:
    """Temporary passwords for `count` persons.

    Hashing takes a while by intention: call it outside of a writing transaction.
    """
    made = [temporary_password() for _ in range(count)]
    return [FreshPassword(one, hash_made(one)) for one in made]


def issue_credentials(
    session: Session,
    *,
    organisation_id: int,
    origin: Origin,
    person_ids: Iterable[int],
    now: datetime,
    passwords: Sequence[FreshPassword] | None = None,
) -> list[IssuedCredentials]:
    """Make (or renew) temporary passwords; ends open sessions of those accounts.

    Persons without an account get one. Returned in the order of the names. `passwords` are those
    of `fresh_passwords`, one a person; made here when not given.
    """
    people, known = _with_accounts(session, person_ids)
    made = passwords if passwords is not None else fresh_passwords(len(people))
    issued = [
        _issue(session, person, known.get(person.account_id or 0), fresh, now)
        for person, fresh in zip(people, made, strict=False)
    ]
    changes = [_issue_change(person, one) for person, one in zip(people, issued, strict=True)]
    record_many(session, organisation_id=organisation_id, origin=origin, changes=changes, now=now)
    return issued


def _with_accounts(
    session: Session, person_ids: Iterable[int]
) -> tuple[Sequence[Person], dict[int, Account]]:
    """The persons in the order of names, and the accounts they have by id."""
    people = session.scalars(
        select(Person).where(Person.id.in_(list(person_ids))).order_by(Person.sort_key, Person.id)
    ).all()
    ids = [person.account_id for person in people if person.account_id]
    accounts = session.scalars(select(Account).where(Account.id.in_(ids)))
    return people, {account.id: account for account in accounts}


def _issue_change(person: Person, one: IssuedCredentials) -> Change:
    return Change(
        action="issue_credentials",
        object_type="account",
        object_id=person.account_id,
        about_id=person.id,
        after={"login": one.login},
    )


def _issue(
    session: Session, person: Person, account: Account | None, fresh: FreshPassword, now: datetime
) -> IssuedCredentials:
    if account is None:
        account = open_account(session, person, now)
    account.password_hash = fresh.hash
    account.password_is_temporary = True
    account.credentials_issued_at = now
    account.failed_attempts = 0
    account.throttled_until = None
    account.session_epoch = (account.session_epoch or 0) + 1
    session.flush()
    name = short_name(person.surname, person.given_name, person.patronymic)
    return IssuedCredentials(person.id, name, account.login, fresh.password)


def open_account(session: Session, person: Person, now: datetime) -> Account:
    """The person's account; one without a password is made when he has none."""
    known = session.get(Account, person.account_id) if person.account_id else None
    if known is not None:
        return known
    made = Account(
        login=free_login(session, login_stem(person.surname, person.given_name)),
        created_at=now,
        session_epoch=0,
    )
    session.add(made)
    session.flush()
    person.account_id = made.id
    return made


def chosen_first(*, login: str, new: str) -> ChosenPassword:
    """A first own password, checked, as its hash. Slow by intention, writes nothing."""
    check_new_password(new, login=login)
    return ChosenPassword(hash_own(new))


def free_login(session: Session, stem: str) -> str:
    """The stem, or the stem with the first free number."""
    taken = set(session.scalars(select(Account.login).where(Account.login.like(f"{stem}%"))))
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def set_locale(session: Session, actor: Actor, *, locale: str) -> None:
    """Remember the actor's language of the screen."""
    if locale not in ("ru", "en"):
        raise RuleViolation("locale", N_("Choose Russian or English."))
    account = session.get(Account, actor.account_id)
    if account is not None:
        account.locale = locale
