"""«Список участников», page by page: in the order of an index, other pages are not read."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from journal.core.paging import Page
from journal.core.tenancy import across
from journal.exchange.models import Participation, Submission
from journal.exchange.queries.procedures import ProcedureCard
from journal.exchange.queries.region import REGIONAL, Participant
from journal.exchange.rules import Progress, Request, Statistics
from journal.people.organisation_columns import (
    BY_PLACE_AND_NAME,
    CODE,
    MUNICIPALITY,
    ORGANISATION_ID,
    SHORT_NAME,
)

PARTICIPANTS = 50
"""Rows of a page."""


def participants_page(
    session: Session,
    card: ProcedureCard,
    counted: Statistics,
    *,
    state: Progress | None,
    number: int,
) -> Page[Participant]:
    """A page of those of one state, or of all, by municipality and name. One statement; how many
    there are is known from the statistics. A number beyond the end gives the last page."""
    total = counted.total if state is None else getattr(counted, state.value)
    shown = min(max(number, 1), max(1, -(-total // PARTICIPANTS)))
    skipped = (shown - 1) * PARTICIPANTS
    size = min(PARTICIPANTS, total - skipped)
    after = total - skipped - size
    # Rows passed over cost too: a page of the second half is reached from the end.
    backwards = after < skipped
    page = {
        "procedure": card.id,
        "skipped": after if backwards else skipped,
        "size": size,
    }
    with across(session, REGIONAL):
        rows = session.execute(_page(card.mandatory, state, backwards), page).all()
    found = tuple(map(_participant, reversed(rows) if backwards else rows))
    return Page(found, shown, total, size=PARTICIPANTS)


def _participant(row: Any) -> Participant:
    part, organisation, code, name, place, asked, extended, begun, submitted, version = row
    return Participant(
        participation_id=part,
        organisation_id=organisation,
        code=code,
        name=name,
        municipality=place,
        request=Request(asked),
        extended_before=extended,
        begun_at=begun,
        submitted_at=submitted,
        version=version,
    )


@cache
def _page(mandatory: bool, state: Progress | None, backwards: bool) -> Any:
    part = Participation
    version = select(func.max(Submission.number)).where(Submission.participation_id == part.id)
    return (
        select(
            part.id.label("participation_id"),
            ORGANISATION_ID.label("organisation_id"),
            CODE,
            SHORT_NAME.label("name"),
            MUNICIPALITY.label("municipality"),
            part.request,
            part.extended_before,
            part.begun_at,
            part.submitted_at,
            version.scalar_subquery().label("version"),
        )
        .join(part, part.organisation_id == ORGANISATION_ID)
        .where(part.procedure_id == bindparam("procedure"), *_in_state(mandatory, state))
        .order_by(*(one.desc() if backwards else one for one in BY_PLACE_AND_NAME))
        .limit(bindparam("size"))
        .offset(bindparam("skipped"))
    )


def _in_state(mandatory: bool, state: Progress | None) -> list[Any]:
    """Who takes part (`rules.takes_part`) and stands there (`rules.progress_of`), as conditions."""
    submitted, begun = Participation.submitted_at, Participation.begun_at
    conditions: dict[Progress | None, list[Any]] = {
        None: [],
        Progress.SUBMITTED: [submitted.is_not(None)],
        Progress.FILLING: [submitted.is_(None), begun.is_not(None)],
        Progress.NOT_BEGUN: [submitted.is_(None), begun.is_(None)],
    }
    approved = [] if mandatory else [Participation.request == Request.APPROVED.value]
    return [*approved, *conditions[state]]
