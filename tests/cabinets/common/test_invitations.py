"""Access by e-mail: the letter, the link that opens once, and who may send to whom."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.jobs.delivery import Delivery
from journal.messages.models import Mail
from journal.office.invitations.models import SignInInvitation
from journal.people import service
from journal.people.models import Account, Person
from journal.people.passwords import matches
from tests.cast import NOW, Cast
from tests.conftest import Client, Login
from tests.features.messages.conftest import Tray

OWN = "Лестница-без-перил-7"
ADDRESS = "elkina@example.org"


@pytest.fixture(autouse=True)
def post_is_there(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    held = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(
        held, smtp_url="smtp://localhost:1", mail_from="journal@example.org", public_url="https://j"
    )
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(service, "hash_own", cheap.hash)
    yield
    app.config["SETTINGS"] = held


@pytest.fixture(autouse=True)
def addresses(db_session: Session, cast: Cast) -> None:
    db_session.get_one(Person, cast["parent"].person_id).email = ADDRESS
    db_session.commit()


def send(browser: Client, cast: Cast, *names: str, operation: str = "operation-of-a-form") -> Any:
    persons = [cast[name].person_id for name in names]
    return browser.post("/access/invite", data={"person": persons, "operation": operation})


def link_in(session: Session) -> str:
    """Out of the queue, before the letter leaves."""
    session.rollback()
    lines = session.scalars(select(Mail.lines).order_by(Mail.id.desc())).first()
    found = re.search(r"https://j(/invitation/[\w-]+)", str(json.loads(lines or "[]")))
    assert found is not None
    return found[1]


def choose(browser: Client, link: str, password: str = OWN, again: str | None = None) -> Any:
    return browser.post(link, data={"password": password, "again": again or password})


def test_a_link_of_ones_own_opens_once(
    app: Flask, login: Login, cast: Cast, db_session: Session
) -> None:
    keeper = login("class_teacher")
    confirm = keeper.get(f"/access/confirm?person={cast['parent'].person_id}").text
    assert ADDRESS in confirm and "Отправить приглашения: 1" in confirm
    assert send(keeper, cast, "parent").status_code == 302
    link, guest = link_in(db_session), app.test_client()
    account = db_session.get_one(Account, cast["parent"].account_id)
    assert account.session_epoch == 1  # a password that is there stays good
    page = guest.get(link)
    assert page.status_code == 200 and account.login in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert choose(guest, link, "1234567").status_code == 422
    assert choose(guest, link, OWN, "другая фраза").status_code == 422
    done = choose(guest, link)
    assert done.status_code == 302 and guest.get("/family").status_code == 200
    db_session.expire_all()
    account = db_session.get_one(Account, cast["parent"].account_id)
    assert account.password_hash and matches(account.password_hash, OWN)
    assert not account.password_is_temporary and account.session_epoch == 2
    stranger = app.test_client()
    assert stranger.get(link).status_code == 404 and choose(stranger, link).status_code == 404
    listed = keeper.get("/access/invitations").text
    assert "пароль выбран" in listed and ADDRESS in listed
    seen = db_session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert seen[-2:] == ["invite", "accept_invitation"]


def test_nothing_readable_is_left(
    app: Flask, login: Login, cast: Cast, db_session: Session
) -> None:
    send(login("administrator"), cast, "parent")
    secret, tray = link_in(db_session).rpartition("/")[2], Tray()
    Delivery(app, clock=lambda: NOW, stopping=Event()).send_through(tray)
    (letter,) = tray.letters
    assert letter["To"] == ADDRESS and secret in letter.get_content()
    db_session.rollback()
    kept = db_session.scalars(select(Mail)).one()
    assert kept.lines is None and secret not in f"{kept.subject} {kept.link}"
    row = db_session.scalars(select(SignInInvitation)).one()
    assert secret not in row.token_hash
    entries = db_session.execute(select(AuditEntry.before, AuditEntry.after)).all()
    assert not any(secret in str(entry) for entry in entries)


@pytest.mark.parametrize("case", ["late", "slip", "again", "address", "blocked"])
def test_what_ends_a_link(
    app: Flask, login: Login, cast: Cast, db_session: Session, case: str
) -> None:
    browser, guest = login("administrator"), app.test_client()
    send(browser, cast, "parent")
    link = link_in(db_session)
    moment = NOW + timedelta(days=14 if case == "late" else 1)
    app.config["CLOCK"] = lambda: moment
    if case == "slip":
        slip = {"person": cast["parent"].person_id, "operation": "another-operation"}
        assert browser.post("/access/issue", data=slip).status_code == 200
    elif case == "again":
        send(browser, cast, "parent", operation="another-operation")
    elif case == "address":
        db_session.get_one(Person, cast["parent"].person_id).email = "other@example.org"
    elif case == "blocked":
        db_session.get_one(Account, cast["parent"].account_id).active = False
    db_session.commit()
    assert guest.get(link).status_code == 404
    assert choose(guest, link).status_code == 404
    if case == "again":
        assert guest.get(link_in(db_session)).status_code == 200


def test_sent_twice_by_mistake_is_sent_once(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("administrator")
    for _ in range(2):
        assert send(browser, cast, "parent").status_code == 302
    assert len(db_session.scalars(select(Mail)).all()) == 1


def test_who_has_no_address_or_is_not_ones_own(
    login: Login, cast: Cast, db_session: Session
) -> None:
    assert send(login("administrator"), cast, "pupil").status_code == 422  # no address
    assert send(login("class_teacher"), cast, "stranger_parent").status_code == 403
    assert send(login("own_teacher"), cast, "parent").status_code == 403
    assert db_session.scalars(select(SignInInvitation)).all() == []
    other = login("class_teacher").get("/access/invitations").text
    send(login("administrator"), cast, "parent")
    db_session.get_one(Person, cast["stranger_parent"].person_id).email = "chaika@example.org"
    db_session.commit()
    send(login("administrator"), cast, "stranger_parent", operation="another-operation")
    assert "chaika@example.org" not in login("class_teacher").get("/access/invitations").text
    assert "chaika@example.org" in login("administrator").get("/access/invitations").text
    assert ADDRESS not in other


def test_without_post_nothing_is_offered(app: Flask, login: Login, cast: Cast) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], smtp_url=None)
    browser = login("administrator")
    page = browser.get(f"/access/confirm?person={cast['parent'].person_id}").text
    assert "Отправить приглашения" not in page and "не отправляет" in page
    assert send(browser, cast, "parent").status_code == 422
