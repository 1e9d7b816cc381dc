"""Tables of the audit log and the triggers that make it append-only on both engines."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.append_only import make_append_only
from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned


class AuditEntry(SchoolOwned, Base):
    """One change: who, on behalf of whom, when, what, before, after, why, under which grant.

    `object_id` is the changed row; `within_id` the row it lies in (a lesson for a mark) and
    `about_id` the one it speaks of (a pupil), so that histories need no parsing of JSON.
    `before` and `after` are canonical JSON texts, hashed as they stand.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_object", "object_type", "object_id"),
        Index("ix_audit_entry_within", "within_id", "object_type"),
        Index("ix_audit_entry_about", "about_id", "at"),
        Index(
            "ix_audit_entry_grant",
            "grant_id",
            sqlite_where=text("grant_id IS NOT NULL"),
            postgresql_where=text("grant_id IS NOT NULL"),
        ),
        Index("uq_audit_entry_place", "organisation_id", "seq", unique=True),
    )

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    seq: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    account_id: Mapped[int | None] = mapped_column(Integer)
    actor_name: Mapped[str] = mapped_column(String(200))
    on_behalf_of: Mapped[str | None] = mapped_column(String(200))
    client_address: Mapped[str | None] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(60))
    object_type: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[int | None] = mapped_column(Integer)
    within_id: Mapped[int | None] = mapped_column(Integer)
    about_id: Mapped[int | None] = mapped_column(Integer)
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    grant_id: Mapped[int | None] = mapped_column(Integer)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The end of an organisation's chain: one row, locked while a transaction appends.

    Not SchoolOwned: the row is found by its key alone and holds no school data.
    """

    __tablename__ = "audit_head"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id"), primary_key=True, autoincrement=False
    )
    seq: Mapped[int] = mapped_column(BigInteger, default=0)
    hash: Mapped[str] = mapped_column(String(64), default="")


make_append_only(AuditEntry)
