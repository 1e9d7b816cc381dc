"""Archives from outside, opened only when the table of their contents is of a reasonable size.

Reading it costs more than anything the file holds: a small file may name a million members.
"""

from __future__ import annotations

import io
import zipfile
from typing import BinaryIO

ENTRY_BYTES = 500  # of the table for each member: its facts, its name, and room for more


class TooManyMembers(zipfile.BadZipFile):
    """More members than may be, by the size of the table or by their number."""


def opened_archive(content: BinaryIO, *, members: int) -> zipfile.ZipFile:
    """The archive, no member read yet. Raises TooManyMembers, or what `zipfile` does."""
    source = _Source(content, most=members * ENTRY_BYTES)
    archive = zipfile.ZipFile(source)
    source.most = None
    if len(archive.infolist()) > members:
        raise TooManyMembers
    return archive


class _Source(io.BufferedIOBase):
    """A file as `zipfile` reads it: the table in one piece, of the size its end record tells.
    Until the archive is open no piece is larger than `most` bytes."""

    def __init__(self, content: BinaryIO, *, most: int) -> None:
        self._content = content
        self.most: int | None = most

    def read(self, size: int | None = -1, /) -> bytes:
        if self.most is not None and (size or -1) > self.most:
            raise TooManyMembers
        return self._content.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._content.seek(offset, whence)

    def tell(self) -> int:
        return self._content.tell()

    def seekable(self) -> bool:
        return True
