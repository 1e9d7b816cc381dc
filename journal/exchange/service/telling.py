"""Word from the centre to the coordinators of schools (R04)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.messages import N_, Message
from journal.core.tenancy import across
from journal.exchange.models import Participation
from journal.exchange.queries import ProcedureCard, own_procedure, participants
from journal.exchange.rules import Progress
from journal.people.notices import Link, NoticeKind, Recipients
from journal.people.telling import notify

TELLING = "the centre tells coordinators of its procedures"


def tell_schools(
    session: Session,
    card: ProcedureCard,
    organisation_ids: Collection[int],
    message: Message,
    *,
    now: datetime,
    detail: str | None = None,
    key: str | None = None,
) -> None:
    """Leave word for the coordinators of these schools. With a `key` each is told once."""
    with across(session, TELLING):
        for organisation_id in sorted(organisation_ids):
            notify(
                session,
                organisation_id=organisation_id,
                kind=NoticeKind.MONITORING,
                to=Recipients(may=Permission.POST_MONITORING),
                message=message,
                detail=detail,
                link=Link("monitoring.card", {"procedure_id": card.id}),
                now=now,
                key=None if key is None else f"{key}-{card.id}",
            )
        session.flush()


def audience_of(session: Session, procedure_id: int) -> list[int]:
    """The schools a procedure addresses."""
    with across(session, TELLING):
        return list(
            session.scalars(
                select(Participation.organisation_id).where(
                    Participation.procedure_id == procedure_id
                )
            )
        )


def tell_opening(
    session: Session, card: ProcedureCard, organisation_ids: Collection[int], now: datetime
) -> None:
    """A procedure was opened, or opened for these schools too: each is told once."""
    window = card.window()
    message = N_(
        "%(title)s: data are collected from %(first)s to %(last)s.",
        title=card.title,
        first=window.first_words,
        last=window.last_words,
    )
    tell_schools(session, card, organisation_ids, message, now=now, key="procedure")


def remind(session: Session, actor: Actor, procedure_id: int, *, now: datetime) -> int:
    """Remind who has not begun; returns how many schools. Once a school and day."""
    card = own_procedure(session, actor, procedure_id)
    idle = [
        one.organisation_id
        for one in participants(session, card)
        if one.progress is Progress.NOT_BEGUN
    ]
    message = N_(
        "%(title)s: your school has not begun. Data are taken until %(last)s.",
        title=card.title,
        last=card.window().last_words,
    )
    tell_schools(session, card, idle, message, now=now, key=f"reminder-{now:%Y-%m-%d}")
    return len(idle)
