"""The bell, the page of notifications, and how one wants to be told."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.messages import N_, message_facts
from journal.messages.models import NoticeChoice, Notification
from tests.cast import NOW, Cast
from tests.conftest import Login
from tests.counting import counted


def tell(session: Session, cast: Cast, name: str, **more: object) -> int:
    row = Notification(
        organisation_id=cast.school,
        person_id=cast[name].person_id,
        kind="unlocks",
        key=f"test-{len(session.scalars(select(Notification.id)).all())}",
        message=json.dumps(
            message_facts(N_("%(who)s refused an unlock: %(what)s.", who="Орлова М. П.", what="5А"))
        ),
        created_at=NOW,
        **more,
    )
    session.add(row)
    session.commit()
    return row.id


def unread(session: Session) -> int:
    query = select(Notification.id).where(Notification.read_at.is_(None))
    return len(session.scalars(query).all())


def test_the_bell_counts_in_the_query_of_the_actor(
    app: Flask, login: Login, cast: Cast, db_session: Session
) -> None:
    with counted(app) as before:
        assert "не прочитано" not in login("own_teacher").get("/teacher/").text
    for _ in range(3):
        tell(db_session, cast, "own_teacher")
    tell(db_session, cast, "other_teacher")
    with counted(app) as after:
        text = login("own_teacher").get("/teacher/").text
    assert '<span class="count">3<span class="visually-hidden"> не прочитано' in text
    assert len(after) == len(before)


def test_the_page_says_what_happened_and_leads_there(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser = login("own_teacher")
    assert "Вам пока ничего не сообщали" in browser.get("/notifications").text
    link = json.dumps({"endpoint": "unlocks.listing", "args": {}})
    here = tell(db_session, cast, "own_teacher", detail="Нужна докладная", link=link)
    gone = json.dumps({"endpoint": "no.such.page", "args": {}})
    nowhere = tell(db_session, cast, "own_teacher", link=gone)
    text = browser.get("/notifications").text
    assert (
        "Орлова М. П. отказала" not in text
        and "Орлова М. П.: в разблокировке отказано: 5А." in text
    )
    assert "«Нужна докладная»" in text
    answer = browser.post(f"/notifications/{here}/open")
    assert answer.status_code == 302 and answer.location == "/unlocks/"
    assert browser.post(f"/notifications/{nowhere}/open").location == "/notifications"
    assert unread(db_session) == 0
    assert "Всё прочитано" in browser.get("/notifications?show=unread").text


def test_all_of_ones_own_are_read_at_once(login: Login, cast: Cast, db_session: Session) -> None:
    tell(db_session, cast, "own_teacher")
    tell(db_session, cast, "other_teacher")
    assert login("own_teacher").post("/notifications/read").status_code == 302
    assert unread(db_session) == 1
    assert login("own_teacher").get("/notifications/read").status_code == 405


@pytest.mark.parametrize("who", ["other_teacher", "administrator", "foreign_teacher", "parent"])
def test_anothers_is_not_opened(login: Login, cast: Cast, db_session: Session, who: str) -> None:
    row = tell(db_session, cast, "own_teacher")
    assert login(who).post(f"/notifications/{row}/open").status_code == 404
    assert login("own_teacher").get(f"/notifications/{row}/open").status_code == 405
    assert unread(db_session) == 1


def test_one_chooses_how_to_be_told(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("deputy")
    text = browser.get("/notifications/settings").text
    assert "Почта на этом сервере не настроена" in text and "адрес не указан" in text
    assert browser.post("/notifications/settings", data={"unlocks": "off"}).status_code == 302
    assert browser.post("/notifications/settings", data={"unlocks": "pigeon"}).status_code == 404
    choice = db_session.scalars(select(NoticeChoice)).one()
    assert (choice.person_id, choice.way) == (cast["deputy"].person_id, "off")
    browser.post("/notifications/settings", data={"unlocks": "mail"})
    db_session.expire_all()
    assert db_session.scalars(select(NoticeChoice.way)).all() == ["mail"]
    text = browser.get("/notifications/settings").text
    assert 'value="mail" checked' in text


def test_what_does_not_concern_one_is_not_offered(login: Login, db_session: Session) -> None:
    browser = login("pupil")
    assert "Разблокировки" not in browser.get("/notifications/settings").text
    browser.post("/notifications/settings", data={"unlocks": "off"})
    assert db_session.scalars(select(NoticeChoice)).all() == []
