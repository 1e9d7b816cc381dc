"""A request for single lessons: exactly these are asked for, decided, opened and named."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.outbox import OutboxEvent
from journal.lessons.models import Lesson, Unlock
from tests.cast import NOW, Cast
from tests.conftest import Client, Login

FIRST, LOCKED = date(2026, 11, 9), date(2026, 11, 13)


@pytest.fixture
def twins(cast: Cast, db_session: Session) -> tuple[int, int]:
    """The lesson of 13.11 and a second one of the same course and day."""
    first = db_session.get_one(Lesson, cast.lessons["locked"])
    second = Lesson(
        organisation_id=cast.school,
        course_id=first.course_id,
        held_on=LOCKED,
        lesson_number=4,
        starts_at=first.starts_at + timedelta(hours=1),
        ends_at=first.ends_at + timedelta(hours=1),
        staff_id=first.staff_id,
    )
    db_session.add(second)
    db_session.commit()
    return first.id, second.id


def of_day(session: Session, cast: Cast, day: date) -> int:
    query = select(Lesson.id).where(Lesson.course_id == cast.courses["own"], Lesson.held_on == day)
    return session.scalars(query).one()


def ask(browser: Client, cast: Cast, *lessons: int, **changes: Any) -> Any:
    offered = "".join(f"&lesson={one}" for one in lessons)
    form = {"lessons": list(lessons), "kinds": ["marks", "topic"], "reason": "Была на курсах"}
    address = f"/unlocks/new?course={cast.courses['own']}{offered}"
    return browser.post(address, data=form | changes)


def put_topic(browser: Client, cast: Cast, lesson: int, op: str, **more: int) -> int:
    body = {"op": f"lesson-unlock-{op}", "kind": "put_lesson", "lesson": lesson, "base": 1}
    body |= more | {"topic": f"Тема {op}", "homework": "", "homework_none": False}
    address = f"/journal/{cast.courses['own']}/save"
    return int(browser.post(address, json={"operations": [body]}).status_code)


def asked(session: Session) -> Unlock:
    session.expire_all()
    return session.scalars(select(Unlock)).one()


def test_one_of_two_lessons_of_a_day_is_opened(
    login: Login, cast: Cast, db_session: Session, twins: tuple[int, int], app: Flask
) -> None:
    teacher, deputy = login("own_teacher"), login("deputy")
    assert ask(teacher, cast, twins[1]).status_code == 302
    row = asked(db_session)
    assert row.lessons == f"{twins[1]}@2026-11-13/4"
    assert (row.lessons_from, row.lessons_before) == (LOCKED, LOCKED + timedelta(days=1))
    assert "5А, математика, 13.11 (урок 4): отметки, тема" in deputy.get("/unlocks/").text
    decided = deputy.post(f"/unlocks/{row.id}/decide", data={"decision": "grant", "hours": "2"})
    assert decided.status_code == 302
    assert put_topic(teacher, cast, twins[0], "0001") == 423
    assert put_topic(teacher, cast, twins[1], "0002") == 200
    entry = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "put_topic")).one()
    assert entry.grant_id == row.id and entry.object_id == twins[1]
    app.config["CLOCK"] = lambda: NOW + timedelta(hours=2)
    assert put_topic(teacher, cast, twins[1], "0003", base=2) == 423
    assert "13.11 (урок 4)" in deputy.get("/unlocks/?state=expired").text


def test_the_decision_may_leave_some_of_the_lessons_out(
    login: Login, cast: Cast, db_session: Session, twins: tuple[int, int]
) -> None:
    monday = of_day(db_session, cast, FIRST)
    teacher, deputy = login("own_teacher"), login("deputy")
    assert ask(teacher, cast, monday, *twins).status_code == 302
    row = asked(db_session)
    decision = {"decision": "grant", "hours": "2", "scope": "1", "kinds": ["topic"]}
    address = f"/unlocks/{row.id}/decide"
    none = deputy.post(address, data=decision)
    assert none.status_code == 422 and "Выберите хотя бы один урок" in none.text
    foreign = deputy.post(address, data=decision | {"lessons": [cast.lessons["own"]]})
    assert foreign.status_code == 422
    some = deputy.post(address, data=decision | {"lessons": [monday, twins[1], 10**6]})
    assert some.status_code == 302
    granted = asked(db_session)
    assert granted.lessons == f"{monday}@2026-11-09/3,{twins[1]}@2026-11-13/4"
    assert granted.asked_lessons is not None and str(twins[0]) in granted.asked_lessons
    wednesday = of_day(db_session, cast, date(2026, 11, 11))
    saved = [put_topic(teacher, cast, one, f"00{n}") for n, one in enumerate((monday, *twins))]
    assert saved == [200, 423, 200]
    assert put_topic(teacher, cast, wednesday, "0009") == 423  # between them, not named
    text = deputy.get("/unlocks/").text
    assert "09.11 (урок 3), 13.11 (урок 4): тема" in text and "открыта часть запрошенного" in text
    answer = login("director").get("/unlocks/xlsx")
    sheet = load_workbook(io.BytesIO(answer.get_data())).active
    rows = list(sheet.iter_rows(values_only=True))
    column = rows[0].index("Отдельные уроки")
    assert rows[1][column] == "09.11.2026 № 3, 13.11.2026 № 4"
    told = db_session.scalars(select(OutboxEvent.facts)).all()
    assert "09.11 \\u2116 3, 13.11 \\u2116 4" in told[-1] or "09.11 № 3, 13.11 № 4" in told[-1]


def test_what_cannot_be_asked_for_is_refused_with_its_reason(
    login: Login, cast: Cast, db_session: Session, twins: tuple[int, int]
) -> None:
    teacher = login("own_teacher")
    off = db_session.get_one(Lesson, of_day(db_session, cast, FIRST))
    off.status = "cancelled"
    db_session.commit()
    for lessons, sentence in (
        ([off.id, twins[0]], "Урок 09.11 отменён"),
        ([cast.lessons["closed"]], "закрыт 29.10"),
        ([cast.lessons["future"]], "Разблокировка нужна только прошедшим урокам"),
    ):
        answer = ask(teacher, cast, *lessons)
        assert answer.status_code == 422 and sentence in answer.text
    unticked = ask(teacher, cast, twins[0], lessons=[])
    assert unticked.status_code == 422 and "Выберите хотя бы один урок" in unticked.text
    smuggled = ask(teacher, cast, twins[0], lessons=[cast.lessons["own"]])
    assert smuggled.status_code == 422
    assert db_session.scalars(select(Unlock)).all() == []


def test_a_lesson_is_asked_for_once_but_its_neighbour_may_be_too(
    login: Login, cast: Cast, db_session: Session, twins: tuple[int, int]
) -> None:
    teacher = login("own_teacher")
    assert ask(teacher, cast, twins[0]).status_code == 302
    again = ask(teacher, cast, *twins)
    assert again.status_code == 422 and "Вы уже запросили это" in again.text
    assert ask(teacher, cast, twins[1]).status_code == 302
    days = {"lessons_from": "2026-11-13", "lessons_to": "2026-11-13", "kinds": ["topic"]}
    address = f"/unlocks/new?course={cast.courses['own']}"
    answer = teacher.post(address, data=days | {"reason": "Была на курсах"})
    assert answer.status_code == 422


def test_a_replacing_teacher_asks_for_the_own_lesson_alone(
    login: Login, cast: Cast, db_session: Session, twins: tuple[int, int]
) -> None:
    lesson = db_session.get_one(Lesson, twins[1])
    lesson.replaced_staff_id, lesson.staff_id = lesson.staff_id, cast["other_teacher"].staff_id or 0
    db_session.commit()
    other = login("other_teacher")
    refused = ask(other, cast, *twins)
    assert refused.status_code == 422 and "Урок 13.11 был не ваш" in refused.text
    assert ask(other, cast, twins[1]).status_code == 302
