"""Results sent to the education authority (R15): rules and reads.

The authority has no account here: who has the secret address reads what was sent, until it is
withdrawn or its time has passed.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.exchange.models import ResultsSending
from journal.exchange.queries import ProcedureCard

DAYS = 90
PDF, XLSX = ".pdf", ".xlsx"


class SendingState(StrEnum):
    """sent → received; withdrawn or expired: the address leads nowhere any more."""

    SENT = "sent"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingView:
    """A sending without its files."""

    id: int
    procedure_id: int
    centre_id: int
    authority: str
    email: str | None
    number: str
    letter: str
    schools: int
    sender: str
    sent_at: datetime
    open_before: datetime
    received_at: datetime | None
    withdrawn_at: datetime | None

    def state(self, now: datetime) -> SendingState:
        """Where it stands at that instant."""
        if self.withdrawn_at is not None:
            return SendingState.WITHDRAWN
        if now >= self.open_before:
            return SendingState.EXPIRED
        return SendingState.SENT if self.received_at is None else SendingState.RECEIVED


def new_key() -> str:
    """The secret in the address: 192 bits."""
    return secrets.token_urlsafe(24)


def digest_of(key: str) -> str:
    """What is kept of the secret."""
    return hashlib.sha256(key.encode()).hexdigest()


def check_sendable(card: ProcedureCard, submitted: int, now: datetime) -> None:
    """Results are final when the collection has ended, and there must be some (001:90–92)."""
    if card.opened_at is None or now < card.closes_before:
        day = card.window().last_words
        raise RuleViolation(
            "authority",
            N_("The collection lasts until %(day)s: results are sent after it.", day=day),
        )
    if not submitted:
        raise RuleViolation("authority", N_("No school has handed in: there is nothing to send."))


_COLUMNS = (
    ResultsSending.id,
    ResultsSending.procedure_id,
    ResultsSending.centre_id,
    ResultsSending.authority,
    ResultsSending.email,
    ResultsSending.number,
    ResultsSending.letter,
    ResultsSending.schools,
    ResultsSending.sender,
    ResultsSending.sent_at,
    ResultsSending.open_before,
    ResultsSending.received_at,
    ResultsSending.withdrawn_at,
)


def sendings(session: Session, card: ProcedureCard) -> list[SendingView]:
    """Everything sent of a procedure, the latest first; `card` comes from `own_procedure`."""
    query = select(*_COLUMNS).where(ResultsSending.procedure_id == card.id)
    rows = session.execute(query.order_by(ResultsSending.id.desc())).mappings()
    return [SendingView(**row) for row in rows]


def sending_by_key(session: Session, key: str, *, now: datetime) -> SendingView:
    """For who has the address; NotFound once it is withdrawn or its time has passed."""
    query = select(*_COLUMNS).where(ResultsSending.key_sha256 == digest_of(key))
    row = session.execute(query).mappings().one_or_none()
    found = None if row is None else SendingView(**row)
    gone = (SendingState.WITHDRAWN, SendingState.EXPIRED)
    if found is None or found.state(now) in gone:
        raise NotFound(N_("This address leads nowhere: the results were withdrawn, or it is old."))
    return found


def sending_file(session: Session, card: ProcedureCard, sending_id: int, suffix: str) -> bytes:
    """A file as it was sent; raises NotFound."""
    return _file(session, sending_id, suffix, ResultsSending.procedure_id == card.id)


def opened_file(session: Session, sending: SendingView, suffix: str) -> bytes:
    """A file of a sending found by its address."""
    return _file(session, sending.id, suffix, ResultsSending.procedure_id == sending.procedure_id)


def _file(session: Session, sending_id: int, suffix: str, where: Any) -> bytes:
    column = {PDF: ResultsSending.pdf, XLSX: ResultsSending.xlsx}.get(suffix)
    if column is None:
        raise NotFound()
    found = session.scalar(select(column).where(ResultsSending.id == sending_id, where))
    if found is None:
        raise NotFound()
    return found
