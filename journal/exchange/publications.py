"""Publications and materials as schools read them: what is released, of procedures they are in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.errors import NotFound
from journal.core.files import StoredFacts, file_facts
from journal.core.tenancy import across
from journal.exchange.models import Material, Participation, Procedure, Publication
from journal.exchange.rules import check_released
from journal.people.queries import organisation_cards

CENTRES_FILES = "a material is a file of the regional centre, published to its schools"


@dataclass(frozen=True, slots=True)
class MaterialView:
    """A material in its publication; `open` once it is released."""

    id: int
    title: str
    release_at: datetime
    open: bool


@dataclass(frozen=True, slots=True)
class PublicationView:
    """A publication: folded it shows date and title."""

    id: int
    procedure_id: int | None
    title: str
    text: str
    release_at: datetime
    materials: tuple[MaterialView, ...]


def publications(session: Session, actor: Actor, *, now: datetime) -> list[PublicationView]:
    """What the actor may read, the latest first: a school what is released and meant for it, the
    centre everything of its own. Three statements at most."""
    query = select(
        Publication.id,
        Publication.procedure_id,
        Publication.title,
        Publication.text,
        Publication.release_at,
    )
    rows = session.execute(
        query.where(_meant_for(actor, now)).order_by(Publication.release_at.desc())
    ).all()
    materials = _materials(session, [row.id for row in rows], now)
    return [PublicationView(*row, tuple(materials[row.id])) for row in rows]


def _meant_for(actor: Actor, now: datetime) -> Any:
    if actor.may(Permission.RUN_MONITORING):
        return Publication.centre_id == actor.organisation_id
    own = (
        select(Participation.procedure_id)
        .join(Procedure, Procedure.id == Participation.procedure_id)
        .where(
            Participation.organisation_id == actor.organisation_id,
            Procedure.opened_at.is_not(None),
        )
    )
    meant = or_(Publication.procedure_id.is_(None), Publication.procedure_id.in_(own))
    return and_(Publication.release_at <= now, meant)


def _materials(
    session: Session, publication_ids: list[int], now: datetime
) -> dict[int, list[MaterialView]]:
    found: dict[int, list[MaterialView]] = defaultdict(list)
    rows = session.execute(
        select(Material.publication_id, Material.id, Material.title, Material.release_at)
        .where(Material.publication_id.in_(publication_ids))
        .order_by(Material.release_at, Material.id)
    )
    for publication_id, material_id, title, release_at in rows:
        view = MaterialView(material_id, title, release_at, open=release_at <= now)
        found[publication_id].append(view)
    return found


def material_file(
    session: Session, actor: Actor, material_id: int, *, now: datetime
) -> StoredFacts:
    """The file of a material for a download. Raises NotFound for one not meant for the actor,
    Forbidden with the moment of its release before that, whatever address was typed."""
    row = session.execute(
        select(Material.stored_file_id, Material.release_at, Publication.centre_id)
        .join(Publication, Publication.id == Material.publication_id)
        .where(Material.id == material_id, _meant_for(actor, now))
    ).one_or_none()
    if row is None:
        raise NotFound()
    if not actor.may(Permission.RUN_MONITORING):
        zone = organisation_cards(session, [row.centre_id])[row.centre_id].time_zone
        check_released(row.release_at, now, zone)
    with across(session, CENTRES_FILES):
        return file_facts(session, [row.stored_file_id])[row.stored_file_id]
