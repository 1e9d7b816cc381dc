"""The regional side: what all schools of a procedure have done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.errors import Forbidden, NotFound
from journal.core.paging import Page
from journal.core.tenancy import across
from journal.core.text import sort_key
from journal.exchange.models import Participation, Procedure, Submission
from journal.exchange.queries.procedures import ProcedureCard, procedure_cards
from journal.exchange.queries.sent import DraftView, SubmissionView, draft_of, submissions
from journal.exchange.rules import (
    Progress,
    Request,
    Statistics,
    progress_of,
    takes_part,
)
from journal.people.organisation_pages import organisation_page
from journal.people.queries import OrganisationCard, organisation_cards, school_ids

REGIONAL = "the regional side reads what schools have sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A line of «Список участников»."""

    participation_id: int
    organisation_id: int
    code: str
    name: str
    municipality: str
    request: Request
    extended_before: datetime | None
    begun_at: datetime | None
    submitted_at: datetime | None

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
    """The statistics of several procedures at once. One statement, counted by the database."""
    mandatory = {card.id: card.mandatory for card in cards}
    kinds = (
        Participation.procedure_id,
        Participation.request,
        Participation.begun_at.is_not(None),
        Participation.submitted_at.is_not(None),
    )
    query = select(*kinds, func.count()).group_by(*kinds)
    found = {one: Counter[Progress]() for one in mandatory}
    with across(session, REGIONAL):
        rows = session.execute(query.where(Participation.procedure_id.in_(list(mandatory))))
        for procedure_id, request, begun, submitted, count in rows:
            if takes_part(mandatory[procedure_id], Request(request)):
                found[procedure_id][_progress(begun, submitted)] += count
    return {one: Statistics(*(counts[p] for p in Progress)) for one, counts in found.items()}


def _progress(begun: bool, submitted: bool) -> Progress:
    if submitted:
        return Progress.SUBMITTED
    return Progress.FILLING if begun else Progress.NOT_BEGUN


def participants_page(
    session: Session, card: ProcedureCard, *, state: Progress | None, number: int
) -> Page[Participant]:
    """A page of «Список участников», of one state or all. Two statements, three where they do not
    fit on a page."""
    among = select(Participation.organisation_id).where(
        Participation.procedure_id == card.id, *_in_state(card, state)
    )
    with across(session, REGIONAL):
        page = organisation_page(session, among, number=number)
        ids = [one.id for one in page.rows]
        query = select(*_PARTICIPANT).where(
            Participation.procedure_id == card.id, Participation.organisation_id.in_(ids)
        )
        rows = {row["organisation_id"]: row for row in session.execute(query).mappings()}
    found = tuple(_participant(rows[one.id], one) for one in page.rows)
    return Page(found, page.number, page.total)


def _in_state(card: ProcedureCard, state: Progress | None) -> list[Any]:
    """Who takes part (`rules.takes_part`) and stands there (`rules.progress_of`), as conditions."""
    submitted, begun = Participation.submitted_at, Participation.begun_at
    conditions: dict[Progress | None, list[Any]] = {
        None: [],
        Progress.SUBMITTED: [submitted.is_not(None)],
        Progress.FILLING: [submitted.is_(None), begun.is_not(None)],
        Progress.NOT_BEGUN: [submitted.is_(None), begun.is_(None)],
    }
    approved = [] if card.mandatory else [Participation.request == Request.APPROVED.value]
    return [*approved, *conditions[state]]


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


def versions_of(session: Session, participation_ids: Collection[int]) -> dict[int, int]:
    """The number of the version that counts by participation. One statement."""
    query = (
        select(Submission.participation_id, func.max(Submission.number))
        .where(Submission.participation_id.in_(list(participation_ids)))
        .group_by(Submission.participation_id)
    )
    with across(session, REGIONAL):
        return {row[0]: row[1] for row in session.execute(query)}


def waiting_requests(session: Session, card: ProcedureCard) -> dict[int, str]:
    """The queue of requests (R05): names of schools by id."""
    with across(session, REGIONAL):
        waiting = session.scalars(
            select(Participation.organisation_id).where(
                Participation.procedure_id == card.id,
                Participation.request == Request.REQUESTED.value,
            )
        ).all()
    schools = organisation_cards(session, waiting)
    return {id_: schools[id_].short_name for id_ in waiting}


def centre_procedures(session: Session, actor: Actor) -> list[ProcedureCard]:
    """The procedures of the operator's centre, the latest first."""
    if not actor.may(Permission.RUN_MONITORING):
        raise Forbidden()
    own = session.scalars(
        select(Procedure.id).where(Procedure.centre_id == actor.organisation_id)
    ).all()
    cards = procedure_cards(session, own).values()
    return sorted(cards, key=lambda one: (one.opens_at, one.id), reverse=True)


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
