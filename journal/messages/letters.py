"""Commands on letters: to families, staff, the administrator; answers, receipts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.audit import Change
from journal.core.errors import Forbidden, NotFound, RuleViolation
from journal.core.messages import N_
from journal.core.text import tidy
from journal.messages.audiences import Audience, Correspondent
from journal.messages.letter_rules import TEXT_MAX, About, check_letter, check_words, filled
from journal.messages.models import Letter, LetterCopy, LetterFile, LetterReply
from journal.messages.queries import own_persons
from journal.messages.recipients import staff_who_may
from journal.people.notices import Link, NoticeKind, Recipients
from journal.people.service import record_by
from journal.people.telling import notify


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter as it was written; `places` are what its text may name."""

    about: About
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """The copy of one recipient."""

    to: Correspondent
    text: str


def fill_letter(
    draft: Draft,
    audience: Audience,
    chosen: Collection[str],
    facts: Mapping[str, Mapping[str, str]],
) -> list[Filled]:
    """The copies of the chosen (`Correspondent.key`), each filled with its `facts`.

    RuleViolation (families, subject, text): nobody chosen, somebody who is not of the audience or
    declined the electronic service, no words, a place nobody can fill.
    """
    check_letter(subject=draft.subject, text=draft.text, places=audience.places)
    known = {one.key: one for one in audience.people if one.reachable}
    if not chosen:
        raise RuleViolation("families", N_("Choose to whom the letter goes."))
    if set(chosen) - known.keys():
        raise RuleViolation("families", N_("Only those of the list can be written to."))
    return [
        Filled(one, filled(draft.text, facts[key])) for key, one in known.items() if key in chosen
    ]


def send_letter(
    session: Session,
    actor: Actor,
    draft: Draft,
    copies: Sequence[Filled],
    *,
    file_ids: Collection[int] = (),
    now: datetime,
) -> int:
    """Send the filled copies with the files; each recipient is told. Returns the letter's id."""
    recipients = [(one.to.person_id, one.to.pupil_id, one.text) for one in copies]
    letter_id = _send(session, actor, draft, recipients, now=now)
    for file_id in dict.fromkeys(file_ids):
        session.add(
            LetterFile(
                organisation_id=actor.organisation_id, letter_id=letter_id, stored_file_id=file_id
            )
        )
    session.flush()
    return letter_id


def write_to_administrator(
    session: Session, actor: Actor, *, subject: str, text: str, now: datetime
) -> int:
    """A question to everybody who sets the school up; any of them may answer."""
    draft = Draft(about=About.SUPPORT, subject=tidy(subject), text=text.strip())
    check_letter(subject=draft.subject, text="{}")
    check_words(draft.text)
    persons = staff_who_may(session, Permission.MANAGE_SCHOOL, actor=actor, now=now)
    if not persons:
        raise RuleViolation("text", N_("The school has no administrator yet. Ask the director."))
    return _send(session, actor, draft, [(one, None, draft.text) for one in persons], now=now)


def write_to_staff(
    session: Session, actor: Actor, *, person_id: int, subject: str, text: str, now: datetime
) -> int:
    """A letter to one member of the school's staff, by who controls them. Returns its id."""
    if not actor.may(Permission.CONTROL_FILLING):
        raise Forbidden(N_("Letters to teachers are written by the deputies and the director."))
    draft = Draft(about=About.OTHER, subject=tidy(subject), text=text.strip()[:TEXT_MAX])
    check_letter(subject=draft.subject, text="{}")
    check_words(draft.text)
    return _send(session, actor, draft, [(person_id, None, draft.text)], now=now)


def _send(
    session: Session,
    actor: Actor,
    draft: Draft,
    copies: Sequence[tuple[int, int | None, str]],
    *,
    now: datetime,
) -> int:
    letter = Letter(
        organisation_id=actor.organisation_id,
        person_id=actor.current.person_id,
        about=draft.about.value,
        subject=draft.subject,
        sent_at=now,
    )
    session.add(letter)
    session.flush()
    for person_id, pupil_id, text in copies:
        copy = _copy(session, letter, person_id, pupil_id, text)
        _tell(session, actor, copy, person_id, subject=draft.subject, text=text, now=now)
    _log(session, actor, letter, copies=len(copies), now=now)
    return letter.id


def _copy(
    session: Session, letter: Letter, person_id: int, pupil_id: int | None, text: str
) -> LetterCopy:
    copy = LetterCopy(
        organisation_id=letter.organisation_id,
        letter_id=letter.id,
        person_id=person_id,
        pupil_id=pupil_id,
        text=text,
    )
    session.add(copy)
    session.flush()
    return copy


def reply_to(session: Session, actor: Actor, copy_id: int, *, text: str, now: datetime) -> None:
    """Answer under a copy one has got or sent; the other side is told. It counts as read."""
    copy, letter = _own_copy(session, actor, copy_id)
    check_words(text)
    member = actor.member_of(copy.organisation_id)
    if member is None:
        raise NotFound()
    session.add(
        LetterReply(
            organisation_id=copy.organisation_id,
            copy_id=copy.id,
            person_id=member.person_id,
            text=text.strip(),
            sent_at=now,
        )
    )
    if copy.person_id == member.person_id:
        copy.read_at = copy.read_at or now
    other = letter.person_id if copy.person_id == member.person_id else copy.person_id
    _tell(session, actor, copy, other, subject=letter.subject, text=text.strip(), now=now)


def confirm_read(session: Session, actor: Actor, copy_id: int, *, now: datetime) -> None:
    """The recipient's own word that he has read it."""
    copy, _ = _own_copy(session, actor, copy_id)
    if copy.person_id not in own_persons(actor):
        raise NotFound()
    copy.read_at = copy.read_at or now


def _own_copy(session: Session, actor: Actor, copy_id: int) -> tuple[LetterCopy, Letter]:
    """A copy for its recipient or its sender; NotFound for everybody else."""
    row = session.execute(
        select(LetterCopy, Letter)
        .join(Letter, Letter.id == LetterCopy.letter_id)
        .where(LetterCopy.id == copy_id)
    ).one_or_none()
    if row is None or not {row[0].person_id, row[1].person_id} & set(own_persons(actor)):
        raise NotFound()
    return row[0], row[1]


def _tell(
    session: Session,
    actor: Actor,
    copy: LetterCopy,
    person_id: int,
    *,
    subject: str,
    text: str,
    now: datetime,
) -> None:
    notify(
        session,
        organisation_id=copy.organisation_id,
        kind=NoticeKind.LETTERS,
        to=Recipients(persons=(person_id,)),
        message=N_("%(who)s writes: %(subject)s", who=actor.name, subject=subject),
        detail=text,
        link=Link("letters.letter", {"copy_id": copy.id}),
        now=now,
    )


def _log(session: Session, actor: Actor, letter: Letter, *, copies: int, now: datetime) -> None:
    """That a letter was sent and to how many; its words are the families' alone."""
    record_by(
        session,
        actor,
        Change(
            action="send_letter",
            object_type="letter",
            object_id=letter.id,
            after={"about": letter.about, "copies": copies},
        ),
        now,
    )
