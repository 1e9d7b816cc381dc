"""Telling people: how a command of any storey leaves word for persons, beside its change.

`notify` writes an event of the outbox in the transaction of the change. After the commit the job of
the storey `messages` makes a notification of it for each recipient, and e-mail where it is wanted.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from journal.core.messages import Message, message_facts
from journal.core.outbox import emit
from journal.people.notices import NOTICE, Link, NoticeKind, Recipients


def notify(
    session: Session,
    *,
    organisation_id: int,
    kind: NoticeKind,
    to: Recipients,
    message: Message,
    now: datetime,
    detail: str | None = None,
    link: Link | None = None,
    key: str | None = None,
) -> None:
    """Leave word for the recipients, in the transaction of the change.

    `message` is one sentence, said in each reader's language; `detail` are words of a person, shown
    as they were written. Who has a notification with the same `key` gets no second one
    («absence-17-2026-11-20»); without a key every event is told.
    """
    facts: dict[str, Any] = {"kind": kind.value, "to": to.facts()}
    facts["message"] = message_facts(message)
    facts |= {"detail": detail, "link": link.facts() if link else None, "key": key}
    emit(session, organisation_id=organisation_id, kind=NOTICE, facts=facts, now=now)
