"""Tables of attendance. Presence is never stored: see Lesson.attendance_taken_at."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned
from journal.school.retention.models import keep_rows


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


keep_rows(Absence)


EXCUSE_STATES = ("submitted", "asked", "endorsed", "confirmed", "refused", "withdrawn")
_STATE_CHECK = "status in ({})".format(",".join(f"'{state}'" for state in EXCUSE_STATES))


class Excuse(SchoolOwned, Base):
    """оправдание: one date range with a reason (b illness, u valid); no end = until further word.

    A family submits it; the class teacher asks back (`question`, then `answer`), refuses or
    confirms. A leave longer than the school lets a class teacher confirm is endorsed by him and
    confirmed by the deputy. `on_paper`: handed in on paper and entered by the class teacher.
    """

    __tablename__ = "excuse"
    __table_args__ = (
        CheckConstraint(_STATE_CHECK, name="status"),
        CheckConstraint("code in ('b','u')", name="code"),
        CheckConstraint("ends_before is null or starts_on < ends_before", name="dates"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), index=True)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_before: Mapped[date | None] = mapped_column(Date)
    code: Mapped[str] = mapped_column(String(1))
    text: Mapped[str] = mapped_column(Text)
    submitted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    on_paper: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    question: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(10), default="submitted", index=True)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_note: Mapped[str | None] = mapped_column(Text)


class ExcuseFile(SchoolOwned, Base):
    """A photo or scan of the certificate."""

    __tablename__ = "excuse_file"

    excuse_id: Mapped[int] = mapped_column(ForeignKey("excuse.id"), primary_key=True)
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)


class LeaveLimit(SchoolOwned, Base):
    """How many days of leave (a valid reason) a class teacher may confirm alone, from a date on."""

    __tablename__ = "leave_limit"
    __table_args__ = (
        UniqueConstraint("organisation_id", "valid_from"),
        CheckConstraint("days between 0 and 366", name="days"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    valid_from: Mapped[date] = mapped_column(Date)
    days: Mapped[int] = mapped_column(Integer)


class DayLook(SchoolOwned, Base):
    """When somebody last looked through the day of a class: he is shown what changed since."""

    __tablename__ = "day_look"
    __table_args__ = (UniqueConstraint("account_id", "class_group_id", "day"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(Integer)
    class_group_id: Mapped[int] = mapped_column(ForeignKey("class_group.id"))
    day: Mapped[date] = mapped_column(Date)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


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
