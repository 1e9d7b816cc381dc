"""The pages of excuses: a family sends with a photo, the class teacher decides, a deputy agrees."""

from __future__ import annotations

import io
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.models import Excuse, ExcuseFile
from tests.cast import Cast
from tests.conftest import Login
from tests.counting import counted

PNG = b"\x89PNG\r\n\x1a\n a photo"


def notice(cast: Cast, *names: str, **changes: Any) -> dict[str, Any]:
    pupils = [cast.pupils[name] for name in names or ("pupil",)]
    form = {"pupils": pupils, "code": "b", "first": "2026-11-20", "last": "2026-11-24"}
    return form | {"text": "ОРВИ"} | changes


def states(session: Session) -> list[str]:
    return list(session.scalars(select(Excuse.status).order_by(Excuse.id)))


def test_for_two_children_with_a_photo(login: Login, cast: Cast, db_session: Session) -> None:
    files = [(io.BytesIO(PNG), "справка.png")]
    form = notice(cast, "pupil", "sibling", files=files)
    sent = login("parent").post(
        "/family/excuses/new", data=form, content_type="multipart/form-data"
    )
    assert sent.status_code == 302
    assert states(db_session) == ["submitted", "submitted"]
    excuse_id, file_id = db_session.execute(
        select(ExcuseFile.excuse_id, ExcuseFile.stored_file_id).order_by(ExcuseFile.excuse_id)
    ).first() or (0, 0)
    address = f"/excuses/{excuse_id}/files/{file_id}"
    for member, status in (
        ("parent", 200),
        ("class_teacher", 200),
        ("deputy", 200),
        ("stranger_parent", 404),
        ("foreign_parent", 404),
        ("own_teacher", 403),
    ):
        answer = login(member).get(address)
        assert answer.status_code == status, member
        if status == 200:
            assert answer.data == PNG
        answer.close()


def test_a_refused_notice_keeps_the_words_and_writes_nothing(
    login: Login, cast: Cast, db_session: Session
) -> None:
    script = [(io.BytesIO(b"#!/bin/sh"), "справка.png")]
    for changes, words in (
        ({"last": "2026-11-19"}, "Последний день раньше первого"),
        ({"files": script}, "справка.png"),
        ({"pupils": [cast.pupils["stranger_pupil"]]}, "ОРВИ"),
    ):
        answer = login("parent").post(
            "/family/excuses/new",
            data=notice(cast, **changes),
            content_type="multipart/form-data",
        )
        text = answer.get_data(as_text=True)
        assert answer.status_code == 422 and words in text and "ОРВИ" in text
    assert states(db_session) == []


def test_from_the_notice_to_the_confirmation(login: Login, cast: Cast, db_session: Session) -> None:
    parent, keeper = login("parent"), login("class_teacher")
    parent.post("/family/excuses/new", data=notice(cast))
    assert "Ёлкин Артём" in keeper.get("/class/excuses/").get_data(as_text=True)
    excuse_id = db_session.scalar(select(Excuse.id))
    decide = f"/class/excuses/{excuse_id}/decide"
    silent = keeper.post(decide, data={"decision": "ask", "note": ""})
    assert silent.status_code == 422 and states(db_session) == ["submitted"]
    keeper.post(decide, data={"decision": "ask", "note": "Есть справка?"})
    assert "Есть справка?" in parent.get("/family/excuses/").get_data(as_text=True)
    parent.post(f"/family/excuses/{excuse_id}/answer", data={"answer": "Да"})
    keeper.post(decide, data={"decision": "confirm", "note": ""})
    assert states(db_session) == ["confirmed"]
    assert "оправдано" in parent.get("/family/excuses/").get_data(as_text=True)
    again = keeper.post(decide, data={"decision": "refuse", "note": "Нет"})
    assert again.status_code == 422 and states(db_session) == ["confirmed"]
    for member in ("own_teacher", "parent", "stranger_parent", "deputy"):
        assert login(member).post(decide, data={"decision": "refuse"}).status_code == 403
    assert keeper.get(decide).status_code == 405
    assert keeper.post("/class/excuses/999/decide", data={}).status_code == 404


def test_a_long_leave_passes_two_hands(login: Login, cast: Cast, db_session: Session) -> None:
    login("parent").post(
        "/family/excuses/new", data=notice(cast, code="u", last="2026-11-27", text="Отъезд")
    )
    excuse_id = db_session.scalar(select(Excuse.id))
    login("class_teacher").post(f"/class/excuses/{excuse_id}/decide", data={"decision": "confirm"})
    assert states(db_session) == ["endorsed"]
    deputy = login("deputy")
    assert "Ёлкин Артём" in deputy.get("/leaves/").get_data(as_text=True)
    assert login("class_teacher").post(f"/leaves/{excuse_id}/decide").status_code == 403
    assert deputy.post(f"/leaves/{excuse_id}/decide", data={"decision": "confirm"}).location
    assert states(db_session) == ["confirmed"]
    assert deputy.post("/leaves/limit", data={"days": "400"}).status_code == 422
    assert deputy.post("/leaves/limit", data={"days": "10"}).status_code == 302


def test_pages_cost_the_same_whatever_there_is(app: Flask, login: Login, cast: Cast) -> None:
    with counted(app) as before:
        login("class_teacher").get("/class/excuses/")
    for day in range(21, 29):
        form = notice(cast, first=f"2026-11-{day}", last=f"2026-11-{day}", code="bu"[day % 2])
        login("parent").post("/family/excuses/new", data=form)
    with counted(app) as after:
        login("class_teacher").get("/class/excuses/")
    assert len(after) <= len(before) + 2 <= 8
