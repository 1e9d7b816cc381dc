"""Archives that were made and are kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned


class YearArchive(SchoolOwned, Base):
    """A signed archive of a year: its file, how many documents it holds, who made it when.

    `signer` is the fingerprint of the key it was signed with.
    """

    __tablename__ = "year_archive"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    academic_year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"), index=True)
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    documents: Mapped[int] = mapped_column(Integer)
    signer: Mapped[str] = mapped_column(String(64))
    made_by: Mapped[int | None] = mapped_column(Integer)
    made_name: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
