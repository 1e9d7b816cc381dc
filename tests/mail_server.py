"""The least a mail server says, on a port of this machine: it keeps what it is given."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string, policy
from email.message import EmailMessage


class Talk(socketserver.StreamRequestHandler):
    """One conversation; what is answered to a recipient is the recipient's name, if a code."""

    server: Server

    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "RCPT":
                self._say(f"{line[9:12]} noted" if line[9:12].isdecimal() else "250 ok")
            elif verb == "DATA":
                self._say("354 go on")
                self._take()
            elif verb == "QUIT":
                break
            else:
                self._say("250 ok")

    def _take(self) -> None:
        text = b""
        while not text.endswith(b"\r\n.\r\n"):
            text += self.rfile.readline()
        self.server.taken.append(text.decode())
        self._say("250 taken")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    """`taken` are the letters as they came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.taken: list[str] = []

    @property
    def url(self) -> str:
        """What JOURNAL_SMTP_URL would be."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    @property
    def letters(self) -> list[EmailMessage]:
        """What came, read."""
        return [message_from_string(text, policy=policy.default) for text in self.taken]  # type: ignore[misc]


@contextmanager
def mail_server() -> Iterator[Server]:
    """Serves until the block ends."""
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()
