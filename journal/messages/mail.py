"""The queue of e-mail: letters are put into it with the change and leave after the commit."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from journal.core.messages import Message, message_facts, message_from_facts
from journal.messages.models import Mail
from journal.messages.rules import KEPT, given_up, next_try
from journal.people.models import Organisation
from journal.people.notices import Link

Line = Message | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """To whom a letter goes, and in which language its Messages are said."""

    address: str
    person_id: int | None = None
    locale: str = "ru"


def queue_mail(
    session: Session,
    *,
    organisation_id: int,
    to: Addressee,
    subject: Message,
    lines: Iterable[Line],
    now: datetime,
    link: Link | None = None,
    secret: bool = False,
) -> str:
    """Put a letter into the queue; a `secret` one lets somebody in (see Mail). Returns its key."""
    key = secrets.token_hex(16)
    mail = Mail(
        organisation_id=organisation_id,
        **asdict(to),
        subject=_text(message_facts(subject)),
        lines=_text([_fact(line) for line in lines]),
        link=_text(link.facts()) if link else None,
        message_id=key,
        created_at=now,
        due_at=now,
        secret=secret,
    )
    session.add(mail)
    return key


def _fact(line: Line) -> object:
    return message_facts(line) if isinstance(line, Message) else line


def _text(facts: object) -> str:
    return json.dumps(facts, ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter taken from the queue to be sent."""

    id: int
    organisation_id: int
    school: str
    zone: str
    address: str
    locale: str
    subject: Message
    lines: tuple[Line, ...]
    link: Mapping[str, Any] | None
    message_id: str
    attempt: int


def any_due(session: Session, *, now: datetime) -> bool:
    """Whether a letter waits to be sent; a reader's question, it locks nothing."""
    return session.scalar(select(Mail.id).where(Mail.due_at <= now).limit(1)) is not None


def take_letter(session: Session, *, now: datetime) -> Letter | None:
    """The next letter that is due; its next try is written down before this one begins.

    The caller commits before it sends. Who dies while sending has it tried again later.
    """
    due = select(Mail.id).where(Mail.due_at <= now).order_by(Mail.due_at, Mail.id).limit(1)
    mail_id = session.scalar(due.with_for_update(skip_locked=True))
    if mail_id is None:
        return None
    row = session.execute(_letter(mail_id)).one()
    attempt = row.attempts + 1
    _change(session, mail_id, attempts=attempt, due_at=next_try(attempt, now))
    lines = (message_from_facts(x) if isinstance(x, dict) else str(x) for x in json.loads(row[7]))
    return Letter(
        id=row.id,
        organisation_id=row.organisation_id,
        school=row.short_name,
        zone=row.time_zone,
        address=row.address,
        locale=row.locale,
        subject=message_from_facts(json.loads(row.subject)),
        lines=tuple(lines),
        link=json.loads(row.link) if row.link else None,
        message_id=row.message_id,
        attempt=attempt,
    )


def _letter(mail_id: int) -> Any:
    return (
        select(
            Mail.id,
            Mail.organisation_id,
            Organisation.short_name,
            Organisation.time_zone,
            Mail.address,
            Mail.locale,
            Mail.subject,
            Mail.lines,
            Mail.link,
            Mail.message_id,
            Mail.attempts,
        )
        .join(Organisation, Organisation.id == Mail.organisation_id)
        .where(Mail.id == mail_id)
    )


def note_sent(session: Session, letter: Letter, *, now: datetime) -> None:
    """The server has taken it: the end, its text is forgotten."""
    _change(session, letter.id, sent_at=now, due_at=None, lines=None, fault=None)


def note_failed(session: Session, letter: Letter, fault: str, *, for_good: bool) -> None:
    """It did not leave: tried again when due, or given up."""
    if for_good or given_up(letter.attempt):
        kept = case((Mail.secret, None), else_=Mail.lines)
        _change(session, letter.id, fault=fault[:500], due_at=None, lines=kept)
    else:
        _change(session, letter.id, fault=fault[:500])


def forget_texts(session: Session, *, now: datetime) -> None:
    """Wipe what was kept of letters given up: after a while nobody sends them again."""
    session.execute(
        update(Mail)
        .where(
            Mail.due_at.is_(None),
            Mail.lines.is_not(None),
            Mail.created_at < now - KEPT,
        )
        .values(lines=None)
        .execution_options(synchronize_session=False)
    )


def _change(session: Session, mail_id: int, **values: Any) -> None:
    session.execute(
        update(Mail)
        .where(Mail.id == mail_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
