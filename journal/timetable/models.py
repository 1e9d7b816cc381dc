"""Tables of the timetable: bells and dated versions with weekly slots."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import (
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

from journal.core.db import Base, NumberSet, UtcDateTime
from journal.core.tenancy import SchoolOwned


class BellSchedule(SchoolOwned, Base):
    """расписание звонков: a named set of a shift."""

    __tablename__ = "bell_schedule"
    __table_args__ = (UniqueConstraint("organisation_id", "name", "shift"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    shift: Mapped[int] = mapped_column(Integer, default=1)


class BellPeriod(SchoolOwned, Base):
    """One lesson of a bell schedule, in wall-clock time of the school's zone."""

    __tablename__ = "bell_period"
    __table_args__ = (
        UniqueConstraint("bell_schedule_id", "lesson_number"),
        CheckConstraint("starts_at < ends_at", name="times"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    bell_schedule_id: Mapped[int] = mapped_column(ForeignKey("bell_schedule.id"))
    lesson_number: Mapped[int] = mapped_column(Integer)
    starts_at: Mapped[time] = mapped_column(Time)
    ends_at: Mapped[time] = mapped_column(Time)


class ClassBells(SchoolOwned, Base):
    """Which bells a class keeps."""

    __tablename__ = "class_bells"

    class_group_id: Mapped[int] = mapped_column(ForeignKey("class_group.id"), primary_key=True)
    bell_schedule_id: Mapped[int] = mapped_column(ForeignKey("bell_schedule.id"))


class BellException(SchoolOwned, Base):
    """Other bells instead of a schedule: on a weekday all year, or on one date.

    A date outdoes a weekday. Empty `grades` = every class that keeps the schedule.
    """

    __tablename__ = "bell_exception"
    __table_args__ = (
        CheckConstraint("(weekday is null) != (held_on is null)", name="when"),
        CheckConstraint("weekday between 1 and 6", name="weekday"),
        CheckConstraint("bell_schedule_id != instead_id", name="other"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    bell_schedule_id: Mapped[int] = mapped_column(ForeignKey("bell_schedule.id"))
    instead_id: Mapped[int] = mapped_column(ForeignKey("bell_schedule.id"))
    weekday: Mapped[int | None] = mapped_column(Integer)
    held_on: Mapped[date | None] = mapped_column(Date)
    grades: Mapped[frozenset[int]] = mapped_column(NumberSet)


class Timetable(SchoolOwned, Base):
    """расписание уроков: a dated version: draft, published, or replaced by a later one.

    `version` grows with every change of its slots: an editor that is behind learns of it.
    """

    __tablename__ = "timetable"
    __table_args__ = (
        CheckConstraint("status in ('draft','published','replaced')", name="status"),
        CheckConstraint("starts_on < ends_before", name="dates"),
        Index("ix_timetable_year", "academic_year_id", "starts_on"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    academic_year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_before: Mapped[date] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(10), default="draft")
    note: Mapped[str | None] = mapped_column(String(100))
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TimetableSlot(SchoolOwned, Base):
    """One weekly lesson: weekday 1 (Пн) … 6 (Сб); `week_kind` every, odd or even.

    The week of 1 September is week 1 (odd), weeks begin on Monday, breaks count.
    """

    __tablename__ = "timetable_slot"
    __table_args__ = (
        CheckConstraint("week_kind in ('every','odd','even')", name="week_kind"),
        CheckConstraint("weekday between 1 and 6", name="weekday"),
        Index("ix_timetable_slot_place", "timetable_id", "weekday", "lesson_number"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    timetable_id: Mapped[int] = mapped_column(ForeignKey("timetable.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    weekday: Mapped[int] = mapped_column(Integer)
    week_kind: Mapped[str] = mapped_column(String(5), default="every")
    lesson_number: Mapped[int] = mapped_column(Integer)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
