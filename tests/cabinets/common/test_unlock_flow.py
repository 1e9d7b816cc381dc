"""An unlock from its request to its end: a part of it, withdrawn, ended early, told, counted."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.outbox import OutboxEvent
from journal.lessons.models import Unlock
from tests.cast import NOW, Cast
from tests.conftest import Client, Login
from tests.unlocks import pending_unlock

FIRST, LAST = date(2026, 11, 9), date(2026, 11, 13)


@pytest.fixture
def pending(cast: Cast, db_session: Session) -> int:
    return pending_unlock(db_session, cast, FIRST, LAST)


def decision(**changes: Any) -> dict[str, Any]:
    form: dict[str, Any] = {"decision": "grant", "hours": "2", "scope": "1"}
    form |= {"kinds": ["marks"], "lessons_from": "2026-11-13", "lessons_to": "2026-11-13"}
    return form | changes


def row(session: Session, unlock_id: int) -> Unlock:
    session.expire_all()
    return session.get_one(Unlock, unlock_id)


def told(session: Session) -> list[dict[str, Any]]:
    return [json.loads(one) for one in session.scalars(select(OutboxEvent.facts))]


def save(browser: Client, cast: Cast, kind: str, op: str) -> int:
    body: dict[str, Any] = {"op": f"unlock-flow-{op}", "lesson": cast.lessons["locked"]}
    body |= {"kind": kind, "base": 1 if kind == "put_lesson" else 0}
    if kind == "put_mark":
        body |= {"pupil": cast.pupils["third"], "value": "5", "work": None, "mark": None}
    else:
        body |= {"topic": "Тема", "homework": "", "homework_none": True}
    return int(
        browser.post(
            f"/journal/{cast.courses['own']}/save", json={"operations": [body]}
        ).status_code
    )


def test_a_part_is_opened_and_nothing_beside_it(
    login: Login, cast: Cast, db_session: Session, pending: int
) -> None:
    teacher, deputy = login("own_teacher"), login("deputy")
    assert save(teacher, cast, "put_mark", "0001") == 423
    assert deputy.post(f"/unlocks/{pending}/decide", data=decision()).status_code == 302
    granted = row(db_session, pending)
    assert (granted.kinds, granted.lessons_from, granted.lessons_before) == (
        "marks",
        LAST,
        LAST + timedelta(days=1),
    )
    assert (granted.asked_kinds, granted.asked_from) == ("marks,topic", FIRST)
    assert save(teacher, cast, "put_lesson", "0002") == 423
    assert save(teacher, cast, "put_mark", "0003") == 200
    text = deputy.get("/unlocks/").text
    assert "открыта часть запрошенного" in text
    entry = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "put_mark")).one()
    assert entry.grant_id == pending
    (said,) = told(db_session)
    assert said["to"] == {"staff": [cast["own_teacher"].staff_id]}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kinds": ["marks", "homework"]}, "Открыть можно только то, о чём просили"),
        ({"lessons_from": "2026-11-06"}, "Открыть можно только то, о чём просили"),
        ({"lessons_to": "2026-11-12"}, "Последний день раньше первого"),
        ({"kinds": []}, "Оставьте хотя бы один вид записей"),
    ],
)
def test_no_more_than_was_asked_for(
    login: Login,
    db_session: Session,
    pending: int,
    changes: dict[str, Any],
    sentence: str,
) -> None:
    answer = login("deputy").post(f"/unlocks/{pending}/decide", data=decision(**changes))
    assert answer.status_code == 422 and sentence in answer.text
    assert row(db_session, pending).status == "pending" and told(db_session) == []


def test_a_request_is_withdrawn_by_its_teacher_alone(
    login: Login, cast: Cast, db_session: Session, pending: int
) -> None:
    for who, status in (("other_teacher", 404), ("deputy", 403), ("foreign_teacher", 404)):
        assert login(who).post(f"/unlocks/{pending}/withdraw").status_code == status
    assert row(db_session, pending).status == "pending"
    browser = login("own_teacher")
    assert browser.get(f"/unlocks/{pending}/withdraw").status_code == 405
    assert browser.post(f"/unlocks/{pending}/withdraw").status_code == 302
    assert row(db_session, pending).status == "withdrawn"
    assert "отозвано" in browser.get("/unlocks/").text
    assert "отозвано" in browser.get("/teacher/").text
    assert browser.post(f"/unlocks/{pending}/withdraw").status_code == 422
    refused = login("deputy").post(f"/unlocks/{pending}/decide", data=decision())
    assert refused.status_code == 422
    assert told(db_session)[0]["to"] == {"may": "approve_unlock"}


def test_a_grant_is_ended_early_with_words(
    login: Login, cast: Cast, db_session: Session, pending: int
) -> None:
    teacher, deputy = login("own_teacher"), login("deputy")
    assert deputy.post(f"/unlocks/{pending}/revoke", data={"note": "x"}).status_code == 422
    deputy.post(f"/unlocks/{pending}/decide", data=decision())
    assert save(teacher, cast, "put_mark", "0001") == 200
    assert deputy.post(f"/unlocks/{pending}/revoke", data={"note": " "}).status_code == 422
    for who, status in (("own_teacher", 403), ("director", 403), ("foreign_administrator", 404)):
        answer = login(who).post(f"/unlocks/{pending}/revoke", data={"note": "Ошибка"})
        assert answer.status_code == status
    assert row(db_session, pending).status == "granted"
    answer = deputy.post(f"/unlocks/{pending}/revoke", data={"note": "Открыто по ошибке"})
    assert answer.status_code == 302
    ended = row(db_session, pending)
    assert (ended.status, ended.expires_at, ended.ended_at) == ("revoked", NOW, NOW)
    assert "прекращено" in teacher.get("/teacher/").text
    assert told(db_session)[-1]["detail"] == "Открыто по ошибке"
    body = {"op": "unlock-flow-0009", "kind": "clear_mark", "lesson": cast.lessons["locked"]}
    body |= {"pupil": cast.pupils["pupil"], "mark": cast.marks["locked"], "base": 1}
    address = f"/journal/{cast.courses['own']}/save"
    assert teacher.post(address, json={"operations": [body]}).status_code == 423


def test_the_register_as_a_file(
    login: Login, cast: Cast, db_session: Session, pending: int
) -> None:
    login("deputy").post(f"/unlocks/{pending}/decide", data=decision())
    save(login("own_teacher"), cast, "put_mark", "0001")
    answer = login("director").get("/unlocks/xlsx?state=open&from=2026-11-20&to=2026-11-20")
    assert answer.status_code == 200
    rows = list(load_workbook(io.BytesIO(answer.get_data())).active.iter_rows(values_only=True))
    assert len(rows) == 2 and rows[0][0] == "№"
    assert rows[1][1] == "открыто сейчас" and "Соколова" in str(rows[1][2])
    assert rows[1][-1] == 1  # what was entered under it
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    assert sum(one.width for one in sheet.column_dimensions.values()) < 250, "7 pt on lying A4"
    assert sheet.oddHeader.left.text.endswith(". Журнал разблокировок")
    none = login("director").get("/unlocks/xlsx?to=2026-11-19")
    assert len(list(load_workbook(io.BytesIO(none.get_data())).active.iter_rows())) == 1
    assert login("own_teacher").get("/unlocks/xlsx").status_code == 403
