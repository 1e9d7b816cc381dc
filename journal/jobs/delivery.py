"""Delivering messages: events of the outbox become notifications, letters go to the post.

Each step is a short transaction of its own. An event is marked in the one that makes its
notifications, a letter's next try is written down before this one begins: whatever instant the
process dies at, nothing is lost and nobody is told twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from smtplib import SMTPException
from threading import Event
from typing import Protocol

from flask import Flask
from sqlalchemy.orm import Session

from config import Settings
from journal.core.db import db, transaction
from journal.core.messages import N_
from journal.core.outbox import OutboxEvent, any_unhandled, unhandled
from journal.core.post import PostOffice, Undeliverable
from journal.core.tenancy import across, acting_for
from journal.messages.mail import Letter, any_due, note_failed, note_sent, take_letter
from journal.messages.service import hand_on
from journal.webkit.i18n import say, speaking_to
from journal.webkit.links import path_of

_log = logging.getLogger(__name__)
_WHY = "messages of every organisation are delivered"
BATCH = 50


class Sender(Protocol):
    """What takes a letter: the post, or a test's."""

    def send(self, letter: EmailMessage) -> None: ...


class Delivery:
    """Hands events on and sends letters, as long as nobody stops it."""

    def __init__(self, app: Flask, *, clock: Callable[[], datetime], stopping: Event) -> None:
        settings: Settings = app.config["SETTINGS"]
        self._app, self._clock, self._stopping = app, clock, stopping
        self._public_url = settings.public_url
        self._sender = settings.mail_from or ""
        self._office: PostOffice | None = None
        if settings.smtp_url is not None and settings.mail_from is not None:
            self._office = PostOffice.of(settings.smtp_url, settings.mail_from)

    def hand_on(self) -> None:
        """Make notifications of every event that waits."""
        while not self._stopping.is_set():
            with self._app.app_context():
                if not _found(any_unhandled):
                    return
                with transaction() as session, across(session, _WHY):
                    for event in unhandled(session, limit=BATCH):
                        self._hand_on(session, event)

    def _hand_on(self, session: Session, event: OutboxEvent) -> None:
        now = self._clock()
        try:
            with acting_for(session, {event.organisation_id}), session.begin_nested():
                hand_on(session, event, by_mail=self._office is not None, now=now)
        except Exception as fault:
            _log.exception("event %s (%s) was not handed on", event.id, event.kind)
            event.fault = repr(fault)[:500]
        event.handled_at = now
        session.flush()

    def send_mail(self) -> None:
        """Send every letter that is due."""
        if self._office is not None:
            with self._office.open() as post:
                self.send_through(post)

    def send_through(self, post: Sender) -> None:
        """Send what is due by this sender."""
        while not self._stopping.is_set():
            with self._app.app_context():
                if not _found(lambda session: any_due(session, now=self._clock())):
                    return
                with transaction() as session, across(session, _WHY):
                    letter = take_letter(session, now=self._clock())
                if letter is not None:
                    self._send(post, letter)

    def _send(self, post: Sender, letter: Letter) -> None:
        fault, for_good = None, False
        try:
            post.send(self._written(letter))
        except (Undeliverable, ValueError) as refused:
            fault, for_good = str(refused), True
        except (OSError, SMTPException) as failed:
            fault = str(failed)
        with transaction() as session, across(session, _WHY):
            if fault is None:
                note_sent(session, letter, now=self._clock())
            else:
                _log.warning("letter %s did not leave: %s", letter.id, fault)
                note_failed(session, letter, fault, for_good=for_good)

    def _written(self, letter: Letter) -> EmailMessage:
        """The letter in the reader's language; ValueError for an address that is none."""
        made = EmailMessage()
        domain = self._sender.rpartition("@")[2].strip("> ") or "localhost"
        with speaking_to(letter.locale, letter.zone):
            made["Subject"] = f"{letter.school}: {say(letter.subject)}"
            made.set_content("\n\n".join(self._paragraphs(letter)) + "\n")
        made["From"] = self._sender
        made["To"] = letter.address
        made["Date"] = self._clock()
        made["Message-ID"] = f"<{letter.message_id}@{domain}>"
        made["Auto-Submitted"] = "auto-generated"
        return made

    def _paragraphs(self, letter: Letter) -> list[str]:
        said = [say(line) for line in letter.lines]
        path = path_of(letter.link)
        if self._public_url and path:
            said.append(self._public_url.rstrip("/") + path)
        if letter.link is not None:
            said.append("-- \n" + say(_FOOTER))
        return said


_FOOTER = N_(
    "The electronic journal of the school sent this letter by itself. How you are told is your "
    "choice: the page «Notifications» of the journal."
)


def _found(asks: Callable[[Session], bool]) -> bool:
    """A question that locks nothing: usually there is nothing to do."""
    session = db.session()
    with across(session, _WHY):
        found = asks(session)
    session.rollback()
    return found
