"""Tables of alerts: what the school has set, and who was told of what."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Time,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned


class AlertPolicy(SchoolOwned, Base):
    """What a school has set about telling families; without a row the defaults of the rules hold.

    An absence is told `delay_minutes` after it was entered, `until` that time of the day.
    """

    __tablename__ = "alert_policy"
    __table_args__ = (
        UniqueConstraint("organisation_id"),
        CheckConstraint("delay_minutes between 0 and 120", name="delay"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    tells_families: Mapped[bool] = mapped_column(Boolean)
    delay_minutes: Mapped[int] = mapped_column(Integer)
    until: Mapped[time] = mapped_column(Time)


class AbsenceAlert(SchoolOwned, Base):
    """A family was told that a pupil is not at school: once a day at most.

    `corrected_at`: the entry turned out to be a mistake, and the family was told so.
    """

    __tablename__ = "absence_alert"
    __table_args__ = (UniqueConstraint("pupil_id", "day"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    day: Mapped[date] = mapped_column(Date, index=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"))
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    corrected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AbsenceThreshold(SchoolOwned, Base):
    """порог: so many lessons, or more than so many per cent, missed for these reasons (`codes`)
    in the last `window_days` days. One that was dropped stays for the crossings it had."""

    __tablename__ = "absence_threshold"
    __table_args__ = (
        CheckConstraint("measure in ('lessons','percent')", name="measure"),
        CheckConstraint("bound between 1 and 500", name="bound"),
        CheckConstraint("window_days between 1 and 366", name="window"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    measure: Mapped[str] = mapped_column(String(10))
    bound: Mapped[int] = mapped_column(Integer)
    window_days: Mapped[int] = mapped_column(Integer)
    codes: Mapped[str] = mapped_column(String(4))
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ThresholdCrossing(SchoolOwned, Base):
    """A pupil went over a threshold and the staff were told; open until he is below it again."""

    __tablename__ = "threshold_crossing"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    threshold_id: Mapped[int] = mapped_column(ForeignKey("absence_threshold.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), index=True)
    missed: Mapped[int] = mapped_column(Integer)
    due: Mapped[int] = mapped_column(Integer)
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_on: Mapped[date | None] = mapped_column(Date)


# Whoever runs the check, and however often: one crossing is open, and is told once.
Index(
    "ix_threshold_crossing_open",
    ThresholdCrossing.threshold_id,
    ThresholdCrossing.pupil_id,
    unique=True,
    sqlite_where=ThresholdCrossing.ended_on.is_(None),
    postgresql_where=ThresholdCrossing.ended_on.is_(None),
)
