"""The row of an uploaded file. Its bytes lie in the store, see `store`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned


class StoredFile(SchoolOwned, Base):
    """One upload. Features refer to it by a foreign key; a row nobody refers to is pruned.

    `media_type` was decided by the content, `name` is cleaned and ends as the content says.
    The same bytes uploaded twice are two rows and one file of the store.
    """

    __tablename__ = "stored_file"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int] = mapped_column(Integer)
    media_type: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    uploaded_by: Mapped[int | None] = mapped_column(Integer)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
