"""Who was handed the sheet of a week."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned


class HandedSheet(SchoolOwned, Base):
    """The sheet of a pupil for the week of `monday` was handed to his family on a day.

    `name` is who noted it, as he was called then.
    """

    __tablename__ = "handed_sheet"
    __table_args__ = (UniqueConstraint("pupil_id", "monday"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    monday: Mapped[date] = mapped_column(Date)
    handed_on: Mapped[date] = mapped_column(Date)
    entered_by: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(200))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
