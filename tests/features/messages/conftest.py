"""Events of the outbox, and a delivery whose post is a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.message import EmailMessage
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from config import Settings
from journal.core.messages import N_
from journal.jobs.delivery import Delivery
from journal.people.notices import NoticeKind, Recipients
from journal.people.telling import notify
from tests.cast import NOW, Cast

Leave = Callable[..., None]


@dataclass
class Tray:
    """A post that keeps what it is given; `fails` is raised by the next ones."""

    letters: list[EmailMessage] = field(default_factory=list)
    fails: list[BaseException] = field(default_factory=list)

    def send(self, letter: EmailMessage) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.letters.append(letter)


@pytest.fixture
def leave(cast: Cast, db_session: Session) -> Leave:
    """Write an event as a command does, and commit it."""

    def written(to: Recipients, **more: Any) -> None:
        notify(
            db_session,
            organisation_id=cast.school,
            kind=more.pop("kind", NoticeKind.UNLOCKS),
            to=to,
            message=more.pop(
                "message", N_("%(who)s asks for an unlock: %(what)s.", who="Я", what="5А")
            ),
            now=more.pop("now", NOW),
            **more,
        )
        db_session.commit()

    return written


@dataclass
class Office:
    """A delivery with a clock that is put forward by hand."""

    app: Flask
    at: datetime = NOW
    tray: Tray = field(default_factory=Tray)

    def delivery(self, *, mail: bool = True) -> Delivery:
        held: Settings = self.app.config["SETTINGS"]
        if mail:
            self.app.config["SETTINGS"] = replace(
                held,
                smtp_url="smtp://localhost:1",
                mail_from="Школа <journal@example.org>",
                public_url="https://journal.example.org/",
            )
        made = Delivery(self.app, clock=lambda: self.at, stopping=Event())
        self.app.config["SETTINGS"] = held
        return made

    def deliver(self, *, mail: bool = True) -> None:
        """Everything that waits, events and then letters."""
        delivery = self.delivery(mail=mail)
        delivery.hand_on()
        delivery.send_through(self.tray)


@pytest.fixture
def office(app: Flask) -> Office:
    return Office(app)
