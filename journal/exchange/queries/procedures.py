"""Procedures: read by every school of their audience, kept by their centre."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.errors import NotFound
from journal.exchange.forms import Form, form_of
from journal.exchange.models import Procedure
from journal.exchange.rules import Window
from journal.people.organisation_columns import (
    ORGANISATION_ID,
    TIME_ZONE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureCard:
    """A procedure; `zone` is the region's, the window is without extensions."""

    id: int
    centre_id: int
    title: str
    description: str
    year: str
    period: str
    form_schema: str
    form_version: str
    thresholds: Mapping[str, int]
    mandatory: bool
    opens_at: datetime
    closes_before: datetime
    opened_at: datetime | None
    zone: str

    @property
    def form(self) -> Form:
        """The form at the version the procedure was opened with."""
        found = form_of(self.form_schema, self.form_version)
        if found is None:
            raise NotFound()
        return found

    def window(self, extended_before: datetime | None = None) -> Window:
        """The window of a school."""
        return Window(
            opens_at=self.opens_at,
            closes_before=self.closes_before,
            zone=self.zone,
            extended_before=extended_before,
        )


_PROCEDURE = (
    Procedure.id,
    Procedure.centre_id,
    Procedure.title,
    Procedure.description,
    Procedure.year,
    Procedure.period,
    Procedure.form_schema,
    Procedure.form_version,
    Procedure.thresholds,
    Procedure.mandatory,
    Procedure.opens_at,
    Procedure.closes_before,
    Procedure.opened_at,
    TIME_ZONE.label("zone"),
)


@cache
def _by_ids() -> Any:
    return _procedures().where(Procedure.id.in_(bindparam("ids", expanding=True)))


@cache
def _by_id() -> Any:
    return _procedures().where(Procedure.id == bindparam("id"))


@cache
def _of_centre() -> Any:
    own = _procedures().where(Procedure.centre_id == bindparam("centre"))
    return own.order_by(Procedure.opens_at.desc(), Procedure.id.desc())


def _procedures() -> Any:
    return select(*_PROCEDURE).where(Procedure.centre_id == ORGANISATION_ID)


def procedure_cards(session: Session, procedure_ids: Collection[int]) -> dict[int, ProcedureCard]:
    """Procedures by id, whoever asks. One statement."""
    rows = session.execute(_by_ids(), {"ids": list(procedure_ids)}).mappings()
    return {row["id"]: _card(row) for row in rows}


def procedures_of(session: Session, centre_id: int) -> list[ProcedureCard]:
    """The procedures of a centre, the latest first. One statement."""
    return [_card(row) for row in session.execute(_of_centre(), {"centre": centre_id}).mappings()]


def _card(row: Mapping[Any, Any]) -> ProcedureCard:
    return ProcedureCard(**{**row, "thresholds": json.loads(row["thresholds"])})


def procedure_card(session: Session, procedure_id: int) -> ProcedureCard:
    """The procedure, whoever asks; raises NotFound."""
    row = session.execute(_by_id(), {"id": procedure_id}).mappings().one_or_none()
    if row is None:
        raise NotFound()
    return _card(row)


def own_procedure(session: Session, actor: Actor, procedure_id: int) -> ProcedureCard:
    """The loader of the regional side: a procedure of the operator's own centre."""
    card = procedure_card(session, procedure_id)
    member = actor.member_of(card.centre_id)
    if member is None or Permission.RUN_MONITORING not in member.permissions:
        raise NotFound()
    return card
