"""Where the bytes lie. One interface, so that an S3-compatible store can take its place."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol


class FileStore(Protocol):
    """Bytes by their SHA-256 (64 hexadecimal digits). Putting the same bytes twice keeps one."""

    def put(self, sha256: str, content: BinaryIO) -> None:
        """Keep the bytes, read from the beginning; on return they are safely on the disk."""

    def open(self, sha256: str) -> BinaryIO:
        """The bytes, to be read and closed; raises FileNotFoundError."""

    def put_before(self, moment: datetime) -> Iterator[str]:
        """What was last put before the moment."""

    def remove(self, sha256: str, *, put_before: datetime) -> None:
        """Forget the bytes, unless they were put again since the moment."""


class DirectoryStore:
    """`folder/ab/abcd…`. A file appears whole or not at all; the disk has it before `put` ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, sha256: str, content: BinaryIO) -> None:
        """See FileStore. Bytes that are there are only marked as put now."""
        path = self._path(sha256)
        try:
            os.utime(path)
        except FileNotFoundError:
            content.seek(0)
            _write_whole(path, content)

    def open(self, sha256: str) -> BinaryIO:
        """See FileStore."""
        return self._path(sha256).open("rb")

    def put_before(self, moment: datetime) -> Iterator[str]:
        """See FileStore. What a crash left of an unfinished file is cleared away beside."""
        for path in self._folder.glob("??/*"):
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime >= moment.timestamp():
                    continue
                if path.name.startswith("."):
                    path.unlink()
                else:
                    yield path.name

    def remove(self, sha256: str, *, put_before: datetime) -> None:
        """See FileStore. The file steps aside before it is looked at for the last time: a `put`
        at this instant either marked it before, and it returns, or writes the bytes anew."""
        path = self._path(sha256)
        aside = path.with_name(f".{sha256}.{secrets.token_hex(4)}")
        with contextlib.suppress(FileNotFoundError):
            path.rename(aside)
            if aside.stat().st_mtime >= put_before.timestamp():
                aside.rename(path)
            else:
                aside.unlink()

    def _path(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self._folder / sha256[:2] / sha256


def _write_whole(path: Path, content: BinaryIO) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            shutil.copyfileobj(content, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    for folder in (path.parent, path.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """The name of a new file is on the disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
