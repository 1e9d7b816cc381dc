"""Secret addresses of calendar feeds: made, dropped, and whose they are when a program comes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, exists, or_, select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.core.tenancy import across
from journal.people.models import (
    Account,
    CalendarAddress,
    Guardian,
    GuardianLink,
    Organisation,
    Person,
    Pupil,
    StaffMember,
)
from journal.people.service import record_by

TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOwner:
    """Whose feed an address leads to: a pupil's days, or a member of staff's own lessons."""

    address_id: int
    organisation_id: int
    school: str
    time_zone: str
    pupil_id: int | None
    staff_id: int | None


def make_address(session: Session, actor: Actor, *, pupil_id: int | None, now: datetime) -> str:
    """A new secret for this feed; the old one leads nowhere from now on. Shown once: only its hash
    is kept."""
    _drop(session, actor, pupil_id)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    address = CalendarAddress(
        organisation_id=actor.organisation_id,
        person_id=actor.current.person_id,
        pupil_id=pupil_id,
        token_hash=hash_of(token),
        made_at=now,
    )
    session.add(address)
    session.flush()
    _log(session, actor, "make_calendar_address", pupil_id, now)
    return token


def drop_address(session: Session, actor: Actor, *, pupil_id: int | None, now: datetime) -> None:
    """Programs that know the address get nothing any more."""
    if not _drop(session, actor, pupil_id):
        raise NotFound()
    _log(session, actor, "drop_calendar_address", pupil_id, now)


def hash_of(token: str) -> str:
    """The secret is random and long: one round of SHA-256 keeps it."""
    return hashlib.sha256(token.encode()).hexdigest()


def _drop(session: Session, actor: Actor, pupil_id: int | None) -> bool:
    mine = (
        CalendarAddress.person_id == actor.current.person_id,
        CalendarAddress.pupil_id.is_not_distinct_from(pupil_id),
    )
    known = session.scalar(select(CalendarAddress.id).where(*mine).limit(1)) is not None
    session.execute(
        delete(CalendarAddress).where(*mine).execution_options(synchronize_session=False)
    )
    return known


def _log(session: Session, actor: Actor, action: str, pupil_id: int | None, now: datetime) -> None:
    change = Change(
        action=action,
        object_type="calendar",
        object_id=actor.current.person_id,
        about_id=actor.current.person_id,
        after={"pupil": pupil_id} if pupil_id else None,
    )
    record_by(session, actor, change, now)


def addresses_made(session: Session, actor: Actor) -> dict[int | None, datetime]:
    """When the actor made the address of each feed, by pupil (None = his own lessons)."""
    rows = session.execute(
        select(CalendarAddress.pupil_id, CalendarAddress.made_at).where(
            CalendarAddress.person_id == actor.current.person_id
        )
    )
    return {row.pupil_id: row.made_at for row in rows}


def feed_owner(session: Session, token: str, now: datetime) -> FeedOwner | None:
    """Whose feed it is, if he may still see it: the account is open, the teacher has not left, the
    child is still his. One query."""
    with across(session, "a calendar program brings nothing but the secret"):
        row = session.execute(_owner_query(), {"token_hash": hash_of(token)}).one_or_none()
    if row is None or row.active is False:
        return None
    if row.pupil_id is not None and not row.sees_pupil:
        return None
    today = local_date(now, row.time_zone)
    gone = row.staff_id is None or (row.left_on is not None and row.left_on <= today)
    if row.pupil_id is None and gone:
        return None
    return FeedOwner(
        address_id=row.id,
        organisation_id=row.organisation_id,
        school=row.short_name,
        time_zone=row.time_zone,
        pupil_id=row.pupil_id,
        staff_id=row.staff_id if row.pupil_id is None else None,
    )


_OWN = exists().where(
    Pupil.id == CalendarAddress.pupil_id, Pupil.person_id == CalendarAddress.person_id
)
_CHILD = exists().where(
    GuardianLink.pupil_id == CalendarAddress.pupil_id,
    GuardianLink.guardian_id == Guardian.id,
    Guardian.person_id == CalendarAddress.person_id,
)


@cache
def _owner_query() -> Any:
    return (
        select(
            CalendarAddress.id,
            CalendarAddress.organisation_id,
            CalendarAddress.pupil_id,
            Organisation.short_name,
            Organisation.time_zone,
            Account.active,
            StaffMember.id.label("staff_id"),
            StaffMember.left_on,
            or_(_OWN, _CHILD).label("sees_pupil"),
        )
        .join(Person, Person.id == CalendarAddress.person_id)
        .join(Organisation, Organisation.id == CalendarAddress.organisation_id)
        .outerjoin(Account, Account.id == Person.account_id)
        .outerjoin(StaffMember, StaffMember.person_id == Person.id)
        .where(CalendarAddress.token_hash == bindparam("token_hash"))
    )


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed a person may have: of a pupil, or his own lessons (no pupil)."""

    pupil_id: int | None
    name: str


def feeds_of(session: Session, actor: Actor, teaches: bool) -> list[Feed]:
    """The actor's own lessons, himself as a pupil, his children. One query."""
    member = actor.current
    ids: Collection[int] = [member.pupil_id] if member.pupil_id else []
    children = select(GuardianLink.pupil_id).where(
        GuardianLink.guardian_id == (member.guardian_id or 0)
    )
    rows = session.execute(
        select(Pupil.id, Person.given_name, Person.surname)
        .join(Person, Person.id == Pupil.person_id)
        .where(or_(Pupil.id.in_(ids), Pupil.id.in_(children)))
        .order_by(Person.sort_key)
    )
    pupils = [Feed(row.id, f"{row.given_name} {row.surname}") for row in rows]
    return [Feed(None, ""), *pupils] if teaches else pupils
