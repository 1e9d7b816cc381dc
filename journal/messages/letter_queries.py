"""Reads of letters: what one has got, what one has sent, one copy with its answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from journal.access import Actor
from journal.core.errors import NotFound
from journal.core.files import StoredFacts, StoredFile, file_facts
from journal.messages.letter_rules import About
from journal.messages.models import Letter, LetterCopy, LetterFile, LetterReply
from journal.messages.queries import own_persons
from journal.people.models import Person, Pupil
from journal.people.rules import short_name

SHOWN = 100
_FROM, _TO, _CHILD = aliased(Person), aliased(Person), aliased(Person)
_ANSWERS = (
    select(func.count(LetterReply.id))
    .where(LetterReply.copy_id == LetterCopy.id)
    .correlate(LetterCopy)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRow:
    """A copy in a list: from whom, to whom, about which child."""

    copy_id: int
    letter_id: int
    about: About
    subject: str
    sender_id: int
    sender: str
    recipient_id: int
    recipient: str
    pupil: str | None
    text: str
    sent_at: datetime
    read_at: datetime | None
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRow:
    """A letter one has sent: how many got it, have read it, have answered."""

    letter_id: int
    about: About
    subject: str
    sent_at: datetime
    copies: int
    read: int


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer under a copy."""

    author: str
    text: str
    sent_at: datetime


def received(session: Session, actor: Actor) -> list[CopyRow]:
    """What the actor has got, newest first."""
    query = _query().where(LetterCopy.person_id.in_(own_persons(actor)))
    return _rows(session, query.order_by(Letter.sent_at.desc(), LetterCopy.id.desc()).limit(SHOWN))


def sent(session: Session, actor: Actor) -> list[SentRow]:
    """What the actor has sent, newest first."""
    facts = (Letter.id, Letter.about, Letter.subject, Letter.sent_at)
    counts = (func.count(LetterCopy.id).label("copies"), func.count(LetterCopy.read_at))
    rows = session.execute(
        select(*facts, *counts)
        .join(LetterCopy, LetterCopy.letter_id == Letter.id)
        .where(Letter.person_id.in_(own_persons(actor)))
        .group_by(*facts)
        .order_by(Letter.sent_at.desc(), Letter.id.desc())
        .limit(SHOWN)
    )
    return [
        SentRow(
            letter_id=row.id,
            about=About(row.about),
            subject=row.subject,
            sent_at=row.sent_at,
            copies=row.copies,
            read=row[5],
        )
        for row in rows
    ]


def copies_of(session: Session, actor: Actor, letter_id: int) -> list[CopyRow]:
    """The copies of a letter for its sender; NotFound for everybody else."""
    mine = Letter.person_id.in_(own_persons(actor))
    found = _rows(session, _query().where(Letter.id == letter_id, mine).order_by(_TO.sort_key))
    if not found:
        raise NotFound()
    return found


def copy_with_answers(
    session: Session, actor: Actor, copy_id: int
) -> tuple[CopyRow, list[AnswerRow]]:
    """A copy for its recipient or its sender; NotFound for everybody else."""
    found = _rows(session, _query().where(LetterCopy.id == copy_id))
    own = set(own_persons(actor))
    if not found or not {found[0].sender_id, found[0].recipient_id} & own:
        raise NotFound()
    answers = session.execute(
        select(
            Person.surname,
            Person.given_name,
            Person.patronymic,
            LetterReply.text,
            LetterReply.sent_at,
        )
        .join(Person, Person.id == LetterReply.person_id)
        .where(LetterReply.copy_id == copy_id)
        .order_by(LetterReply.id)
    )
    return found[0], [AnswerRow(short_name(*row[:3]), row.text, row.sent_at) for row in answers]


def letter_files(session: Session, letter_id: int) -> list[StoredFacts]:
    """The files of a letter whose reader has been let through already."""
    ids = session.scalars(
        select(LetterFile.stored_file_id)
        .where(LetterFile.letter_id == letter_id)
        .order_by(LetterFile.stored_file_id)
    ).all()
    facts = file_facts(session, ids) if ids else {}
    return [facts[one] for one in ids]


def copy_file(session: Session, actor: Actor, copy_id: int, file_id: int) -> StoredFacts:
    """A file of a letter, for the two sides of a copy; NotFound for everybody else."""
    own = own_persons(actor)
    found = session.scalar(
        select(LetterFile.stored_file_id)
        .join(Letter, Letter.id == LetterFile.letter_id)
        .join(LetterCopy, LetterCopy.letter_id == Letter.id)
        .where(
            LetterCopy.id == copy_id,
            LetterFile.stored_file_id == file_id,
            or_(LetterCopy.person_id.in_(own), Letter.person_id.in_(own)),
        )
    )
    if found is None:
        raise NotFound()
    return file_facts(session, [found])[found]


def own_uploads(
    session: Session, actor: Actor, file_ids: Collection[int]
) -> tuple[StoredFacts, ...]:
    """Those of the files that the actor has uploaded himself in this school; others are dropped."""
    ids = session.scalars(
        select(StoredFile.id)
        .where(
            StoredFile.id.in_(list(file_ids)),
            StoredFile.uploaded_by == actor.account_id,
            StoredFile.organisation_id == actor.organisation_id,
        )
        .order_by(StoredFile.id)
    ).all()
    facts = file_facts(session, ids) if ids else {}
    return tuple(facts[one] for one in ids)


def _name(person: Any, label: str) -> tuple[Any, ...]:
    names = ("surname", "given_name", "patronymic")
    return tuple(getattr(person, name).label(f"{label}_{name}") for name in names)


def _query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            LetterCopy.id,
            LetterCopy.letter_id,
            Letter.about,
            Letter.subject,
            Letter.person_id.label("sender_id"),
            LetterCopy.person_id,
            LetterCopy.text,
            Letter.sent_at,
            LetterCopy.read_at,
            _ANSWERS.label("answers"),
            *_name(_FROM, "from"),
            *_name(_TO, "to"),
            *_name(_CHILD, "child"),
        )
        .join(Letter, Letter.id == LetterCopy.letter_id)
        .join(_FROM, _FROM.id == Letter.person_id)
        .join(_TO, _TO.id == LetterCopy.person_id)
        .outerjoin(Pupil, Pupil.id == LetterCopy.pupil_id)
        .outerjoin(_CHILD, _CHILD.id == Pupil.person_id)
    )


def _rows(session: Session, query: Select[*tuple[Any, ...]]) -> list[CopyRow]:
    return [_row(row) for row in session.execute(query)]


def _row(row: Any) -> CopyRow:
    return CopyRow(
        copy_id=row.id,
        letter_id=row.letter_id,
        about=About(row.about),
        subject=row.subject,
        sender_id=row.sender_id,
        sender=short_name(row.from_surname, row.from_given_name, row.from_patronymic),
        recipient_id=row.person_id,
        recipient=short_name(row.to_surname, row.to_given_name, row.to_patronymic),
        pupil=_child(row),
        text=row.text,
        sent_at=row.sent_at,
        read_at=row.read_at,
        answers=row.answers,
    )


def _child(row: Any) -> str | None:
    if row.child_surname is None:
        return None
    return f"{row.child_surname} {row.child_given_name}"
