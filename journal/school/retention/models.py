"""Decisions to delete what was kept long enough, and the triggers that let nothing else go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, column
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned
from journal.core.triggers import come_with
from journal.school.retention.triggers import decisions, kept

_OPEN_SQL = column("state").in_(["proposed", "confirmed"])


class RetentionDeletion(SchoolOwned, Base):
    """One person proposes to delete the journals or the sheets of a year, another confirms.

    `counts` is JSON: how many rows of what were there when it was proposed, then how many were
    deleted. Never deleted itself.
    """

    __tablename__ = "retention_deletion"
    __table_args__ = (
        CheckConstraint("what in ('journals','sheets')", name="what"),
        CheckConstraint("state in ('proposed','withdrawn','confirmed','done')", name="state"),
        CheckConstraint("confirmed_by is null or confirmed_by <> proposed_by", name="two_persons"),
        CheckConstraint(
            "state not in ('confirmed','done') or confirmed_by is not null", name="confirmed"
        ),
        Index(
            "ix_retention_open",
            "academic_year_id",
            "what",
            unique=True,
            sqlite_where=_OPEN_SQL,
            postgresql_where=_OPEN_SQL,
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    academic_year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"))
    what: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    reason: Mapped[str] = mapped_column(Text)
    counts: Mapped[str] = mapped_column(Text, default="{}")
    proposed_by: Mapped[int] = mapped_column(Integer)
    proposed_name: Mapped[str] = mapped_column(String(200))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[int | None] = mapped_column(Integer)
    confirmed_name: Mapped[str | None] = mapped_column(String(200))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


come_with(RetentionDeletion, decisions())


def keep_rows(model: Any) -> None:
    """Let nothing of a year that belongs to the archive go from the table, unless two decided."""
    come_with(model, kept(model.__tablename__))
