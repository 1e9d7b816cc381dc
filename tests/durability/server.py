"""The production server in a process group of its own, to be killed as a whole."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = "tests.durability.served:app"
PATIENCE = 180  # a machine that does much else starts a server slowly


def environment(url: str, folder: Path, die_at: str = "", *, jobs: bool = False) -> dict[str, str]:
    """What a process needs to work on this test's database."""
    own = {"DATABASE_URL": url, "SECRET_KEY": "not a secret", "INSTANCE_DIR": str(folder)}
    return {
        **os.environ,
        **own,
        "JOURNAL_JOBS": "01"[jobs],
        "DIE_AT": die_at,
        "PYTHONPATH": str(ROOT),
    }


@dataclass
class Server:
    """A server that is started and killed again and again.

    Each time on another port: one that was given back may be somebody else's by now.
    """

    url: str
    folder: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self, die_at: str = "", *, jobs: bool = False) -> None:
        """Two workers, as production has them; returns when they answer. `jobs`: they are done."""
        self.port = free_port()
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py"]
        command += ["-b", f"127.0.0.1:{self.port}", "-w", "2", APP]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(self.url, self.folder, die_at, jobs=jobs),
                start_new_session=True,
                stderr=log,
            )
        give_up = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.process.poll() is None, "the server did not start"
            assert time.monotonic() < give_up, "the server does not answer"
            time.sleep(0.05)

    @property
    def log(self) -> Path:
        """What the server complained of."""
        return self.folder / "server.log"

    def answers(self) -> bool:
        """Whether somebody listens."""
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def dies(self) -> None:
        """Wait for the death that was asked for at the start."""
        assert self.process is not None
        assert self.process.wait(PATIENCE) == -signal.SIGKILL, self.log.read_text()[-4000:]

    def kill(self) -> None:
        """SIGKILL to all of it."""
        if self.process is not None:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE)
            self.process = None
        while self.answers():  # the workers are dead when the system has closed their door
            time.sleep(0.01)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
