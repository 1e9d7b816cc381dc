"""The regional side: what all schools of a procedure have done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.errors import Forbidden, NotFound
from journal.core.tenancy import across
from journal.core.text import sort_key
from journal.exchange.models import Participation, Procedure
from journal.exchange.queries.procedures import ProcedureCard, procedures_of
from journal.exchange.queries.sent import DraftView, SubmissionView, draft_of, submissions
from journal.exchange.rules import (
    Progress,
    Request,
    Statistics,
    progress_of,
    takes_part,
)
from journal.exchange.tallies import TALLIES, ProcedureTally
from journal.people.organisation_columns import (
    BY_PLACE_AND_NAME,
    ORGANISATION_ID,
    SHORT_NAME,
)
from journal.people.queries import OrganisationCard, organisation_cards, school_ids

REGIONAL = "the regional side reads what schools have sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A line of «Список участников»; `version` is the number of the one that counts, where it was
    asked for."""

    participation_id: int
    organisation_id: int
    code: str
    name: str
    municipality: str
    request: Request
    extended_before: datetime | None
    begun_at: datetime | None
    submitted_at: datetime | None
    version: int | None = None

    @property
    def progress(self) -> Progress:
        """«Не приступило», «В работе», «Сдано»."""
        return progress_of(self.begun_at, self.submitted_at)


_PARTICIPANT = (
    Participation.id.label("participation_id"),
    Participation.organisation_id,
    Participation.request,
    Participation.extended_before,
    Participation.begun_at,
    Participation.submitted_at,
)


def participants(session: Session, card: ProcedureCard) -> list[Participant]:
    """The schools that take part, by municipality and name. Two statements, of all schools."""
    query = select(*_PARTICIPANT).where(Participation.procedure_id == card.id)
    with across(session, REGIONAL):
        rows = session.execute(query).mappings().all()
    schools = organisation_cards(session, {row["organisation_id"] for row in rows})
    found = [_participant(row, schools[row["organisation_id"]]) for row in rows]
    return sorted(
        (one for one in found if takes_part(card.mandatory, one.request)),
        key=lambda one: (sort_key(one.municipality), sort_key(one.name)),
    )


def _participant(row: Mapping[Any, Any], school: OrganisationCard) -> Participant:
    facts = {**row, "request": Request(row["request"])}
    return Participant(
        code=school.code, name=school.short_name, municipality=school.municipality, **facts
    )


def statistics_of(session: Session, card: ProcedureCard) -> Statistics:
    """«Всего», «Не приступило», «В работе», «Сдано»."""
    return statistics_by_procedure(session, [card])[card.id]


def statistics_by_procedure(
    session: Session, cards: Collection[ProcedureCard]
) -> dict[int, Statistics]:
    """The statistics of several procedures at once. One statement, whatever the number of schools:
    the database keeps the numbers (`exchange.tallies`)."""
    rows = session.execute(_tallies(), {"ids": [card.id for card in cards]}).all()
    found = {row[0]: row[1:] for row in rows}
    nobody = (0,) * 6
    return {
        card.id: Statistics(*found.get(card.id, nobody)[0 if card.mandatory else 3 :][:3])
        for card in cards
    }


@cache
def _tallies() -> Any:
    columns = (getattr(ProcedureTally, name) for name in TALLIES)
    wanted = ProcedureTally.procedure_id.in_(bindparam("ids", expanding=True))
    return select(ProcedureTally.procedure_id, *columns).where(wanted)


@dataclass(frozen=True, slots=True)
class Choice:
    """A school of the region as the audience may take it; `fixed`: it has begun or asked."""

    id: int
    code: str
    name: str
    municipality: str
    chosen: bool
    fixed: bool


def audience_choice(session: Session, card: ProcedureCard) -> list[Choice]:
    """Every school by municipality and name, and which are addressed. Three statements."""
    query = select(
        Participation.organisation_id, Participation.begun_at, Participation.request
    ).where(Participation.procedure_id == card.id)
    with across(session, REGIONAL):
        rows = session.execute(query).all()
    named = {row[0]: row[1] is not None or row[2] != Request.NONE.value for row in rows}
    schools = organisation_cards(session, school_ids(session)).values()
    ordered = sorted(
        schools, key=lambda one: (sort_key(one.municipality), sort_key(one.short_name))
    )
    return [
        Choice(
            one.id,
            one.code,
            one.short_name,
            one.municipality,
            one.id in named,
            named.get(one.id, False),
        )
        for one in ordered
    ]


def waiting_requests(session: Session, card: ProcedureCard) -> dict[int, str]:
    """The queue of requests (R05): names of schools by id. No statement where nobody has to ask."""
    if card.mandatory:
        return {}
    with across(session, REGIONAL):
        return {row[0]: row[1] for row in session.execute(_waiting(), {"procedure": card.id})}


@cache
def _waiting() -> Any:
    return (
        select(ORGANISATION_ID, SHORT_NAME)
        .join(Participation, Participation.organisation_id == ORGANISATION_ID)
        .where(
            Participation.procedure_id == bindparam("procedure"),
            Participation.request == Request.REQUESTED.value,
        )
        .order_by(*BY_PLACE_AND_NAME)
    )


def centre_procedures(session: Session, actor: Actor) -> list[ProcedureCard]:
    """The procedures of the operator's centre, the latest first."""
    if not actor.may(Permission.RUN_MONITORING):
        raise Forbidden()
    return procedures_of(session, actor.organisation_id)


@dataclass(frozen=True, slots=True)
class SchoolData:
    """What a school has entered so far, and what it has sent; the first submission counts."""

    draft: DraftView | None
    submissions: list[SubmissionView]


def school_data(session: Session, card: ProcedureCard, organisation_id: int) -> SchoolData:
    """«Введённые данные» of a school, to be read only. `card` comes from `own_procedure`."""
    with across(session, REGIONAL):
        found = session.scalar(
            select(Participation.id).where(
                Participation.procedure_id == card.id,
                Participation.organisation_id == organisation_id,
            )
        )
        if found is None:
            raise NotFound()
        return SchoolData(draft_of(session, found), submissions(session, found))


def public_participants(session: Session, centre_id: int) -> list[OrganisationCard]:
    """«Участники проекта»: schools in the audience of an opened procedure, by municipality."""
    query = (
        select(Participation.organisation_id)
        .join(Procedure, Procedure.id == Participation.procedure_id)
        .where(Procedure.centre_id == centre_id, Procedure.opened_at.is_not(None))
        .distinct()
    )
    with across(session, "names of schools that take part are public"):
        ids = session.scalars(query).all()
    schools = organisation_cards(session, ids).values()
    return sorted(schools, key=lambda one: (sort_key(one.municipality), sort_key(one.short_name)))
