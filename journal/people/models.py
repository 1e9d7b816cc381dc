"""Tables of people: one Person per human being and organisation, one Account per human being.

A teacher who is also a mother is one Person with a StaffMember and a Guardian row. Accounts are
global (one login, several schools) and therefore not SchoolOwned.
"""

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
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, SortKey, UtcDateTime
from journal.core.tenancy import SchoolOwned

# Two names in one key, compared by code point on both engines.
ListKey = String(900).with_variant(String(900, collation="C"), "postgresql")


class Organisation(Base):
    """организация (ОО): a school or the regional centre; every row of a school belongs to one.

    `list_key` and `search_key` follow its names by themselves (`people.school_keys`).
    """

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("kind in ('school','regional_centre')", name="kind"),
        Index("ix_organisation_list", "list_key", "id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), default="school")
    code: Mapped[str] = mapped_column(String(40), unique=True)
    full_name: Mapped[str] = mapped_column(String(500))
    short_name: Mapped[str] = mapped_column(String(200))
    type_name: Mapped[str | None] = mapped_column(String(200))
    municipality: Mapped[str | None] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(String(500))
    phone: Mapped[str | None] = mapped_column(String(60))
    email: Mapped[str | None] = mapped_column(String(200))
    website: Mapped[str | None] = mapped_column(String(200))
    time_zone: Mapped[str] = mapped_column(String(60), default="Europe/Moscow")
    director_name: Mapped[str | None] = mapped_column(String(200))
    # Whom users of the school may ask: words with a phone, a room, an address.
    administrator_contact: Mapped[str | None] = mapped_column(String(300))
    support_contact: Mapped[str | None] = mapped_column(String(300))
    demonstration: Mapped[bool] = mapped_column(Boolean, default=False)
    list_key: Mapped[str] = mapped_column(ListKey, default="", server_default="")
    search_key: Mapped[str] = mapped_column(String(700), default="", server_default="")


class Account(Base):
    """A login. The password is only ever a hash; `session_epoch` ends every open session."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(300))
    password_is_temporary: Mapped[bool] = mapped_column(Boolean, default=True)
    password_set_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    credentials_issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    session_epoch: Mapped[int] = mapped_column(Integer, default=1)
    failed_attempts: Mapped[int] = mapped_column(Integer, default=0)
    throttled_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    locale: Mapped[str] = mapped_column(String(5), default="ru")
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Person(SchoolOwned, Base):
    """A human being as one organisation knows him. Names sort by `sort_key` (core.text)."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_sort", "organisation_id", "sort_key"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    surname: Mapped[str] = mapped_column(String(100))
    given_name: Mapped[str] = mapped_column(String(100))
    patronymic: Mapped[str | None] = mapped_column(String(100))
    sex: Mapped[str | None] = mapped_column(String(1))
    born_on: Mapped[date | None] = mapped_column(Date)
    phone: Mapped[str | None] = mapped_column(String(60))
    email: Mapped[str | None] = mapped_column(String(200))
    sort_key: Mapped[str] = mapped_column(SortKey)
    search_key: Mapped[str] = mapped_column(String(300), index=True)


class PersonWord(SchoolOwned, Base):
    """A word of a person's name as it is searched (core.text.search_key), found by its beginning.

    `sort_key` is the person's: those found come in the order of names without being sorted. Kept
    by `people.words` whenever a person is written.
    """

    __tablename__ = "person_word"
    __table_args__ = (
        Index("ix_person_word_word", "organisation_id", "word", "sort_key", "person_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    word: Mapped[str] = mapped_column(SortKey, primary_key=True)
    sort_key: Mapped[str] = mapped_column(SortKey)


class RoleAssignment(SchoolOwned, Base):
    """One role of one person."""

    __tablename__ = "role_assignment"
    __table_args__ = (
        UniqueConstraint("person_id", "role"),
        Index("ix_role_assignment_role", "organisation_id", "role"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(30))


class StaffMember(SchoolOwned, Base):
    """сотрудник; natural key: personnel number (табельный номер)."""

    __tablename__ = "staff_member"
    __table_args__ = (UniqueConstraint("organisation_id", "personnel_number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    personnel_number: Mapped[str] = mapped_column(String(40))
    position: Mapped[str] = mapped_column(String(200))
    left_on: Mapped[date | None] = mapped_column(Date)
    consent_on: Mapped[date | None] = mapped_column(Date)
    consent_withdrawn_on: Mapped[date | None] = mapped_column(Date)


class Pupil(SchoolOwned, Base):
    """обучающийся; natural key: personal file number (личное дело)."""

    __tablename__ = "pupil"
    __table_args__ = (UniqueConstraint("organisation_id", "personal_file"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    personal_file: Mapped[str] = mapped_column(String(40))
    enrolled_on: Mapped[date] = mapped_column(Date)
    enrolment_order: Mapped[str | None] = mapped_column(String(200))
    # The class the list of pupils names: on the day of enrolment, or on the year's first day.
    entry_class: Mapped[str | None] = mapped_column(String(20))
    consent_on: Mapped[date | None] = mapped_column(Date)
    consent_withdrawn_on: Mapped[date | None] = mapped_column(Date)


class Guardian(SchoolOwned, Base):
    """законный представитель: one person, whatever the number of his children here."""

    __tablename__ = "guardian"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)


class CalendarAddress(SchoolOwned, Base):
    """The secret address of a calendar feed; only its hash is kept. One a person and pupil.

    `pupil_id` is whose days are shown: a child's, one's own as a pupil; empty = a teacher's own.
    """

    __tablename__ = "calendar_address"
    __table_args__ = (Index("ix_calendar_address_person", "person_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupil.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class GuardianLink(SchoolOwned, Base):
    """Whose guardian, in which degree; consent and refusal are per child."""

    __tablename__ = "guardian_link"
    __table_args__ = (UniqueConstraint("guardian_id", "pupil_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), index=True)
    relation: Mapped[str] = mapped_column(String(20))
    declined_e_service: Mapped[bool] = mapped_column(Boolean, default=False)
    consent_on: Mapped[date | None] = mapped_column(Date)
    consent_withdrawn_on: Mapped[date | None] = mapped_column(Date)
