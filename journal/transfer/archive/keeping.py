"""Archives that were made: kept as files of the school, listed, checked."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import Change, Origin, record
from journal.core.errors import NotFound
from journal.core.files import FileStore, StoredFile
from journal.school.models import AcademicYear
from journal.transfer.archive.models import YearArchive
from journal.transfer.archive.verifying import Verdict, verify_archive
from journal.transfer.archive.writing import digest_of

MEDIA_TYPE = "application/zip"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptArchive:
    """An archive as pages show it."""

    id: int
    year_id: int
    year: str
    file_id: int
    name: str
    size: int
    sha256: str
    documents: int
    signer: str
    made_name: str
    made_at: datetime

    @property
    def kilobytes(self) -> int:
        """Its size for people."""
        return -(-self.size // 1024)


_COLUMNS = (
    YearArchive.id,
    YearArchive.academic_year_id.label("year_id"),
    AcademicYear.name.label("year"),
    YearArchive.stored_file_id.label("file_id"),
    StoredFile.name,
    StoredFile.size,
    StoredFile.sha256,
    YearArchive.documents,
    YearArchive.signer,
    YearArchive.made_name,
    YearArchive.made_at,
)
_QUERY = (
    select(*_COLUMNS)
    .join(StoredFile, StoredFile.id == YearArchive.stored_file_id)
    .join(AcademicYear, AcademicYear.id == YearArchive.academic_year_id)
)


def archives(session: Session) -> list[KeptArchive]:
    """Those of the bound organisation, the latest first. One query."""
    rows = session.execute(_QUERY.order_by(YearArchive.id.desc()))
    return [KeptArchive(**row._mapping) for row in rows]


def kept_archive(session: Session, archive_id: int) -> KeptArchive:
    """One of them; NotFound."""
    row = session.execute(_QUERY.where(YearArchive.id == archive_id)).one_or_none()
    if row is None:
        raise NotFound()
    return KeptArchive(**row._mapping)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A written archive: where it lies, of which year of which school, called how."""

    path: Path
    organisation_id: int
    year_id: int
    name: str
    documents: int
    signer: str


def put_bytes(store: FileStore, path: Path) -> str:
    """Hand the file over to the store; its SHA-256. Before the row of it is committed."""
    with path.open("rb") as content:
        sha256 = digest_of(content)
        store.put(sha256, content)
    return sha256


def keep_archive(
    session: Session, made: Made, *, sha256: str, origin: Origin, now: datetime
) -> int:
    """The row of an archive whose bytes are in the store, and the word of it in the log."""
    row = YearArchive(
        organisation_id=made.organisation_id,
        academic_year_id=made.year_id,
        stored_file_id=_file(session, made, sha256, origin, now),
        documents=made.documents,
        signer=made.signer,
        made_by=origin.account_id,
        made_name=origin.actor_name,
        made_at=now,
    )
    session.add(row)
    session.flush()
    after = {"name": made.name, "documents": made.documents, "sha256": sha256}
    change = Change(
        action="make_archive", object_type="year_archive", object_id=row.id, after=after
    )
    record(session, organisation_id=made.organisation_id, origin=origin, change=change, now=now)
    return row.id


def _file(session: Session, made: Made, sha256: str, origin: Origin, now: datetime) -> int:
    file = StoredFile(
        organisation_id=made.organisation_id,
        sha256=sha256,
        size=made.path.stat().st_size,
        media_type=MEDIA_TYPE,
        name=made.name,
        uploaded_by=origin.account_id,
        uploaded_at=now,
    )
    session.add(file)
    session.flush()
    return file.id


def check_kept(store: FileStore, found: KeptArchive, *, trusted: str) -> Verdict:
    """Whether the kept file is what was signed, with the key of this installation."""
    try:
        content = store.open(found.sha256)
    except FileNotFoundError:
        raise NotFound() from None
    with content, tempfile.NamedTemporaryFile(suffix=".zip") as copy:
        shutil.copyfileobj(content, copy, 1 << 20)
        copy.flush()
        return verify_archive(Path(copy.name), trusted=trusted)
