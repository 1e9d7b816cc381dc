"""The post against a real SMTP conversation: taken, refused for a while, refused for good."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from smtplib import SMTPException

import pytest

from journal.core import post as post_module
from journal.core.post import PostOffice, Undeliverable
from tests.mail_server import Server, mail_server


@pytest.fixture
def server() -> Iterator[Server]:
    with mail_server() as running:
        yield running


def letter(to: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "journal@example.org", to, "Школа № 17"
    made.set_content("Здравствуйте.")
    return made


def test_one_connection_for_a_row_of_letters(server: Server) -> None:
    office = PostOffice.of(server.url, "journal@example.org")
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
