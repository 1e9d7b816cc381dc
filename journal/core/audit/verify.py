"""Checking the chain: `flask audit verify` and the nightly job."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from journal.core.audit.models import AuditEntry, AuditHead
from journal.core.audit.service import HASHED, entry_hash
from journal.core.messages import N_, Message


@dataclass(frozen=True, slots=True)
class ChainFault:
    """The first place where a chain does not hold, and why."""

    organisation_id: int
    seq: int
    why: Message


def verify_chain(session: Session, organisation_id: int) -> tuple[int, ChainFault | None]:
    """Walk one organisation's chain; returns the number of entries and the first fault, if any.

    Needs the session bound to the organisation.
    """
    columns = [getattr(AuditEntry, name) for name in HASHED]
    query = (
        select(*columns, AuditEntry.previous_hash, AuditEntry.hash)
        .where(AuditEntry.organisation_id == organisation_id)
        .order_by(AuditEntry.seq)
        .execution_options(yield_per=2000)
    )
    with session.execute(query) as rows:  # closed at a fault too: PostgreSQL keeps a cursor open
        seq, last_hash, why = _walk(rows.mappings())
    if why is None:
        head = session.get(AuditHead, organisation_id)
        if (head.seq, head.hash) != (seq, last_hash) if head else seq != 0:
            why = N_("the chain's head does not match")
    return seq, ChainFault(organisation_id, seq, why) if why else None


def _walk(rows: Iterable[RowMapping]) -> tuple[int, str, Message | None]:
    """(place, hash there, what is wrong there)."""
    previous, seq = "", 0
    for row in rows:
        seq += 1
        if row["seq"] != seq:
            return seq, previous, N_("an entry is missing")
        if row["previous_hash"] != previous or entry_hash(previous, dict(row)) != row["hash"]:
            return seq, previous, N_("the entry was altered")
        previous = row["hash"]
    return seq, previous, None
