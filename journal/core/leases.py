"""Leases: any number of processes may start, one of them runs the jobs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, String, delete, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from journal.core.db import Base, UtcDateTime, inserted


class Lease(Base):
    """A name held by one process until an instant; prolonged while the process lives."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    holder: Mapped[str] = mapped_column(String(100))
    until: Mapped[datetime] = mapped_column(UtcDateTime)


def take_lease(
    session: Session, *, name: str, holder: str, now: datetime, lasts: timedelta
) -> bool:
    """Take or prolong the lease; False when another holder has it. The caller commits."""
    taken = session.execute(
        update(Lease)
        .where(Lease.name == name, or_(Lease.holder == holder, Lease.until < now))
        .values(holder=holder, until=now + lasts)
        .execution_options(synchronize_session=False)
    )
    if cast("CursorResult[Any]", taken).rowcount:
        return True
    if session.get(Lease, name) is not None:
        return False
    return inserted(session, Lease(name=name, holder=holder, until=now + lasts))


def held_by_another(session: Session, *, name: str, holder: str, now: datetime) -> bool:
    """Whether somebody else holds the lease now; a reader's question, it locks nothing."""
    query = select(Lease.holder).where(Lease.name == name, Lease.until >= now)
    found = session.scalar(query)
    return found is not None and found != holder


def release_lease(session: Session, *, name: str, holder: str) -> None:
    """Let the lease go at once, if it is the holder's. The caller commits."""
    session.execute(
        delete(Lease)
        .where(Lease.name == name, Lease.holder == holder)
        .execution_options(synchronize_session=False)
    )
