"""Commands on publications: the centre publishes texts and files with their moments of release."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.errors import Forbidden, NotFound, RuleViolation
from journal.core.files import stored_file
from journal.core.messages import N_
from journal.exchange.models import Material, Publication
from journal.exchange.queries import own_procedure
from journal.exchange.service.centre import log


def publish(
    session: Session,
    actor: Actor,
    *,
    procedure_id: int | None,
    title: str,
    text: str,
    release_at: datetime,
    now: datetime,
) -> int:
    """Publish to the schools of a procedure, or to all (None), from `release_at` on."""
    if procedure_id is not None:
        own_procedure(session, actor, procedure_id)
    elif not actor.may(Permission.RUN_MONITORING):
        raise Forbidden()
    if not title.strip():
        raise RuleViolation("title", N_("Give the publication a title."))
    publication = Publication(centre_id=actor.organisation_id, procedure_id=procedure_id)
    publication.title, publication.text = title.strip(), text
    publication.release_at = release_at
    session.add(publication)
    session.flush()
    facts = {"publication": publication.id, "title": publication.title, "release_at": release_at}
    log(session, actor, "publish", procedure_id, None, facts, now)
    return publication.id


def add_material(
    session: Session,
    actor: Actor,
    publication_id: int,
    *,
    title: str,
    stored_file_id: int,
    release_at: datetime,
    now: datetime,
) -> int:
    """Attach an uploaded file of the centre, to be had from `release_at` on."""
    publication = session.get(Publication, publication_id)
    if publication is None or publication.centre_id != actor.organisation_id:
        raise NotFound()
    if not actor.may(Permission.RUN_MONITORING):
        raise NotFound()
    file = stored_file(session, stored_file_id)
    material = Material(publication_id=publication_id, stored_file_id=file.id)
    material.title, material.release_at = title.strip() or file.name, release_at
    session.add(material)
    session.flush()
    facts = {"material": material.id, "title": material.title, "release_at": release_at}
    log(session, actor, "add_material", publication.procedure_id, None, facts, now)
    return material.id
