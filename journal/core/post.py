"""The post: e-mail through an SMTP server, one connection for a row of letters."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

SECONDS = 20.0
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS = {"smtp": 587, "smtps": 465}


class Undeliverable(Exception):
    """The server refuses this letter for good: trying again cannot help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOffice:
    """Where letters are handed in, and from whom they are.

    `smtp://` takes STARTTLS when the server offers it, `smtps://` is TLS from the first byte.
    """

    host: str
    port: int
    tls: bool
    user: str | None
    password: str | None
    sender: str

    @classmethod
    def of(cls, url: str, sender: str) -> PostOffice:
        """From `smtp://user:password@host:port`; ValueError says what is wrong with it."""
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("JOURNAL_SMTP_URL: write smtp://host or smtps://host")
        return cls(
            host=parts.hostname,
            port=parts.port or _PORTS[parts.scheme],
            tls=parts.scheme == "smtps",
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            sender=sender,
        )

    @contextmanager
    def open(self) -> Iterator[Post]:
        """A post whose connection ends with the block."""
        post = Post(self)
        try:
            yield post
        finally:
            post.close()


class Post:
    """Hands letters in; connects at the first one and again after a failure."""

    def __init__(self, office: PostOffice) -> None:
        self._office = office
        self._server: smtplib.SMTP | None = None

    def send(self, letter: EmailMessage) -> None:
        """Returns when the server has taken it. Raises Undeliverable, OSError or SMTPException."""
        try:
            self._connected().send_message(letter)
        except smtplib.SMTPRecipientsRefused as refused:
            self.close()
            codes = {code for code, _ in refused.recipients.values()}
            if all(code >= 500 for code in codes):
                raise Undeliverable(str(refused)) from refused
            raise
        except smtplib.SMTPDataError as refused:
            self.close()
            if refused.smtp_code >= 500:
                raise Undeliverable(str(refused)) from refused
            raise
        except (OSError, smtplib.SMTPException):
            self.close()
            raise

    def close(self) -> None:
        """End the connection, if there is one."""
        server, self._server = self._server, None
        if server is not None:
            server.close()

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            self._server = self._connect()
        return self._server

    def _connect(self) -> smtplib.SMTP:
        office, context = self._office, ssl.create_default_context()
        server: smtplib.SMTP
        if office.tls:
            server = smtplib.SMTP_SSL(office.host, office.port, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(office.host, office.port, timeout=SECONDS)
        try:
            secure = office.tls or _upgraded(server, context)
            if office.user is not None:
                if not secure and office.host not in _LOCAL:
                    raise OSError("the server offers no TLS: the password is not sent in the clear")
                server.login(office.user, office.password or "")
        except BaseException:
            server.close()
            raise
        return server


def _upgraded(server: smtplib.SMTP, context: ssl.SSLContext) -> bool:
    server.ehlo_or_helo_if_needed()
    if not server.has_extn("starttls"):
        return False
    server.starttls(context=context)
    return True
