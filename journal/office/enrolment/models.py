"""Tables of the enrolment of schools into the monitoring; rows belong to the regional centre."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned


class Enrolment(SchoolOwned, Base):
    """заявка на участие: what a school says of itself when it asks for a cabinet.

    `organisation_id` is the centre. An approved one names the organisation made of it and its
    coordinator. `key_sha256` is of the secret in the address where the school sees the answer;
    none when the centre made the cabinet without an application.
    """

    __tablename__ = "monitoring_enrolment"
    __table_args__ = (
        CheckConstraint("state in ('waiting','approved','declined')", name="state"),
        CheckConstraint("(state = 'approved') = (school_id is not null)", name="school"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    state: Mapped[str] = mapped_column(String(10), default="waiting", index=True)
    code: Mapped[str] = mapped_column(String(40), index=True)
    type_name: Mapped[str] = mapped_column(String(200))
    full_name: Mapped[str] = mapped_column(String(500))
    short_name: Mapped[str] = mapped_column(String(200))
    municipality: Mapped[str] = mapped_column(String(200))
    website: Mapped[str | None] = mapped_column(String(200))
    surname: Mapped[str] = mapped_column(String(100))
    given_name: Mapped[str] = mapped_column(String(100))
    patronymic: Mapped[str | None] = mapped_column(String(100))
    position: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(60))
    email: Mapped[str] = mapped_column(String(200))
    basis: Mapped[str] = mapped_column(String(300))
    key_sha256: Mapped[str | None] = mapped_column(String(64), unique=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str | None] = mapped_column(Text)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), unique=True)
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class CentreSite(SchoolOwned, Base):
    """«О проекте»: what the centre tells everybody of its monitoring. One row a centre."""

    __tablename__ = "monitoring_site"
    __table_args__ = (UniqueConstraint("organisation_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    about: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
