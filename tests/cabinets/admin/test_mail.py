"""The page of e-mail that did not leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.messages import N_
from journal.core.post import Undeliverable
from journal.messages.mail import Addressee, forget_texts, queue_mail
from journal.messages.models import Mail
from tests.cast import NOW, Cast
from tests.conftest import Login
from tests.features.messages.conftest import Office, office

__all__ = ["office"]
PAGE = "/school/mail"


def queue(session: Session, cast: Cast, *, school: str = "own", **more: Any) -> None:
    queue_mail(
        session,
        organisation_id=cast.school if school == "own" else cast.foreign_school,
        to=Addressee(address=f"{school}@example.org", person_id=None),
        subject=N_("Unlocks: requests and answers"),
        lines=["Посмотрите журнал"],
        now=NOW,
        **more,
    )
    session.commit()


def letter(session: Session) -> Mail:
    session.expire_all()
    return session.scalars(select(Mail)).one()


def actions(session: Session) -> list[str]:
    return [one for one in session.scalars(select(AuditEntry.action)) if "mail" in one]


@pytest.fixture
def mailbox(app: Flask) -> None:
    """The server has a mailbox and knows its own address."""
    app.config["SETTINGS"] = replace(
        app.config["SETTINGS"],
        smtp_url="smtp://localhost:1",
        mail_from="a@example.org",
        public_url="https://journal.example.org",
    )


@pytest.fixture
def refused(office: Office, cast: Cast, db_session: Session) -> int:
    queue(db_session, cast)
    office.tray.fails = [Undeliverable("(550, b'5.1.1 no such user')")]
    office.deliver()
    return letter(db_session).id


@pytest.mark.usefixtures("mailbox")
def test_a_refused_letter_is_shown_and_sent_again(
    login: Login, office: Office, db_session: Session, refused: int
) -> None:
    administrator = login("administrator")
    text = administrator.get(PAGE).text
    for word in ("own@example.org", "Такого ящика нет", "5.1.1 no such user", "не отправляется"):
        assert word in text
    assert "почта не ушла: 1" in administrator.get("/school").text
    assert administrator.post(f"{PAGE}/{refused}/again").status_code == 302
    office.deliver()
    assert len(office.tray.letters) == 1
    assert "Посмотрите журнал" in office.tray.letters[0].get_content()
    sent = letter(db_session)
    assert sent.sent_at is not None and sent.lines is None and sent.fault is None
    assert actions(db_session) == ["send_mail_again"]
    assert "Все письма ушли" in administrator.get(PAGE).text
    assert administrator.post(f"{PAGE}/{refused}/again").status_code == 404  # it has left


def test_a_letter_is_given_up_and_its_text_wiped(
    login: Login, office: Office, cast: Cast, db_session: Session
) -> None:
    queue(db_session, cast)
    office.tray.fails = [OSError("timed out")]
    office.deliver()
    row = letter(db_session)
    assert row.due_at is not None
    administrator = login("administrator")
    assert "Почтовый сервер не отвечает" in administrator.get(PAGE).text
    assert administrator.post(f"{PAGE}/{row.id}/give-up").status_code == 302
    row = letter(db_session)
    assert (row.due_at, row.lines, row.sent_at) == (None, None, None)
    office.at += timedelta(days=3)
    office.deliver()
    assert office.tray.letters == [] and actions(db_session) == ["give_up_mail"]
    answer = administrator.post(f"{PAGE}/{row.id}/again")
    assert answer.status_code == 422 and "Текст этого письма уже не хранится" in answer.text


@pytest.mark.usefixtures("mailbox")
def test_all_are_sent_again_but_not_those_of_another_school_nor_secret_ones(
    login: Login, office: Office, cast: Cast, db_session: Session
) -> None:
    queue(db_session, cast)
    queue(db_session, cast)
    queue(db_session, cast, secret=True)
    office.tray.fails = [Undeliverable("(554, b'spam')") for _ in range(3)]
    office.deliver()
    administrator = login("administrator")
    assert "Отправить все снова (2)" in administrator.get(PAGE).text
    assert administrator.post(f"{PAGE}/again").status_code == 302
    office.deliver()
    assert len(office.tray.letters) == 2
    assert "текст не хранится" in administrator.get(PAGE).text
    foreign = login("foreign_administrator")
    assert "own@example.org" not in foreign.get(PAGE).text


@pytest.mark.parametrize("who", ["deputy", "director", "own_teacher", "parent", "specialist"])
def test_nobody_else_sees_or_sends_them(login: Login, refused: int, who: str) -> None:
    browser = login(who)
    assert browser.get(PAGE).status_code == 403
    for act in ("again", "give-up"):
        assert browser.post(f"{PAGE}/{refused}/{act}").status_code == 403
        assert browser.get(f"{PAGE}/{refused}/{act}").status_code == 405


def test_the_text_is_forgotten_after_a_month(
    office: Office, cast: Cast, db_session: Session, refused: int
) -> None:
    forget_texts(db_session, now=NOW + timedelta(days=30))
    assert letter(db_session).lines is not None
    forget_texts(db_session, now=NOW + timedelta(days=30, seconds=1))
    assert letter(db_session).lines is None


def test_a_server_without_a_mailbox_says_so(login: Login, app: Flask) -> None:
    assert "Почта на этом сервере не настроена" in login("administrator").get(PAGE).text
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, smtp_url="smtp://localhost", mail_from="a@b.org")
    text = login("administrator").get(PAGE).text
    assert "не настроена" not in text and "не знает своего адреса" in text
