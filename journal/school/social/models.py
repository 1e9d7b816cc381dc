"""The table of social categories."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base
from journal.core.tenancy import SchoolOwned

CATEGORY_CODES = (
    "many_children",
    "one_parent",
    "low_income",
    "guardianship",
    "disability",
    "special_needs",
    "veterans",
    "migrants",
    "at_risk",
    "school_watch",
    "police_watch",
)
_CODES = ",".join(f"'{code}'" for code in CATEGORY_CODES)


class PupilCategory(SchoolOwned, Base):
    """социальная категория of a pupil at present: what is over is deleted, nothing is kept of it.

    The log keeps that something was changed and how many there are, never which.
    """

    __tablename__ = "pupil_category"
    __table_args__ = (
        UniqueConstraint("pupil_id", "category"),
        CheckConstraint(f"category in ({_CODES})", name="category"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    category: Mapped[str] = mapped_column(String(20))
    noted_on: Mapped[date] = mapped_column(Date)
