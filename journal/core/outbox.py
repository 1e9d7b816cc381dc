"""Outbox: what must leave after the commit (mail, push), and how a storey tells one above it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, Integer, String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned

KEEP_HANDLED = timedelta(days=60)


class OutboxEvent(SchoolOwned, Base):
    """An event written with the change; a job hands it on after the commit.

    `fault` is set beside `handled_at` when it could not be: it is kept, and stops nobody else.
    """

    __tablename__ = "outbox_event"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    facts: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    fault: Mapped[str | None] = mapped_column(Text)


# Partial: the question «is there anything new?» is asked every other second.
Index(
    "ix_outbox_event_waiting",
    OutboxEvent.id,
    sqlite_where=OutboxEvent.handled_at.is_(None),
    postgresql_where=OutboxEvent.handled_at.is_(None),
)


def emit(
    session: Session, *, organisation_id: int, kind: str, facts: dict[str, Any], now: datetime
) -> None:
    """Write an event into the outbox, in the transaction of the change."""
    text = json.dumps(facts, ensure_ascii=False, default=str)
    session.add(OutboxEvent(organisation_id=organisation_id, kind=kind, facts=text, at=now))


def any_unhandled(session: Session) -> bool:
    """Whether an event waits; a reader's question, it locks nothing."""
    waiting = select(OutboxEvent.id).where(OutboxEvent.handled_at.is_(None)).limit(1)
    return session.scalar(waiting) is not None


def unhandled(session: Session, *, limit: int) -> list[OutboxEvent]:
    """The oldest events that wait; nobody else hands them on until the transaction ends."""
    waiting = select(OutboxEvent).where(OutboxEvent.handled_at.is_(None))
    return list(session.scalars(waiting.order_by(OutboxEvent.id).limit(limit).with_for_update()))


def prune_outbox(session: Session, *, now: datetime) -> None:
    """Drop events handed on two months ago; those with a fault stay to be looked at."""
    session.execute(
        delete(OutboxEvent)
        .where(OutboxEvent.handled_at < now - KEEP_HANDLED, OutboxEvent.fault.is_(None))
        .execution_options(synchronize_session=False)
    )
