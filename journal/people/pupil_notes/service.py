"""Commands on notes about pupils, and the log of who read what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.people.models import Pupil
from journal.people.pupil_notes.models import PupilNote
from journal.people.service import record_by

TEXT_MAX = 4000


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """What is written; `shared` with the other specialists of the school."""

    text: str
    shared: bool

    @property
    def words(self) -> str:
        """The text without idle space. Raises RuleViolation."""
        words = self.text.strip()
        if not words:
            raise RuleViolation("text", N_("Write the note."))
        if len(words) > TEXT_MAX:
            raise RuleViolation("text", N_("Shorten the text to %(max)s characters.", max=TEXT_MAX))
        return words


def log_reading(session: Session, actor: Actor, pupil_id: int, *, now: datetime) -> None:
    """The actor opens the card of a pupil, with the notes there. Raises NotFound."""
    _known_pupil(session, pupil_id)
    change = Change(
        action="read_card", object_type="pupil_card", object_id=pupil_id, about_id=pupil_id
    )
    record_by(session, actor, change, now)


def add_note(
    session: Session, actor: Actor, *, pupil_id: int, draft: NoteDraft, now: datetime
) -> None:
    """Write a note about a pupil of the school."""
    _known_pupil(session, pupil_id)
    row = PupilNote(
        organisation_id=actor.organisation_id,
        pupil_id=pupil_id,
        person_id=actor.current.person_id,
        text=draft.words,
        shared=draft.shared,
        written_at=now,
    )
    session.add(row)
    session.flush()
    record_by(session, actor, _change("create", row, after=_facts(row)), now)


def pupil_of_note(session: Session, actor: Actor, note_id: int) -> int:
    """Whom one's own note is about. NotFound for anybody else's."""
    row, _before = _own(session, actor, note_id)
    return row.pupil_id


def change_note(
    session: Session, actor: Actor, note_id: int, draft: NoteDraft, *, now: datetime
) -> None:
    """Change one's own note. NotFound for anybody else's."""
    row, before = _own(session, actor, note_id)
    words = draft.words
    if (row.text, row.shared) != (words, draft.shared):
        row.text, row.shared, row.changed_at = words, draft.shared, now
        session.flush()
        record_by(session, actor, _change("change", row, before=before, after=_facts(row)), now)


def delete_note(session: Session, actor: Actor, note_id: int, *, now: datetime) -> int:
    """Delete one's own note: its words are gone; returns the pupil. NotFound as above."""
    row, before = _own(session, actor, note_id)
    change = _change("delete", row, before=before)
    session.delete(row)
    session.flush()
    record_by(session, actor, change, now)
    return row.pupil_id


def _own(session: Session, actor: Actor, note_id: int) -> tuple[PupilNote, dict[str, object]]:
    row = session.scalar(
        select(PupilNote)
        .where(PupilNote.id == note_id, PupilNote.person_id == actor.current.person_id)
        .with_for_update()
    )
    if row is None:
        raise NotFound()
    return row, _facts(row)


def _known_pupil(session: Session, pupil_id: int) -> None:
    if session.scalar(select(Pupil.id).where(Pupil.id == pupil_id)) is None:
        raise NotFound()


def _facts(row: PupilNote) -> dict[str, object]:
    """Without the words: they are the author's alone."""
    return {"shared": row.shared, "characters": len(row.text)}


def _change(
    action: str,
    row: PupilNote,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> Change:
    return Change(
        action=action,
        object_type="pupil_note",
        object_id=row.id,
        about_id=row.pupil_id,
        before=before,
        after=after,
    )
