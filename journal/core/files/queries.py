"""Reads of stored files. A feature's loader decides who may have one; nothing here does."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.errors import NotFound
from journal.core.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class StoredFacts:
    """A file as pages show and send it."""

    id: int
    sha256: str
    size: int
    media_type: str
    name: str


def file_facts(session: Session, file_ids: Collection[int]) -> dict[int, StoredFacts]:
    """The files of the bound organisations by id. One query."""
    rows = session.execute(
        select(
            StoredFile.id,
            StoredFile.sha256,
            StoredFile.size,
            StoredFile.media_type,
            StoredFile.name,
        ).where(StoredFile.id.in_(list(file_ids)))
    )
    return {row.id: StoredFacts(*row) for row in rows}


def stored_file(session: Session, file_id: int) -> StoredFacts:
    """One file. Call it only after the object it belongs to was loaded with its actor."""
    found = file_facts(session, [file_id])
    if not found:
        raise NotFound()
    return found[file_id]
