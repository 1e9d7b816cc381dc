"""Taking uploads in, and forgetting at night what nobody refers to."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import BinaryIO

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from journal.core.db import Base
from journal.core.errors import RuleViolation
from journal.core.files.kinds import ALL_KINDS, FileKind, kind_of, kind_of_name
from journal.core.files.models import StoredFile
from journal.core.files.names import name_as_content, split_name
from journal.core.files.queries import StoredFacts
from journal.core.files.store import FileStore
from journal.core.messages import N_

FILE_MAX = 20 * 1024 * 1024
GRACE = timedelta(days=7)
_CHUNK = 1 << 20


class FileRefused(RuleViolation):
    """The file is not taken; the sentence says what to hand in instead."""


def store_upload(
    session: Session,
    store: FileStore,
    *,
    organisation_id: int,
    account_id: int | None,
    content: BinaryIO,
    name: str,
    now: datetime,
    allowed: Collection[FileKind] = ALL_KINDS,
    limit: int = FILE_MAX,
    field: str = "file",
) -> StoredFacts:
    """Keep an upload and its row; the bytes are on the disk before the row can be committed.

    `content` is seekable, `limit` in bytes; `field` is where a form shows the refusal. Raises
    FileRefused. Until something refers to the row it lives for a week.
    """
    sha256, size = _measured(content, name, limit, field)
    kind, kept_name = _admitted(content, name, allowed, field)
    store.put(sha256, content)
    row = StoredFile(organisation_id=organisation_id, uploaded_by=account_id, uploaded_at=now)
    row.sha256, row.size = sha256, size
    row.media_type, row.name = kind.media_type, kept_name
    session.add(row)
    session.flush()
    return StoredFacts(row.id, sha256, size, kind.media_type, kept_name)


def _measured(content: BinaryIO, name: str, limit: int, field: str) -> tuple[str, int]:
    content.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if size > limit:
            raise FileRefused(
                field,
                N_(
                    "«%(name)s» is larger than %(max)s MB. Make it smaller or divide it.",
                    name=_shown(name),
                    max=limit // (1024 * 1024),
                ),
            )
    if size == 0:
        raise FileRefused(field, N_("«%(name)s» is empty. Choose another file.", name=_shown(name)))
    return digest.hexdigest(), size


def _admitted(
    content: BinaryIO, name: str, allowed: Collection[FileKind], field: str
) -> tuple[FileKind, str]:
    """The kind and the name to keep, when both name and content are of an allowed kind."""
    stem, extension = split_name(name)
    kind = kind_of(content)
    promised = kind_of_name(extension) if extension else kind
    if promised is None or promised not in allowed:
        sentence = N_(
            "«%(name)s» is of a kind that is not taken. Hand in one of these: %(kinds)s.",
            name=_shown(name),
            kinds=_listed(allowed),
        )
        raise FileRefused(field, sentence)
    if kind is None or kind not in allowed or not _alike(promised, kind):
        sentence = N_(
            "«%(name)s» does not hold what its name says, or holds macros. "
            "Save it anew as one of these: %(kinds)s.",
            name=_shown(name),
            kinds=_listed(allowed),
        )
        raise FileRefused(field, sentence)
    return kind, name_as_content(stem, extension, kind)


def _alike(promised: FileKind, kind: FileKind) -> bool:
    """A WebP called .jpg is a slip of its program; a text called .pdf is something else."""
    family = kind.media_type.split("/")[0]
    return promised is kind or (
        family in ("image", "audio") and promised.media_type.startswith(family)
    )


def _shown(name: str) -> str:
    stem, extension = split_name(name)
    return f"{stem[:60]}.{extension[:10]}" if extension else stem[:60]


def _listed(allowed: Collection[FileKind]) -> str:
    return ", ".join(kind.extensions[0] for kind in FileKind if kind in allowed)


def prune_rows(session: Session, *, now: datetime) -> None:
    """Delete the rows of all organisations that nothing refers to, a week after their upload.

    What can refer is known from the foreign keys of all tables: a new one needs no word here.
    """
    key = StoredFile.__table__.c["id"]
    columns = (c for table in Base.metadata.tables.values() for c in table.columns)
    used = [
        exists().where(c == key) for c in columns if any(f.column is key for f in c.foreign_keys)
    ]
    session.execute(
        delete(StoredFile)
        .where(StoredFile.uploaded_at < now - GRACE, *(~one for one in used))
        .execution_options(synchronize_session=False)
    )


def prune_bytes(session: Session, store: FileStore, *, now: datetime) -> None:
    """Forget bytes without any row, put more than a week ago. After `prune_rows` is committed."""
    before = now - GRACE
    for sha256 in list(store.put_before(before)):
        if session.scalar(select(StoredFile.id).where(StoredFile.sha256 == sha256)) is None:
            store.remove(sha256, put_before=before)
