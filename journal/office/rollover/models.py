"""Tables of the roll-over: that it was done, and what was decided of each pupil."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned


class YearTurn(SchoolOwned, Base):
    """A year rolled into the next, once.

    `before` is what undoing needs to know, as JSON: the `classes` that were in the coming year,
    and the `decisions` by pupil that had been taken.
    """

    __tablename__ = "year_turn"
    __table_args__ = (UniqueConstraint("from_year_id"), UniqueConstraint("to_year_id"))

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    from_year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"))
    to_year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"))
    order_number: Mapped[str | None] = mapped_column(String(100))
    order_date: Mapped[date | None] = mapped_column(Date)
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)
    before: Mapped[str] = mapped_column(Text, default="{}")


class Promotion(SchoolOwned, Base):
    """What becomes of a pupil at the end of a year.

    Before the roll-over a row is an exception (conditional promotion, repeating); after it every
    pupil has one, with what was before, so that it can be undone.
    """

    __tablename__ = "promotion"
    __table_args__ = (
        UniqueConstraint("academic_year_id", "pupil_id"),
        CheckConstraint(
            "decision in ('promoted','conditional','repeats','leaves')", name="decision"
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    academic_year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), index=True)
    decision: Mapped[str] = mapped_column(String(12))
    year_turn_id: Mapped[int | None] = mapped_column(ForeignKey("year_turn.id"))
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("class_membership.id"))
    entry_class_before: Mapped[str | None] = mapped_column(String(20))
