"""The table of notes about pupils."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned


class PupilNote(SchoolOwned, Base):
    """заметка of a specialist about a pupil: his own, unless he shows it to the other specialists.

    Its words stand here alone: the log keeps that it was written, changed, read, never the words.
    """

    __tablename__ = "pupil_note"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    shared: Mapped[bool] = mapped_column(Boolean)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
