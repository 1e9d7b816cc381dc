"""Tables of messages: what persons are told, how they want it, and the e-mail that leaves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
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


class Notification(SchoolOwned, Base):
    """уведомление: one sentence for one person. `message` and `link` are JSON facts, said and
    addressed when it is read. `key` lets nobody be told the same twice."""

    __tablename__ = "notification"
    __table_args__ = (UniqueConstraint("person_id", "key"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(120))
    message: Mapped[str] = mapped_column(Text)
    detail: Mapped[str | None] = mapped_column(Text)
    link: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


# Partial: every page counts the unread ones of its reader.
Index(
    "ix_notification_unread",
    Notification.person_id,
    sqlite_where=Notification.read_at.is_(None),
    postgresql_where=Notification.read_at.is_(None),
)


class NoticeChoice(SchoolOwned, Base):
    """How a person wants to be told of one kind; without a row the kind's own way holds."""

    __tablename__ = "notice_choice"
    __table_args__ = (
        UniqueConstraint("person_id", "kind"),
        CheckConstraint("way in ('site','mail','off')", name="way"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(30))
    way: Mapped[str] = mapped_column(String(10))


class Mail(SchoolOwned, Base):
    """One e-mail to one address, from the queue to its end: sent, or given up with a `fault`.

    `due_at` is when it is tried next, empty at the end. A try moves it ahead before it begins, so
    that a process that dies meanwhile loses nothing. The `message_id` stays the same: a receiver
    that gets one twice knows it. `lines` are JSON: wiped once it has left; of one given up they
    stay for a while, to be sent again, unless it is `secret` (a password, a link that lets in).
    """

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(5), default="ru")
    subject: Mapped[str] = mapped_column(Text)
    lines: Mapped[str | None] = mapped_column(Text)
    link: Mapped[str | None] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(60), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fault: Mapped[str | None] = mapped_column(Text)
    secret: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


Index(
    "ix_mail_due",
    Mail.due_at,
    sqlite_where=Mail.due_at.is_not(None),
    postgresql_where=Mail.due_at.is_not(None),
)


class Letter(SchoolOwned, Base):
    """письмо: words of one person to several; each gets a copy filled for his own child."""

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint(
            "about in ('behaviour','success','access','absences','other','support')", name="about"
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    about: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(200))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LetterTemplate(SchoolOwned, Base):
    """A beginning of letters, written by the administration for everybody who writes them."""

    __tablename__ = "letter_template"
    __table_args__ = (
        CheckConstraint(
            "about in ('behaviour','success','access','absences','other')", name="about"
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    about: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)


class LetterFile(SchoolOwned, Base):
    """A file of a letter, the same for all its copies."""

    __tablename__ = "letter_file"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), primary_key=True)
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)


class LetterCopy(SchoolOwned, Base):
    """What one recipient got: the text filled for the pupil it speaks of. `read_at` is his own
    word that he has read it."""

    __tablename__ = "letter_copy"
    __table_args__ = (UniqueConstraint("letter_id", "person_id", "pupil_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupil.id"))
    text: Mapped[str] = mapped_column(Text)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LetterReply(SchoolOwned, Base):
    """An answer under a copy, by its recipient or by the sender."""

    __tablename__ = "letter_reply"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    copy_id: Mapped[int] = mapped_column(ForeignKey("letter_copy.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
