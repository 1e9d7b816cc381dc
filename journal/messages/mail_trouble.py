"""E-mail that did not leave: what the administrator sees of it, and does about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_, Message, message_from_facts
from journal.messages.mail_faults import fault_words
from journal.messages.models import Mail
from journal.people.models import Person
from journal.people.rules import full_name
from journal.people.service import record_by

PAGE_SIZE = 50
_GIVEN_UP = and_(Mail.due_at.is_(None), Mail.sent_at.is_(None))
_TROUBLED = and_(Mail.sent_at.is_(None), Mail.fault.is_not(None))
_AGAIN = and_(_GIVEN_UP, Mail.lines.is_not(None))


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubledMail:
    """A letter that did not leave. `due_at` is its next try, None once it was given up; `kept`
    whether its text is still there to be sent again."""

    mail_id: int
    address: str
    person: str | None
    subject: Message
    created_at: datetime
    due_at: datetime | None
    attempts: int
    fault: str
    kept: bool

    @property
    def meaning(self) -> Message:
        """The server's words in plain ones."""
        return fault_words(self.fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDesk:
    """Letters in trouble, newest first, a page of them; how many wait or were given up in all,
    and how many of the latter can be sent again."""

    letters: tuple[TroubledMail, ...]
    page: int
    more: bool
    waiting: int
    retrying: int
    given_up: int
    again: int


def mail_desk(session: Session, *, page: int = 1) -> MailDesk:
    """The page of the bound organisation. Two queries."""
    counts = session.execute(
        select(
            func.count().filter(Mail.due_at.is_not(None), Mail.fault.is_(None)),
            func.count().filter(Mail.due_at.is_not(None), Mail.fault.is_not(None)),
            func.count().filter(_GIVEN_UP),
            func.count().filter(_AGAIN),
        ).select_from(Mail)
    ).one()
    rows = session.execute(_letters().limit(PAGE_SIZE + 1).offset((page - 1) * PAGE_SIZE)).all()
    return MailDesk(
        letters=tuple(_letter(row) for row in rows[:PAGE_SIZE]),
        page=page,
        more=len(rows) > PAGE_SIZE,
        waiting=counts[0],
        retrying=counts[1],
        given_up=counts[2],
        again=counts[3],
    )


def count_given_up(session: Session) -> int:
    """How many letters of the bound organisation were given up and could be sent again."""
    return session.scalar(select(func.count(Mail.id)).where(_AGAIN)) or 0


def _letters() -> Any:
    return (
        select(
            Mail.id,
            Mail.address,
            Mail.subject,
            Mail.created_at,
            Mail.due_at,
            Mail.attempts,
            Mail.fault,
            Mail.lines.is_not(None).label("kept"),
            Person.surname,
            Person.given_name,
            Person.patronymic,
        )
        .outerjoin(Person, Person.id == Mail.person_id)
        .where(_TROUBLED)
        .order_by(Mail.created_at.desc(), Mail.id.desc())
    )


def _letter(row: Any) -> TroubledMail:
    name = full_name(row.surname, row.given_name, row.patronymic) if row.surname else None
    return TroubledMail(
        mail_id=row.id,
        address=row.address,
        person=name,
        subject=message_from_facts(json.loads(row.subject)),
        created_at=row.created_at,
        due_at=row.due_at,
        attempts=row.attempts,
        fault=row.fault,
        kept=row.kept,
    )


def send_again(session: Session, actor: Actor, mail_id: int, *, now: datetime) -> None:
    """Try a letter at once, with all its tries anew. NotFound for one that is not there or has
    left; RuleViolation when its text is not kept."""
    row = _unsent(session, mail_id)
    if row.lines is None:
        raise RuleViolation(
            "mail", N_("The text of this letter is not kept any more. Write or issue it anew.")
        )
    _note(session, actor, row, "send_mail_again", now)
    _set(session, Mail.id == mail_id, attempts=0, due_at=now)


def send_all_again(session: Session, actor: Actor, *, now: datetime) -> int:
    """Try every letter that was given up and is still kept; how many."""
    found = count_given_up(session)
    if found:
        _set(session, _AGAIN, attempts=0, due_at=now)
        change = Change(
            action="send_mail_again", object_type="mail", object_id=0, after={"count": found}
        )
        record_by(session, actor, change, now)
    return found


def give_up(session: Session, actor: Actor, mail_id: int, *, now: datetime) -> None:
    """Stop trying; the text is wiped. NotFound for a letter that is not there or has left."""
    row = _unsent(session, mail_id)
    _note(session, actor, row, "give_up_mail", now)
    fault = row.fault or "given up by the administrator"
    _set(session, Mail.id == mail_id, due_at=None, lines=None, fault=fault)


def _unsent(session: Session, mail_id: int) -> Any:
    query = (
        select(Mail.id, Mail.address, Mail.attempts, Mail.fault, Mail.lines)
        .where(Mail.id == mail_id, _TROUBLED)
        .with_for_update()
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound()
    return row


def _set(session: Session, which: ColumnElement[bool], **values: Any) -> None:
    session.execute(
        update(Mail).where(which).values(**values).execution_options(synchronize_session=False)
    )


def _note(session: Session, actor: Actor, row: Any, action: str, now: datetime) -> None:
    facts = {"email": row.address, "attempts": row.attempts, "fault": row.fault}
    change = Change(action=action, object_type="mail", object_id=row.id, before=facts)
    record_by(session, actor, change, now)
