"""Long work: a row with its progress, which a page shows and which can be left and come back to."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, String, Text, column
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned


class JobState(StrEnum):
    """waiting → running → done | failed."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


_OPEN_SQL = column("state").in_(["waiting", "running"])


class Job(SchoolOwned, Base):
    """One piece of long work. `params` and `result` are JSON; `payload`/`output` are file bytes.

    `payload` is an uploaded file: it is wiped when the work has ended, unless a next step wants it.
    `attempts` counts the starts and fences a process that lost the lease but went on.
    `once_key` tells work that is not begun twice: the database has one such job that is not ended.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state in ('waiting','running','done','failed')", name="state"),
        Index(
            "ix_job_once",
            "organisation_id",
            "once_key",
            unique=True,
            sqlite_where=_OPEN_SQL,
            postgresql_where=_OPEN_SQL,
        ),
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
    once_key: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
