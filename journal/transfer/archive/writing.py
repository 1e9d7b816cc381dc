"""Writing the archive to disk, file by file: only one document is in memory at a time."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from journal.transfer.archive.index import index_page
from journal.transfer.archive.keys import SigningKey

SUMS, SIGNATURE, PUBLIC_KEY, MANIFEST = (
    "SHA256SUMS",
    "SHA256SUMS.sig",
    "public_key.pem",
    "manifest.json",
)
_PIECE = 1 << 20
_FIXED = (1980, 1, 1, 0, 0, 0)  # the same documents give the same bytes


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the archive: where it lies, in which part, what it is called."""

    path: str
    part: str
    title: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the archive is of, in the language of the school's documents already."""

    school: str
    code: str
    year: str
    made_at: datetime
    title: str
    instructions: str


@dataclass(frozen=True, slots=True)
class _Entry:
    path: str
    part: str
    title: str
    size: int
    sha256: str


def write_archive(
    target: Path, about: About, documents: Iterable[Document], key: SigningKey
) -> int:
    """Write all documents, then index, manifest, sums and signature; the number of documents.

    The file appears under its name only when it is whole.
    """
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = target.with_suffix(".part")
    entries: list[_Entry] = []
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
            for one in documents:
                entries.append(_put(archive, one))
            _finish(archive, about, entries, key)
        fresh.chmod(0o600)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return len(entries)


def _finish(archive: zipfile.ZipFile, about: About, entries: list[_Entry], key: SigningKey) -> None:
    closing = (
        Document("index.html", "", "", _index(about, entries).encode()),
        Document("README.txt", "", "", about.instructions.encode()),
        Document(MANIFEST, "", "", _manifest(about, entries)),
        Document(PUBLIC_KEY, "", "", key.public_pem),
    )
    every = [*entries, *(_put(archive, one) for one in closing)]
    sums = "".join(f"{one.sha256}  {one.path}\n" for one in every).encode()
    _write(archive, SUMS, sums)
    _write(archive, SIGNATURE, key.sign(sums))


def _put(archive: zipfile.ZipFile, one: Document) -> _Entry:
    _write(archive, one.path, one.data)
    digest = hashlib.sha256(one.data).hexdigest()
    return _Entry(one.path, one.part, one.title, len(one.data), digest)


def _write(archive: zipfile.ZipFile, path: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(path, _FIXED), data, zipfile.ZIP_DEFLATED)


def _manifest(about: About, entries: list[_Entry]) -> bytes:
    facts = {
        "format": 1,
        "school": about.school,
        "code": about.code,
        "year": about.year,
        "made_at": about.made_at.isoformat(),
        "files": [
            {"path": e.path, "title": e.title, "part": e.part, "size": e.size, "sha256": e.sha256}
            for e in entries
        ],
    }
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def _index(about: About, entries: list[_Entry]) -> str:
    return index_page(
        title=about.title,
        subtitle=f"{about.school}, {about.year}",
        instructions=about.instructions,
        listed=entries,
    )


def digest_of(file: IO[bytes]) -> str:
    """SHA-256 of a stream, a piece at a time."""
    found = hashlib.sha256()
    while piece := file.read(_PIECE):
        found.update(piece)
    return found.hexdigest()
