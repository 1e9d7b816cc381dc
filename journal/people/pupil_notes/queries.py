"""Reads of notes. Whose note it is, is part of every question: there is no other way in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.people.models import Person, Pupil
from journal.people.pupil_notes.models import PupilNote
from journal.people.rules import class_list_name, short_name


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """A note as a specialist sees it: `own` ones may be changed, colleagues see `shared` ones."""

    id: int
    text: str
    author: str
    own: bool
    shared: bool
    written_at: datetime
    changed_at: datetime | None


def notes_about(session: Session, actor: Actor, pupil_id: int) -> list[NoteView]:
    """The actor's own notes about the pupil and those his colleagues share, newest first."""
    rows = session.execute(
        select(
            *(PupilNote.id, PupilNote.text, PupilNote.person_id, PupilNote.shared),
            *(PupilNote.written_at, PupilNote.changed_at),
            *(Person.surname, Person.given_name, Person.patronymic),
        )
        .join(Person, Person.id == PupilNote.person_id)
        .where(PupilNote.pupil_id == pupil_id, _visible(actor))
        .order_by(PupilNote.written_at.desc(), PupilNote.id.desc())
    )
    return [_view(row, actor) for row in rows]


def _visible(actor: Actor) -> ColumnElement[bool]:
    return or_(PupilNote.person_id == actor.current.person_id, PupilNote.shared.is_(True))


def _view(row: Any, actor: Actor) -> NoteView:
    return NoteView(
        id=row.id,
        text=row.text,
        author=short_name(row.surname, row.given_name, row.patronymic),
        own=row.person_id == actor.current.person_id,
        shared=row.shared,
        written_at=row.written_at,
        changed_at=row.changed_at,
    )


@dataclass(frozen=True, slots=True)
class NotedPupil:
    """A pupil with notes the actor may see: how many, and when the last was written."""

    pupil_id: int
    name: str
    count: int
    last_at: datetime


def noted_pupils(session: Session, actor: Actor) -> list[NotedPupil]:
    """Pupils with notes, the latest first; no words of them. One query."""
    last = func.max(PupilNote.written_at)
    rows = session.execute(
        select(Pupil.id, Person.surname, Person.given_name, func.count(PupilNote.id), last)
        .join(Pupil, Pupil.id == PupilNote.pupil_id)
        .join(Person, Person.id == Pupil.person_id)
        .where(_visible(actor))
        .group_by(Pupil.id, Person.surname, Person.given_name)
        .order_by(last.desc(), Pupil.id)
    )
    return [NotedPupil(row[0], class_list_name(row[1], row[2]), row[3], row[4]) for row in rows]
