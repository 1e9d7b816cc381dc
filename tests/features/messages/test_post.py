"""The post against a real SMTP conversation: taken, refused for a while, refused for good."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from smtplib import SMTPException

import pytest

from journal.core import post as post_module
from journal.core.post import PostOffice, Undeliverable


class Talk(socketserver.StreamRequestHandler):
    """The least a mail server says; what it answers to a recipient is the recipient's name."""

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
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.taken: list[str] = []


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def letter(to: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "journal@example.org", to, "Школа № 17"
    made.set_content("Здравствуйте.")
    return made


def test_one_connection_for_a_row_of_letters(server: Server) -> None:
    office = PostOffice.of(f"smtp://127.0.0.1:{server.server_address[1]}", "journal@example.org")
    with office.open() as post:
        post.send(letter("a@example.org"))
        with pytest.raises(Undeliverable):
            post.send(letter("550@example.org"))
        with pytest.raises(SMTPException):
            post.send(letter("450@example.org"))
        post.send(letter("b@example.org"))
    assert len(server.taken) == 2 and all("Subject: =?utf-8?" in one for one in server.taken)


def test_a_password_does_not_leave_in_the_clear(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post_module, "_LOCAL", frozenset())
    port = server.server_address[1]
    office = PostOffice.of(f"smtp://user:p%40ss@127.0.0.1:{port}", "journal@example.org")
    assert office.password == "p@ss"
    with office.open() as post, pytest.raises(OSError, match="no TLS"):
        post.send(letter("a@example.org"))


@pytest.mark.parametrize("url", ["http://mail.example.org", "smtp://", "mail.example.org:25"])
def test_an_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(ValueError, match="JOURNAL_SMTP_URL"):
        PostOffice.of(url, "journal@example.org")


def test_ports() -> None:
    plain = PostOffice.of("smtp://mail.example.org", "x")
    secure = PostOffice.of("smtps://mail.example.org", "x")
    assert (plain.port, plain.tls, secure.port, secure.tls) == (587, False, 465, True)
