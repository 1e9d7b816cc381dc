"""The archive of certified summary sheets; append-only on both engines."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.append_only import make_append_only
from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned
from journal.school.retention.triggers import DECISIONS, decided


class CertifiedSheet(SchoolOwned, Base):
    """An edition of a class's sheet at a place («quarter-1», «all»), never changed.

    `facts` is the canonical text of the form's facts, `sha256` its digest, `code` a random check
    code: it tells nothing of the figures and cannot be guessed.
    """

    __tablename__ = "certified_sheet"
    __table_args__ = (
        UniqueConstraint("class_group_id", "place", "edition"),
        CheckConstraint("edition >= 1", name="edition"),
        CheckConstraint("post in ('director','deputy_director')", name="post"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    class_group_id: Mapped[int] = mapped_column(ForeignKey("class_group.id"))
    place: Mapped[str] = mapped_column(String(20))
    edition: Mapped[int] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    facts: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    certified_by: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(200))
    post: Mapped[str] = mapped_column(String(20))
    certified_at: Mapped[datetime] = mapped_column(UtcDateTime)


_YEAR = "(SELECT academic_year_id FROM class_group WHERE class_group.id = OLD.class_group_id)"
make_append_only(CertifiedSheet, gone_if=decided(_YEAR, "sheets"), needs=("class_group", DECISIONS))
