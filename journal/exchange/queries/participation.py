"""A school in the procedures it was named for. Whoever has no part in one does not see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.errors import NotFound
from journal.exchange.models import Delegation, Participation
from journal.exchange.queries.procedures import ProcedureCard, procedure_cards
from journal.exchange.rules import Part, Progress, Request, Window, progress_of, takes_part


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationCard:
    """A school in a procedure, and what the actor is to it."""

    id: int
    organisation_id: int
    procedure: ProcedureCard
    request: Request
    extended_before: datetime | None
    responsible_person_id: int | None
    handed_over_at: datetime | None
    begun_at: datetime | None
    submitted_at: datetime | None
    part: Part

    @property
    def window(self) -> Window:
        """The school's window, its extension included."""
        return self.procedure.window(self.extended_before)

    @property
    def progress(self) -> Progress:
        """Where the school stands."""
        return progress_of(self.begun_at, self.submitted_at)

    @property
    def takes_part(self) -> bool:
        """Whether the school counts in «Всего», and may send anything."""
        return takes_part(self.procedure.mandatory, self.request)


def participation(session: Session, actor: Actor, procedure_id: int) -> ParticipationCard:
    """The loader of the school side: the coordinator's school, or the person responsible.

    Raises NotFound for everybody else, for a school outside the audience, and before opening.
    """
    found = [one for one in participations(session, actor) if one.procedure.id == procedure_id]
    if not found:
        raise NotFound()
    return found[0]


_COLUMNS = (
    Participation.id,
    Participation.organisation_id,
    Participation.procedure_id,
    Participation.request,
    Participation.extended_before,
    Participation.responsible_person_id,
    Participation.handed_over_at,
    Participation.begun_at,
    Participation.submitted_at,
)


def participations(session: Session, actor: Actor) -> list[ParticipationCard]:
    """All procedures of the actor's present school that he has to do with, the latest first."""
    rows = session.execute(
        select(*_COLUMNS).where(Participation.organisation_id == actor.organisation_id)
    ).all()
    cards = procedure_cards(session, {row.procedure_id for row in rows})
    found = []
    for row in rows:
        part = Part(
            coordinator=actor.may(Permission.POST_MONITORING),
            responsible=row.responsible_person_id == actor.current.person_id,
            handed_over=row.handed_over_at is not None,
        )
        card = cards[row.procedure_id]
        if card.opened_at is not None and (part.coordinator or part.responsible):
            found.append(_participation(row, card, part))
    return sorted(found, key=lambda one: one.procedure.opens_at, reverse=True)


def _participation(row: Any, card: ProcedureCard, part: Part) -> ParticipationCard:
    return ParticipationCard(
        id=row.id,
        organisation_id=row.organisation_id,
        procedure=card,
        request=Request(row.request),
        extended_before=row.extended_before,
        responsible_person_id=row.responsible_person_id,
        handed_over_at=row.handed_over_at,
        begun_at=row.begun_at,
        submitted_at=row.submitted_at,
        part=part,
    )


@dataclass(frozen=True, slots=True)
class DelegationView:
    """Who was responsible and when; no end = still is."""

    person_id: int
    appointed_by: int
    starts_at: datetime
    ends_at: datetime | None


def delegations(session: Session, participation_id: int) -> list[DelegationView]:
    """The history of delegation, the latest first."""
    rows = session.execute(
        select(
            Delegation.person_id,
            Delegation.appointed_by,
            Delegation.starts_at,
            Delegation.ends_at,
        )
        .where(Delegation.participation_id == participation_id)
        .order_by(Delegation.id.desc())
    )
    return [DelegationView(*row) for row in rows]


def responsible_anywhere(session: Session, person_id: int) -> bool:
    """Whether the person is responsible for any procedure of the school."""
    found = select(Participation.id).where(Participation.responsible_person_id == person_id)
    return session.scalar(found.limit(1)) is not None
