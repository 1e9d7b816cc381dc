"""Operation ids: a save that is sent twice changes things once.

The client names every save; when it succeeds, a receipt of that name is kept, and a replay is
acknowledged without touching anything. What it is told beside that (the present cells) is the
caller's business. Refusals are not kept: the world may have changed since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, String, Text, bindparam, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.sent import read, write

KEEP_RECEIPTS = timedelta(days=60)


class OperationReceipt(Base):
    """The receipt of one acknowledged operation of one account; `answer` is small JSON about it."""

    __tablename__ = "operation_receipt"

    account_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    operation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def kept_answers(
    session: Session, *, account_id: int, operation_ids: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """The answers of those operations that were acknowledged before."""
    names = {"account": account_id, "operations": list(operation_ids)}
    rows = read(session.connection(), _KEPT, names)
    return {operation: json.loads(answer) for operation, answer in rows}


_RECEIPTS: Any = OperationReceipt.__table__
_KEPT = select(_RECEIPTS.c.operation_id, _RECEIPTS.c.answer).where(
    _RECEIPTS.c.account_id == bindparam("account"),
    _RECEIPTS.c.operation_id.in_(bindparam("operations", expanding=True)),
)
_KEEP = insert(_RECEIPTS)


def keep_answers(
    session: Session, *, account_id: int, answers: dict[str, dict[str, Any]], now: datetime
) -> None:
    """Keep the answers of operations that succeeded, in the transaction of the change."""
    if not answers:
        return
    rows = [
        {
            "account_id": account_id,
            "operation_id": operation,
            "answer": json.dumps(answer, ensure_ascii=False),
            "at": now,
        }
        for operation, answer in answers.items()
    ]
    write(session.connection(), _KEEP, *rows)


def prune_receipts(session: Session, *, now: datetime) -> None:
    """Drop receipts of two months ago: a save is sent again within minutes, hours at worst."""
    session.connection().execute(_DROP, {"before": now - KEEP_RECEIPTS})


_DROP = delete(_RECEIPTS).where(_RECEIPTS.c.at < bindparam("before"))
