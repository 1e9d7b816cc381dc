"""The production server, started for a measurement, and a browser that keeps its connection."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body of a response."""

    status: int
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Browser:
    """One keep-alive connection of one signed-in account (or of nobody)."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Cookie": cookie} if cookie else {}

    def get(self, path: str, **headers: str) -> Answer:
        return self._send("GET", path, None, headers)

    def post(self, path: str, body: Any, **headers: str) -> Answer:
        kind = {"Content-Type": "application/json", "X-CSRFToken": headers.get("token", "")}
        return self._send("POST", path, json.dumps(body), kind)

    def send_form(self, path: str, body: bytes, kind: str, token: str) -> Answer:
        """A form with files, as it is encoded."""
        return self._send("POST", path, body, {"Content-Type": kind, "X-CSRFToken": token})

    def close(self) -> None:
        self._connection.close()

    def _send(
        self, method: str, path: str, body: str | bytes | None, headers: dict[str, str]
    ) -> Answer:
        self._connection.request(method, path, body, self._headers | headers)
        response = self._connection.getresponse()
        answer = Answer(response.status, response.read())
        fresh = response.getheader("Set-Cookie")
        if fresh:
            self._headers["Cookie"] = fresh.partition(";")[0]
        return answer


@dataclass(frozen=True, slots=True)
class Server:
    """A running server over one bench database."""

    app: Flask
    port: int
    pid: int

    def browser(self, identity: str = "") -> Browser:
        """A browser signed in as «account.epoch»."""
        return Browser(self.port, f"session={self.cookie(identity)}" if identity else "")

    def cookie(self, identity: str) -> str:
        """The session cookie of «account.epoch»."""
        serializer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert serializer is not None
        return str(serializer.dumps({"_user_id": identity, "_fresh": True}))

    def memory(self) -> tuple[float, float]:
        """Megabytes of parent and workers: resident, and with shared pages counted once."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        pids = [str(self.pid), *children]
        texts = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids]
        return _megabytes("Rss", texts), _megabytes("Pss", texts)


@contextmanager
def serving(app: Flask, environment: dict[str, str], *, workers: int) -> Iterator[Server]:
    """Start the server with the settings of production and so many workers; stop it after."""
    port = _free_port()
    config = str(ROOT / "deploy" / "gunicorn.py")
    command = [sys.executable, "-m", "gunicorn", "-c", config, "-b", f"127.0.0.1:{port}"]
    command += ["-w", str(workers), "bench.served:app"]
    process = subprocess.Popen(command, env=os.environ | environment, cwd=ROOT)
    try:
        _wait(port, process)
        yield Server(app, port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _megabytes(name: str, texts: list[str]) -> float:
    found = (re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE) for text in texts)
    return sum(int(match[1]) for match in found if match) / 1024
