"""Archives in and out: a .zip of files with known names, read safely; files packed the same way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

from journal.documents.guards import LIMITS, Limits, check_archive, check_size

_FIXED = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes


def read_archive(
    data: bytes, *, names: Collection[str], limits: Limits = LIMITS
) -> dict[str, bytes]:
    """The files of the archive that have one of these names, wherever in it they lie.

    Anything else is passed over. Raises UnreadableFile when it is no archive, or unfolds too far.
    """
    check_size(data, limits)
    check_archive(data, limits)
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            name = PurePosixPath(member.filename.replace("\\", "/"))
            if name.name.casefold() in names and "__MACOSX" not in name.parts:
                found[name.name.casefold()] = archive.read(member)
    return found


def pack(files: Mapping[str, bytes]) -> bytes:
    """A .zip of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED), data, zipfile.ZIP_DEFLATED)
    return content.getvalue()
