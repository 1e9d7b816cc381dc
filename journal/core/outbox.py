"""Outbox: what must leave after the commit (mail, push), and how a storey tells one above it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned


class OutboxEvent(SchoolOwned, Base):
    """An event written with the change; a job hands it on after the commit."""

    __tablename__ = "outbox_event"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    facts: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


def emit(
    session: Session, *, organisation_id: int, kind: str, facts: dict[str, Any], now: datetime
) -> None:
    """Write an event into the outbox, in the transaction of the change."""
    text = json.dumps(facts, ensure_ascii=False, default=str)
    session.add(OutboxEvent(organisation_id=organisation_id, kind=kind, facts=text, at=now))
