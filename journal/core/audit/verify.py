"""Checking the chain: `flask audit verify` and the nightly job."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
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
    rows = session.execute(
        select(*columns, AuditEntry.previous_hash, AuditEntry.hash)
        .where(AuditEntry.organisation_id == organisation_id)
        .order_by(AuditEntry.seq)
        .execution_options(yield_per=2000)
    )
    previous, seq = "", 0
    for row in rows.mappings():
        seq += 1
        if row["seq"] != seq:
            return seq, ChainFault(organisation_id, seq, N_("an entry is missing"))
        if row["previous_hash"] != previous or entry_hash(previous, dict(row)) != row["hash"]:
            return seq, ChainFault(organisation_id, seq, N_("the entry was altered"))
        previous = row["hash"]
    head = session.get(AuditHead, organisation_id)
    if (head.seq, head.hash) != (seq, previous) if head else seq != 0:
        return seq, ChainFault(organisation_id, seq, N_("the chain's head does not match"))
    return seq, None
