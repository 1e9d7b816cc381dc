"""Templates of letters: the school's own, and samples where it has none (003:48)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_, Message
from journal.core.text import tidy
from journal.messages.letter_rules import PLACES, About, check_letter, places_of
from journal.messages.models import LetterTemplate
from journal.people.service import record_by

MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A beginning of a letter. `id` None: a sample of the program."""

    id: int | None
    key: str
    about: About
    subject: Message | str
    text: Message | str


SAMPLES = (
    Template(
        id=None,
        key="sample-success",
        about=About.SUCCESS,
        subject=N_("How the term is going"),
        text=N_(
            "{родитель}, these are the averages of {ребёнок} ({класс}) in this term: "
            "{средние баллы}. Every mark with its work stands in the diary: {адрес}."
        ),
    ),
    Template(
        id=None,
        key="sample-subject",
        about=About.SUCCESS,
        subject=N_("Marks in the subject"),
        text=N_(
            "{родитель}, in this term {ребёнок} ({класс}) has these marks in {предмет}: {отметки}. "
            "The average is {средний балл}, lessons missed: {пропущено}. I can explain and advise: "
            "answer under this letter."
        ),
    ),
    Template(
        id=None,
        key="sample-absences",
        about=About.ABSENCES,
        subject=N_("Missed lessons"),
        text=N_(
            "{родитель}, in this term {ребёнок} ({класс}) has missed {пропуски}. If a reason is "
            "not stated yet, announce it in the journal, section «Absence notices»: {адрес}."
        ),
    ),
    Template(
        id=None,
        key="sample-behaviour",
        about=About.BEHAVIOUR,
        subject=N_("Behaviour at school"),
        text=N_(
            "{родитель}, I ask you to talk with {ребёнок} ({класс}) about what happened at school "
            "today. Answer under this letter when we could talk."
        ),
    ),
    Template(
        id=None,
        key="sample-access",
        about=About.ACCESS,
        subject=N_("Access to the electronic diary"),
        text=N_(
            "{родитель}, the diary of {ребёнок} ({класс}) opens at {адрес}. Your login: {логин}. "
            "If you have no password or have forgotten it, I make a new one on request."
        ),
    ),
)


def own_templates(session: Session) -> list[Template]:
    """The school's, by what they are about and subject."""
    rows = session.execute(
        select(
            LetterTemplate.id, LetterTemplate.about, LetterTemplate.subject, LetterTemplate.text
        ).order_by(LetterTemplate.about, LetterTemplate.subject, LetterTemplate.id)
    )
    return [
        Template(id=row[0], key=str(row[0]), about=About(row[1]), subject=row[2], text=row[3])
        for row in rows
    ]


def offered(session: Session, places: Iterable[str]) -> list[Template]:
    """What a letter to people of whom these places can be filled may begin with: the school's
    templates, and samples about what it has no own one for."""
    own = own_templates(session)
    covered = {one.about for one in own}
    samples = [one for one in SAMPLES if one.about not in covered]
    known = set(places)
    return [one for one in (*own, *samples) if set(_places(one)) <= known]


def _places(one: Template) -> list[str]:
    return places_of(one.text.key if isinstance(one.text, Message) else one.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateDraft:
    """A template as it was written."""

    about: About
    subject: str
    text: str


def _check(draft: TemplateDraft) -> TemplateDraft:
    tidied = TemplateDraft(about=draft.about, subject=tidy(draft.subject), text=draft.text.strip())
    check_letter(subject=tidied.subject, text=tidied.text, places=PLACES)
    return tidied


def add_template(session: Session, actor: Actor, draft: TemplateDraft, *, now: datetime) -> None:
    """A template for everybody of the school who writes letters."""
    tidied = _check(draft)
    if len(own_templates(session)) >= MOST:
        raise RuleViolation("text", N_("A school has at most %(most)s templates.", most=MOST))
    row = LetterTemplate(organisation_id=actor.organisation_id)
    _write(row, tidied)
    session.add(row)
    session.flush()
    _log(session, actor, "create", row, before=None, after=_facts(row), now=now)


def change_template(
    session: Session, actor: Actor, template_id: int, draft: TemplateDraft, *, now: datetime
) -> None:
    """Other words. NotFound."""
    row, tidied = _own(session, actor, template_id), _check(draft)
    before = _facts(row)
    _write(row, tidied)
    session.flush()
    if _facts(row) != before:
        _log(session, actor, "change", row, before=before, after=_facts(row), now=now)


def drop_template(session: Session, actor: Actor, template_id: int, *, now: datetime) -> None:
    """Letters sent stay as they are. NotFound."""
    row = _own(session, actor, template_id)
    before = _facts(row)
    _log(session, actor, "delete", row, before=before, after=None, now=now)
    session.delete(row)
    session.flush()


def template_of(session: Session, actor: Actor, template_id: int) -> Template:
    """One of the school's. NotFound."""
    row = _own(session, actor, template_id)
    return Template(
        id=row.id, key=str(row.id), about=About(row.about), subject=row.subject, text=row.text
    )


def _own(session: Session, actor: Actor, template_id: int) -> LetterTemplate:
    row = session.get(LetterTemplate, template_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound()
    return row


def _write(row: LetterTemplate, draft: TemplateDraft) -> None:
    row.about, row.subject, row.text = draft.about.value, draft.subject, draft.text


def _facts(row: LetterTemplate) -> dict[str, object]:
    return {"about": row.about, "title": row.subject, "text": row.text}


def _log(
    session: Session,
    actor: Actor,
    action: str,
    row: LetterTemplate,
    *,
    before: dict[str, object] | None,
    after: dict[str, object] | None,
    now: datetime,
) -> None:
    change = Change(
        action=action,
        object_type="letter_template",
        object_id=row.id,
        before=before,
        after=after,
    )
    record_by(session, actor, change, now)
