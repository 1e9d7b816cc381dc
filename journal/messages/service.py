"""Commands on notifications: made of events, read, and how one wants to be told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.clock import local_date
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_, Message, message_from_facts
from journal.core.outbox import OutboxEvent
from journal.messages.mail import Addressee, queue_mail
from journal.messages.models import NoticeChoice, Notification
from journal.messages.queries import own_persons
from journal.messages.recipients import Reader, readers
from journal.messages.rules import ABOUT, Way
from journal.people.models import Organisation
from journal.people.notices import NOTICE, Link, NoticeKind


def hand_on(session: Session, event: OutboxEvent, *, by_mail: bool, now: datetime) -> int:
    """Make notifications of an event, and letters where e-mail is wanted and `by_mail` possible.

    In one transaction with the event's mark, so that it happens once. The session is bound to the
    event's organisation. Returns how many persons are told.
    """
    if event.kind != NOTICE:
        raise ValueError(f"nobody hands on events of the kind «{event.kind}»")
    facts = json.loads(event.facts)
    kind = NoticeKind(facts["kind"])
    zone = session.scalars(
        select(Organisation.time_zone).where(Organisation.id == event.organisation_id)
    ).one()
    told = readers(session, facts["to"], kind=kind, today=local_date(now, zone))
    key = facts["key"] or f"event-{event.id}"
    known = _told_before(session, key, [one.person_id for one in told])
    fresh = [one for one in told if one.person_id not in known]
    for reader in fresh:
        session.add(_notification(event, facts, reader, key))
        if by_mail and reader.address is not None:
            _letter(session, event, facts, reader, reader.address)
    return len(fresh)


def _told_before(session: Session, key: str, person_ids: list[int]) -> set[int]:
    query = select(Notification.person_id).where(
        Notification.person_id.in_(person_ids), Notification.key == key
    )
    return set(session.scalars(query))


def _notification(
    event: OutboxEvent, facts: Mapping[str, Any], reader: Reader, key: str
) -> Notification:
    return Notification(
        organisation_id=event.organisation_id,
        person_id=reader.person_id,
        kind=facts["kind"],
        key=key,
        message=json.dumps(facts["message"], ensure_ascii=False),
        detail=facts["detail"],
        link=json.dumps(facts["link"]) if facts["link"] else None,
        created_at=event.at,
    )


def _letter(
    session: Session, event: OutboxEvent, facts: Mapping[str, Any], reader: Reader, address: str
) -> None:
    link = facts["link"]
    said: list[Message | str] = [message_from_facts(facts["message"])]
    queue_mail(
        session,
        organisation_id=event.organisation_id,
        to=Addressee(address=address, person_id=reader.person_id, locale=reader.locale),
        subject=ABOUT[NoticeKind(facts["kind"])].name,
        lines=[*said, facts["detail"]] if facts["detail"] else said,
        link=Link(link["endpoint"], link["args"]) if link else None,
        now=event.at,
    )


def open_notification(
    session: Session, actor: Actor, notification_id: int, *, now: datetime
) -> Mapping[str, Any] | None:
    """Mark one's own notification as read; returns where it leads. NotFound for another's."""
    row = session.get(Notification, notification_id)
    if row is None or row.person_id not in own_persons(actor):
        raise NotFound()
    row.read_at = row.read_at or now
    return json.loads(row.link) if row.link else None


def read_all(session: Session, actor: Actor, *, now: datetime) -> None:
    """Mark everything of one's own as read."""
    session.execute(
        update(Notification)
        .where(Notification.person_id.in_(own_persons(actor)), Notification.read_at.is_(None))
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )


def choose_ways(session: Session, actor: Actor, chosen: Mapping[NoticeKind, Way]) -> None:
    """How the actor wants to be told, in every organisation he belongs to."""
    for kind, way in chosen.items():
        if way not in ABOUT[kind].ways:
            raise RuleViolation(kind.value, N_("Of this you are always told. Choose how."))
    known = {
        (row.person_id, row.kind): row
        for row in session.scalars(
            select(NoticeChoice).where(NoticeChoice.person_id.in_(own_persons(actor)))
        )
    }
    for member in actor.memberships:
        for kind, way in chosen.items():
            row = known.get((member.person_id, kind.value))
            if row is not None:
                row.way = way.value
            elif way is not ABOUT[kind].way:
                session.add(
                    NoticeChoice(
                        organisation_id=member.organisation_id,
                        person_id=member.person_id,
                        kind=kind.value,
                        way=way.value,
                    )
                )
