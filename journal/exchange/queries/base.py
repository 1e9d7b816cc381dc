"""The integrated base (R16): what counts of every school in every procedure, as sums.

Only accepted versions, of each participation the last one (R13). Two statements and one of names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from journal.core.tenancy import across
from journal.exchange.models import Participation, Submission
from journal.exchange.queries.procedures import ProcedureCard
from journal.exchange.storage import content_of
from journal.exchange.summing import BySheet, summary_of, summed
from journal.people.queries import OrganisationCard, organisation_cards

ADDING = "the region adds up what schools have handed in"


@dataclass(frozen=True, slots=True)
class Handed:
    """The version of a school that counts."""

    card: ProcedureCard
    school: OrganisationCard
    number: int
    accepted_at: datetime
    sums: BySheet


def handed_in(
    session: Session, cards: Collection[ProcedureCard], school_id: int | None = None
) -> list[Handed]:
    """Of these procedures, in no order; with `school_id` of that school alone."""
    known = {card.id: card for card in cards}
    query = _last_versions(list(known))
    if school_id is not None:
        query = query.where(Participation.organisation_id == school_id)
    with across(session, ADDING):
        rows = session.execute(query).all()
        missing = _unsummed(session, [row.id for row in rows if row.summary is None])
    schools = organisation_cards(session, {row.organisation_id for row in rows})
    found = []
    for row in rows:
        card, school = known[row.procedure_id], schools[row.organisation_id]
        sums = summary_of(row.summary) if row.summary else _summed(card, missing[row.id])
        found.append(Handed(card, school, row.number, row.accepted_at, sums))
    return found


def _last_versions(procedure_ids: list[int]) -> Select[*tuple[Any, ...]]:
    last = (
        select(func.max(Submission.id))
        .join(Participation, Participation.id == Submission.participation_id)
        .where(Participation.procedure_id.in_(procedure_ids))
        .group_by(Submission.participation_id)
    )
    columns = (Submission.id, Submission.number, Submission.accepted_at, Submission.summary)
    return (
        select(Participation.procedure_id, Participation.organisation_id, *columns)
        .join(Participation, Participation.id == Submission.participation_id)
        .where(Submission.id.in_(last))
    )


def _unsummed(session: Session, ids: list[int]) -> dict[int, str]:
    """Contents of versions from before sums were kept."""
    if not ids:
        return {}
    rows = session.execute(select(Submission.id, Submission.content).where(Submission.id.in_(ids)))
    return {row.id: row.content for row in rows}


def _summed(card: ProcedureCard, content: str) -> BySheet:
    return summed(card.form, card.period, content_of(content), card.thresholds)


@dataclass(frozen=True, slots=True)
class HandedText:
    """An accepted version with everything in it, as it is stored."""

    organisation_id: int
    number: int
    accepted_at: datetime
    content: str


def contents(session: Session, card: ProcedureCard, *, at_once: int) -> Iterator[HandedText]:
    """The versions that count, some at a time: an export never holds all of them."""
    last = (
        select(func.max(Submission.id))
        .join(Participation, Participation.id == Submission.participation_id)
        .where(Participation.procedure_id == card.id)
        .group_by(Submission.participation_id)
    )
    with across(session, ADDING):
        ids = sorted(session.scalars(last).all())
    for start in range(0, len(ids), at_once):
        part = ids[start : start + at_once]
        query = select(
            Submission.organisation_id,
            Submission.number,
            Submission.accepted_at,
            Submission.content,
        ).where(Submission.id.in_(part))
        with across(session, ADDING):
            rows = session.execute(query.order_by(Submission.id)).all()
        yield from (HandedText(*row) for row in rows)
