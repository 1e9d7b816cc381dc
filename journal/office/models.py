"""Tables of the office: who is away, what was arranged for a lesson, orders about whole days.

A move is a cancelled lesson and another one of its course elsewhere, as in an imported history.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned


class StaffAbsence(SchoolOwned, Base):
    """A teacher falls out for dates: his lessons want substitutions."""

    __tablename__ = "staff_absence"
    __table_args__ = (
        CheckConstraint("starts_on < ends_before", name="dates"),
        CheckConstraint("reason in ('illness','training','leave','other')", name="reason"),
        Index("ix_staff_absence_days", "staff_id", "starts_on"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_before: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(10))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))


class DayOrder(SchoolOwned, Base):
    """приказ: актированный день, карантин, дистанционный день for some classes, half-open."""

    __tablename__ = "day_order"
    __table_args__ = (
        CheckConstraint("starts_on < ends_before", name="dates"),
        CheckConstraint("kind in ('frost','quarantine','other')", name="kind"),
        CheckConstraint("mode in ('cancelled','distance')", name="mode"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    mode: Mapped[str] = mapped_column(String(10))
    starts_on: Mapped[date] = mapped_column(Date, index=True)
    ends_before: Mapped[date] = mapped_column(Date)
    order_number: Mapped[str] = mapped_column(String(40))
    order_date: Mapped[date] = mapped_column(Date)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DayOrderClass(SchoolOwned, Base):
    """A class an order is about."""

    __tablename__ = "day_order_class"

    day_order_id: Mapped[int] = mapped_column(ForeignKey("day_order.id"), primary_key=True)
    class_group_id: Mapped[int] = mapped_column(ForeignKey("class_group.id"), primary_key=True)


class Substitution(SchoolOwned, Base):
    """замена: what a lesson was before it was changed, kept so that the change can be undone.

    `made_lesson_id` is the lesson that stands for a moved one in its new place.
    """

    __tablename__ = "substitution"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), unique=True)
    made_lesson_id: Mapped[int | None] = mapped_column(ForeignKey("lesson.id"), unique=True)
    planned_staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    planned_room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    planned_mode: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(300))
    day_order_id: Mapped[int | None] = mapped_column(ForeignKey("day_order.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
