"""Whether an archive is what was signed: no byte changed, nothing added, nothing missing."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from journal.core.messages import N_, Message
from journal.transfer.archive.keys import fingerprint, is_signed
from journal.transfer.archive.writing import MANIFEST, PUBLIC_KEY, SIGNATURE, SUMS, digest_of

_LINE = re.compile(r"([0-9a-f]{64})  (\S[^\n]*)")
_SMALL = 64 * 1024 * 1024  # bytes of what is read whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is wrong (nothing: the archive is genuine), how many files, of what, signed by whom."""

    faults: tuple[Message, ...]
    files: int = 0
    school: str = ""
    year: str = ""
    key: str = ""

    @property
    def genuine(self) -> bool:
        """Nothing is wrong."""
        return not self.faults


def verify_archive(path: Path, *, trusted: str | None = None) -> Verdict:
    """Check signature and sums; `trusted` is the fingerprint of the key one knows, if any."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _verdict(archive, trusted)
    except (zipfile.BadZipFile, OSError, KeyError, ValueError, RuntimeError):
        return Verdict(faults=(N_("The file is no archive of a year, or is damaged."),))


def _verdict(archive: zipfile.ZipFile, trusted: str | None) -> Verdict:
    sums, public = _small(archive, SUMS), _small(archive, PUBLIC_KEY)
    signature, manifest = _small(archive, SIGNATURE), json.loads(_small(archive, MANIFEST))
    found: list[Message] = []
    if not is_signed(sums, signature, public):
        found.append(N_("The signature does not fit: the list of sums was changed."))
    key = fingerprint(public)
    if trusted is not None and key != trusted:
        found.append(N_("The archive is signed with another key: %(key)s.", key=key))
    listed = _listed(sums.decode())
    found += _of_files(archive, listed)
    return Verdict(
        faults=tuple(found),
        files=len(listed),
        school=str(manifest["school"]),
        year=str(manifest["year"]),
        key=key,
    )


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _SMALL:
        raise ValueError(name)
    return archive.read(name)


def _listed(sums: str) -> dict[str, str]:
    lines = [_LINE.fullmatch(line) for line in sums.splitlines()]
    if not all(lines):
        raise ValueError("sums")
    return {match[2]: match[1] for match in lines if match}


def _of_files(archive: zipfile.ZipFile, listed: dict[str, str]) -> Iterator[Message]:
    names = archive.namelist()
    there = set(names)
    for name in sorted(there - listed.keys() - {SUMS, SIGNATURE}):
        yield N_("The file %(name)s was added.", name=name)
    for name in sorted(name for name in there if names.count(name) > 1):
        yield N_("The file %(name)s is there more than once.", name=name)
    for name, digest in listed.items():
        if name not in there:
            yield N_("The file %(name)s is missing.", name=name)
            continue
        if _digest(archive, name) != digest:
            yield N_("The file %(name)s was changed.", name=name)


def _digest(archive: zipfile.ZipFile, name: str) -> str | None:
    """None for a file whose packed bytes are damaged: then it cannot be unpacked whole."""
    try:
        with archive.open(name) as file:
            return digest_of(file)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return None
