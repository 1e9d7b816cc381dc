"""Long work: a row with its progress, which a page shows and which can be left and come back to."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned


class JobState(StrEnum):
    """waiting → running → done | failed."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(SchoolOwned, Base):
    """One piece of long work. `params` and `result` are JSON; `payload`/`output` are file bytes.

    `payload` is an uploaded file: it is wiped when the work has ended, unless a next step wants it.
    `attempts` counts the starts and fences a process that lost the lease but went on.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state in ('waiting','running','done','failed')", name="state"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(10), default=JobState.WAITING, index=True)
    params: Mapped[str] = mapped_column(Text, default="{}")
    payload: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    done_steps: Mapped[int] = mapped_column(Integer, default=0)
    all_steps: Mapped[int] = mapped_column(Integer, default=0)
    result: Mapped[str | None] = mapped_column(Text)
    output: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    output_name: Mapped[str | None] = mapped_column(String(200))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    account_id: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
