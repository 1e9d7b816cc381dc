"""Word inside a school: who was made responsible, that the form is handed over (S06), how a
sending ended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from journal.access import Permission
from journal.core.messages import N_, Message
from journal.exchange.models import Participation
from journal.exchange.queries import ParticipationCard
from journal.people.notices import Link, NoticeKind, Recipients
from journal.people.telling import notify


def tell_appointed(
    session: Session, card: ParticipationCard, person_id: int, now: datetime
) -> None:
    """He finds the procedure by the notification and in his own bar."""
    message = N_(
        "You are responsible for «%(title)s»: fill the form in until %(last)s and hand it over.",
        title=card.procedure.title,
        last=card.window.last_words,
    )
    _tell(session, card, Recipients(persons=[person_id]), message, now)


def tell_handed_over(session: Session, card: ParticipationCard, name: str, now: datetime) -> None:
    """The coordinators may send it."""
    message = N_(
        "%(name)s has handed over the form of «%(title)s».",
        name=name,
        title=card.procedure.title,
    )
    _tell(session, card, Recipients(may=Permission.POST_MONITORING), message, now)


def tell_returned(session: Session, card: ParticipationCard, now: datetime) -> None:
    """The person responsible is to go on."""
    if card.responsible_person_id is None:
        return
    message = N_(
        "The coordinator has returned the form of «%(title)s» to you: it is to be changed.",
        title=card.procedure.title,
    )
    _tell(session, card, Recipients(persons=[card.responsible_person_id]), message, now)


def tell_outcome(
    session: Session, row: Participation, attempt_id: int, message: Message, now: datetime
) -> None:
    """How a sending ended: to the coordinators and the person responsible, once an attempt."""
    filler = row.responsible_person_id
    notify(
        session,
        organisation_id=row.organisation_id,
        kind=NoticeKind.MONITORING,
        to=Recipients(may=Permission.POST_MONITORING, persons=[] if filler is None else [filler]),
        message=message,
        link=Link(
            "monitoring.attempt", {"procedure_id": row.procedure_id, "attempt_id": attempt_id}
        ),
        now=now,
        key=f"attempt-{attempt_id}",
    )


def _tell(
    session: Session, card: ParticipationCard, to: Recipients, message: Message, now: datetime
) -> None:
    notify(
        session,
        organisation_id=card.organisation_id,
        kind=NoticeKind.MONITORING,
        to=to,
        message=message,
        link=Link("monitoring.card", {"procedure_id": card.procedure.id}),
        now=now,
    )
