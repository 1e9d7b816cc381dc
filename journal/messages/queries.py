"""Reads of notifications. The session is bound to every organisation of the actor."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ScalarSelect, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from journal.access import Actor
from journal.core.messages import Message, message_from_facts
from journal.messages.models import NoticeChoice, Notification
from journal.messages.rules import ABOUT, Way
from journal.people.models import Organisation, Person
from journal.people.notices import NoticeKind

PAGE_SIZE = 50
_OWN = aliased(Person, name="told")


@cache
def unread_count() -> ScalarSelect[int]:
    """How many an account (`account_id` among the parameters) has not read: a column of the query
    that loads the actor, so that the bell of every page costs no query of its own."""
    return (
        select(func.count(Notification.id))
        .join(_OWN, _OWN.id == Notification.person_id)
        .where(_OWN.account_id == bindparam("account_id"), Notification.read_at.is_(None))
        .correlate(None)
        .scalar_subquery()
    )


def own_persons(actor: Actor) -> list[int]:
    """The actor as each of his organisations knows him."""
    return [member.person_id for member in actor.memberships]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationRow:
    """A notification as its reader sees it. `link` are facts of an address, if any."""

    id: int
    kind: NoticeKind | None
    message: Message
    detail: str | None
    link: Mapping[str, Any] | None
    created_at: datetime
    read: bool
    school: str

    @property
    def about(self) -> Message | None:
        """Its kind in words; None for a kind that is no more."""
        return ABOUT[self.kind].name if self.kind else None


def notifications(
    session: Session, actor: Actor, *, unread_only: bool, page: int
) -> tuple[list[NotificationRow], bool]:
    """A page of the actor's own, newest first, and whether there is a next one."""
    query = (
        select(
            Notification.id,
            Notification.kind,
            Notification.message,
            Notification.detail,
            Notification.link,
            Notification.created_at,
            Notification.read_at,
            Organisation.short_name,
        )
        .join(Organisation, Organisation.id == Notification.organisation_id)
        .where(Notification.person_id.in_(own_persons(actor)))
        .order_by(Notification.created_at.desc(), Notification.id.desc())
    )
    if unread_only:
        query = query.where(Notification.read_at.is_(None))
    rows = session.execute(query.limit(PAGE_SIZE + 1).offset((page - 1) * PAGE_SIZE)).all()
    return [_row(row) for row in rows[:PAGE_SIZE]], len(rows) > PAGE_SIZE


def _row(row: Any) -> NotificationRow:
    return NotificationRow(
        id=row.id,
        kind=NoticeKind(row.kind) if row.kind in set(NoticeKind) else None,
        message=message_from_facts(json.loads(row.message)),
        detail=row.detail,
        link=json.loads(row.link) if row.link else None,
        created_at=row.created_at,
        read=row.read_at is not None,
        school=row.short_name,
    )


def kinds_for(actor: Actor) -> list[NoticeKind]:
    """What the actor can ever be told of."""
    return [
        kind
        for kind, about in ABOUT.items()
        if any(actor.may_anywhere(permission) for permission in about.concerns)
    ]


def ways(session: Session, actor: Actor) -> dict[NoticeKind, Way]:
    """How the actor is told of each kind that concerns him."""
    rows = session.execute(
        select(NoticeChoice.kind, NoticeChoice.way).where(
            NoticeChoice.person_id == actor.current.person_id
        )
    )
    chosen = {row.kind: row.way for row in rows}
    return {
        kind: Way(chosen[kind.value]) if kind.value in chosen else ABOUT[kind].way
        for kind in kinds_for(actor)
    }


def ways_of(session: Session, person_ids: Collection[int], kind: NoticeKind) -> dict[int, Way]:
    """How each of those persons is told of the kind."""
    rows = session.execute(
        select(NoticeChoice.person_id, NoticeChoice.way).where(
            NoticeChoice.person_id.in_(list(person_ids)), NoticeChoice.kind == kind.value
        )
    )
    chosen = {row.person_id: Way(row.way) for row in rows}
    return {person_id: chosen.get(person_id, ABOUT[kind].way) for person_id in person_ids}


def own_addresses(session: Session, actor: Actor) -> list[tuple[str, str | None]]:
    """(organisation, e-mail the organisation knows) of the actor."""
    rows = session.execute(
        select(Organisation.short_name, Person.email)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .where(Person.id.in_(own_persons(actor)))
        .order_by(Organisation.id)
    )
    return [(row.short_name, row.email) for row in rows]
