"""Tables of attendance. Presence is never stored: see Lesson.attendance_taken_at."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned


class Absence(SchoolOwned, Base):
    """пропуск или опоздание: at most one state per pupil and lesson.

    Codes: n (Н, reason unknown), b (Б, illness), u (УП, valid reason), p (НП, no valid reason),
    o (ОП, late; the pupil was present) with minutes.
    """

    __tablename__ = "absence"
    __table_args__ = (
        UniqueConstraint("lesson_id", "pupil_id"),
        CheckConstraint("code in ('n','b','u','p','o')", name="code"),
        CheckConstraint("minutes is null or code = 'o'", name="minutes"),
        Index("ix_absence_pupil", "pupil_id", "lesson_id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    code: Mapped[str] = mapped_column(String(1))
    minutes: Mapped[int | None] = mapped_column(Integer)
    excuse_id: Mapped[int | None] = mapped_column(ForeignKey("excuse.id"), index=True)
    entered_by: Mapped[int | None] = mapped_column(Integer)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)


class Excuse(SchoolOwned, Base):
    """оправдание: one date range with a reason (b illness, u valid)."""

    __tablename__ = "excuse"
    __table_args__ = (
        CheckConstraint("status in ('submitted','confirmed','refused')", name="status"),
        CheckConstraint("code in ('b','u')", name="code"),
        CheckConstraint("starts_on < ends_before", name="dates"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), index=True)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_before: Mapped[date] = mapped_column(Date)
    code: Mapped[str] = mapped_column(String(1))
    text: Mapped[str] = mapped_column(Text)
    submitted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[str] = mapped_column(String(10), default="submitted", index=True)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_note: Mapped[str | None] = mapped_column(Text)


class Exemption(SchoolOwned, Base):
    """освобождение by order: from attending («от посещения») or from practice («от практики»)."""

    __tablename__ = "exemption"
    __table_args__ = (
        CheckConstraint("kind in ('attending','practice')", name="kind"),
        CheckConstraint("ends_before is null or starts_on < ends_before", name="dates"),
        UniqueConstraint("pupil_id", "subject_id", "kind", "starts_on"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subject.id"))
    kind: Mapped[str] = mapped_column(String(10))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_before: Mapped[date | None] = mapped_column(Date)
    order_text: Mapped[str | None] = mapped_column(String(200))
