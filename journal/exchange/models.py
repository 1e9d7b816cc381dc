"""Tables of regional monitoring.

A procedure belongs to the regional centre and is open to its audience; what a school does in it is
the school's own (SchoolOwned) and holds no pupil's data: numbers by class, never names.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, UtcDateTime
from journal.core.tenancy import SchoolOwned


class Procedure(Base):
    """мониторинг (процедура) with its collection of data (сбор данных).

    The window is [opens_at, closes_before). `form_version` and `thresholds` (JSON) are frozen from
    `opened_at` on. Not a school's row: every school of the audience reads it.
    """

    __tablename__ = "procedure"
    __table_args__ = (CheckConstraint("opens_at < closes_before", name="window"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    description: Mapped[str] = mapped_column(Text, default="")
    year: Mapped[str] = mapped_column(String(9))
    period: Mapped[str] = mapped_column(String(10))
    form_schema: Mapped[str] = mapped_column(String(20))
    form_version: Mapped[str] = mapped_column(String(20))
    thresholds: Mapped[str] = mapped_column(Text)
    mandatory: Mapped[bool] = mapped_column(Boolean, default=True)
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_before: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Participation(SchoolOwned, Base):
    """A school in the audience of a procedure: its request, its extension, how far it is.

    `begun_at` is the first saving, `submitted_at` the latest accepted submission;
    `handed_over_at`: the responsible person has passed the form to the coordinator.
    """

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("procedure_id", "organisation_id"),
        Index("ix_participation_school", "organisation_id", "procedure_id"),
        CheckConstraint(
            "request in ('none','requested','approved','declined','withdrawn')", name="request"
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"))
    request: Mapped[str] = mapped_column(String(10), default="none")
    extended_before: Mapped[datetime | None] = mapped_column(UtcDateTime)
    extension_reason: Mapped[str | None] = mapped_column(Text)
    responsible_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    handed_over_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Delegation(SchoolOwned, Base):
    """Who was responsible for a procedure and when; no end = still is."""

    __tablename__ = "delegation"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    appointed_by: Mapped[int] = mapped_column(Integer)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Draft(SchoolOwned, Base):
    """The on-line table of a school as it was saved last; `content` is JSON of a Content."""

    __tablename__ = "monitoring_draft"

    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id"), primary_key=True, autoincrement=False
    )
    content: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer, default=1)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[int] = mapped_column(Integer)


class Attempt(SchoolOwned, Base):
    """One sending of data, whatever became of it. `received` ones wait to be processed: a server
    that stops in between takes them up when it starts again. `data` are the bytes of a file, wiped
    when it is refused: `marked` is then the coloured copy; `content` what came from the on-line
    table; `findings` JSON."""

    __tablename__ = "monitoring_attempt"
    __table_args__ = (
        CheckConstraint("state in ('received','accepted','refused')", name="state"),
        CheckConstraint("kind in ('file','table')", name="kind"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="received", index=True)
    file_name: Mapped[str | None] = mapped_column(String(200))
    file_size: Mapped[int | None] = mapped_column(Integer)
    sha256: Mapped[str | None] = mapped_column(String(64))
    data: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    content: Mapped[str | None] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(Integer)
    sender: Mapped[str] = mapped_column(String(200))
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    processed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    findings: Mapped[str | None] = mapped_column(Text)
    marked: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class FilledForm(SchoolOwned, Base):
    """The form as the journal of the school filled it last: to be looked at, downloaded, sent.

    `content` and `findings` are JSON; the sizes are those of its workbooks, in bytes.
    """

    __tablename__ = "monitoring_filled"

    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participation.id"), primary_key=True, autoincrement=False
    )
    content: Mapped[str] = mapped_column(Text)
    findings: Mapped[str] = mapped_column(Text)
    spans: Mapped[str] = mapped_column(Text)
    xls_size: Mapped[int] = mapped_column(Integer)
    xlsx_size: Mapped[int] = mapped_column(Integer)
    as_of: Mapped[datetime] = mapped_column(UtcDateTime)


class Submission(SchoolOwned, Base):
    """сданный отчёт: an accepted version. All are kept, the one with the highest number counts.

    `summary` is JSON of its sums by sheet and parallel (`exchange.summing`): a region of a thousand
    schools is added up without reading their classes.
    """

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("participation_id", "number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"))
    attempt_id: Mapped[int] = mapped_column(ForeignKey("monitoring_attempt.id"), unique=True)
    number: Mapped[int] = mapped_column(Integer)
    form_schema: Mapped[str] = mapped_column(String(20))
    form_version: Mapped[str] = mapped_column(String(20))
    content: Mapped[str] = mapped_column(Text)
    findings: Mapped[str] = mapped_column(Text)
    summary: Mapped[str | None] = mapped_column(Text)
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Publication(Base):
    """публикация of the centre: about a procedure, or to every school (no procedure).

    Seen from `release_at` on. Not a school's row.
    """

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    procedure_id: Mapped[int | None] = mapped_column(ForeignKey("procedure.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    release_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Material(Base):
    """материал of a publication: a file with its own moment of release (a variant of a work opens
    on the day, its demo earlier). Not a school's row; the file is the centre's."""

    __tablename__ = "publication_material"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    release_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ResultsSending(Base):
    """направление результатов в орган управления образованием (ОИВ): a covering letter with the
    results of a procedure as they stood then, for who has the secret of its address.

    Not a school's row. What was sent stays as it was: sums, small cells suppressed (R19).
    """

    __tablename__ = "results_sending"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"), index=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    authority: Mapped[str] = mapped_column(String(300))
    email: Mapped[str | None] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(60))
    letter: Mapped[str] = mapped_column(Text)
    schools: Mapped[int] = mapped_column(Integer)
    sender: Mapped[str] = mapped_column(String(200))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    open_before: Mapped[datetime] = mapped_column(UtcDateTime)
    key_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    xlsx: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
