"""A teacher asks, somebody else decides, the entries open for a while and close by themselves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.audit import AuditEntry
from journal.lessons.models import Unlock
from journal.people.models import RoleAssignment
from tests.cast import NOW, Cast
from tests.conftest import Client, Login
from tests.counting import counted
from tests.unlocks import pending_unlock

LOCKED = date(2026, 11, 13)


def address(cast: Cast, course: str = "own", **more: object) -> str:
    words = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/unlocks/new?course={cast.courses[course]}{words}"


def request_form(**changes: Any) -> dict[str, Any]:
    form: dict[str, Any] = {
        "lessons_from": LOCKED.isoformat(),
        "lessons_to": LOCKED.isoformat(),
        "kinds": ["topic", "homework"],
        "reason": "Была на курсах",
    }
    return form | changes


def unlocks(session: Session) -> list[Unlock]:
    return list(session.scalars(select(Unlock).order_by(Unlock.id)))


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))


@pytest.fixture
def pending(cast: Cast, db_session: Session) -> int:
    return pending_unlock(db_session, cast, LOCKED, LOCKED, kinds="topic,homework")


def test_the_form_is_filled_from_the_address(login: Login, cast: Cast) -> None:
    browser = login("own_teacher")
    text = browser.get(address(cast, date=LOCKED, kinds="topic,homework")).get_data(as_text=True)
    assert "Запросить разблокировку: 5А, математика" in text
    assert text.count('value="2026-11-13"') == 2
    assert text.count("checked") == 2
    by_lesson = browser.get(address(cast, lesson=cast.lessons["locked"])).get_data(as_text=True)
    assert "13.11, урок 3: Доли и дроби" in by_lesson and by_lesson.count("checked") == 1
    foreign = browser.get(address(cast, lesson=cast.lessons["foreign"])).get_data(as_text=True)
    assert foreign.count('value="2026-11-20"') == 2


def test_a_request_is_kept_and_audited(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("own_teacher")
    answer = browser.post(address(cast), data=request_form())
    assert answer.status_code == 302 and answer.location == "/unlocks/"
    (unlock,) = unlocks(db_session)
    assert (unlock.status, unlock.kinds, unlock.reason) == (
        "pending",
        "topic,homework",
        "Была на курсах",
    )
    assert (unlock.lessons_from, unlock.lessons_before) == (LOCKED, LOCKED + timedelta(days=1))
    assert unlock.staff_id == cast["own_teacher"].staff_id
    assert actions(db_session) == ["request_unlock"]
    text = browser.get("/unlocks/").get_data(as_text=True)
    assert "ждёт ответа" in text and "5А, математика, 13.11: тема, домашнее задание" in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kinds": []}, "Отметьте, что открыть"),
        ({"reason": ""}, "Напишите, почему записи опоздали"),
        ({"lessons_to": "2026-11-12"}, "Последний день раньше первого"),
        ({"lessons_to": "9999-12-31"}, "Укажите день между 1990 и 2100 годами"),
        ({"lessons_from": "0001-01-01"}, "Укажите день между 1990 и 2100 годами"),
        ({"lessons_to": "2026-11-24"}, "Разблокировка нужна только прошедшим урокам"),
        ({"lessons_from": "2026-10-01"}, "не больше 31"),
        ({"lessons_from": "2026-10-09", "lessons_to": "2026-10-09"}, "закрыт 29.10"),
        ({"lessons_from": "когда-то"}, "field-error"),
        ({"kinds": ["everything"]}, "field-error"),
    ],
)
def test_what_cannot_help_is_refused(
    login: Login, cast: Cast, db_session: Session, changes: dict[str, Any], sentence: str
) -> None:
    answer = login("own_teacher").post(address(cast), data=request_form(**changes))
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert unlocks(db_session) == [] and actions(db_session) == []


def test_a_pending_request_is_not_repeated(
    login: Login, cast: Cast, db_session: Session, pending: int
) -> None:
    answer = login("own_teacher").post(address(cast), data=request_form(kinds=["topic"]))
    assert answer.status_code == 422
    assert "Вы уже запросили это 20.11 10:42" in answer.get_data(as_text=True)
    assert len(unlocks(db_session)) == 1


@pytest.mark.parametrize(
    ("who", "course", "status"),
    [
        ("own_teacher", "other_class", 403),
        ("own_teacher", "foreign", 404),
        ("class_teacher", "own", 403),
        ("deputy", "own", 403),
        ("director", "own", 403),
        ("administrator", "own", 403),
        ("parent", "own", 403),
        ("pupil", "own", 403),
        ("foreign_teacher", "own", 404),
    ],
)
def test_only_the_teacher_of_the_course_asks(
    login: Login, cast: Cast, db_session: Session, who: str, course: str, status: int
) -> None:
    browser = login(who)
    assert browser.get(address(cast, course)).status_code == status
    assert browser.post(address(cast, course), data=request_form()).status_code == status
    assert unlocks(db_session) == []


@pytest.mark.parametrize("query", ["", "?course=999999", "?course=пять"])
def test_a_course_must_be_named(login: Login, query: str) -> None:
    browser = login("own_teacher")
    assert browser.get(f"/unlocks/new{query}").status_code == 404
    assert browser.post(f"/unlocks/new{query}", data=request_form()).status_code == 404


@pytest.mark.parametrize("who", ["deputy", "administrator"])
def test_granting_opens_for_a_while(
    login: Login, cast: Cast, db_session: Session, pending: int, who: str
) -> None:
    answer = login(who).post(
        f"/unlocks/{pending}/decide", data={"decision": "grant", "hours": "4", "note": ""}
    )
    assert answer.status_code == 302
    (unlock,) = unlocks(db_session)
    assert (unlock.status, unlock.expires_at) == ("granted", NOW + timedelta(hours=4))
    assert unlock.decided_by == cast[who].staff_id
    entry = db_session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.object_id, entry.grant_id) == ("grant_unlock", pending, pending)


def test_the_grant_shows_and_ends_by_itself(
    app: Flask, login: Login, db_session: Session, pending: int
) -> None:
    unlock = db_session.get_one(Unlock, pending)
    unlock.status, unlock.decided_at, unlock.expires_at = "granted", NOW, NOW + timedelta(hours=2)
    db_session.commit()
    browser = login("own_teacher")
    home = browser.get("/teacher/").get_data(as_text=True)
    assert "открыто до 20.11 12:42" in home and "открыто: сегодня, 12:42" in home
    app.config["CLOCK"] = lambda: NOW + timedelta(hours=2)
    assert "время вышло" in browser.get("/unlocks/").get_data(as_text=True)
    assert "закрыто 13.11 23:59" in browser.get("/teacher/").get_data(as_text=True)


def test_refusing_wants_words(login: Login, db_session: Session, pending: int) -> None:
    browser = login("deputy")
    bare = browser.post(f"/unlocks/{pending}/decide", data={"decision": "refuse", "hours": "2"})
    assert bare.status_code == 422
    assert "Напишите причину отказа" in bare.get_data(as_text=True)
    assert unlocks(db_session)[0].status == "pending" and actions(db_session) == []
    note = {"decision": "refuse", "note": "Нужна докладная"}
    assert browser.post(f"/unlocks/{pending}/decide", data=note).status_code == 302
    assert (unlocks(db_session)[0].status, unlocks(db_session)[0].expires_at) == ("refused", None)
    assert actions(db_session) == ["refuse_unlock"]
    assert "«Нужна докладная»" in login("own_teacher").get("/teacher/").get_data(as_text=True)


def test_a_request_is_decided_once(login: Login, db_session: Session, pending: int) -> None:
    first = {"decision": "grant", "hours": "1"}
    login("deputy").post(f"/unlocks/{pending}/decide", data=first)
    again = login("administrator").post(
        f"/unlocks/{pending}/decide", data={"decision": "refuse", "note": "поздно"}
    )
    assert again.status_code == 422
    assert "По этому запросу уже есть решение" in again.get_data(as_text=True)
    assert unlocks(db_session)[0].status == "granted"


@pytest.mark.parametrize(
    "form", [{"decision": "grant", "hours": "3"}, {"decision": "grant", "hours": "все"}]
)
def test_an_unlisted_length_is_refused(
    login: Login, db_session: Session, pending: int, form: dict[str, str]
) -> None:
    answer = login("deputy").post(f"/unlocks/{pending}/decide", data=form)
    assert answer.status_code == 422
    assert unlocks(db_session)[0].status == "pending"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("own_teacher", 403),
        ("class_teacher", 403),
        ("director", 403),
        ("parent", 403),
        ("pupil", 403),
        ("foreign_administrator", 404),
    ],
)
def test_others_do_not_decide(
    login: Login, db_session: Session, pending: int, who: str, status: int
) -> None:
    form = {"decision": "grant", "hours": "2"}
    assert login(who).post(f"/unlocks/{pending}/decide", data=form).status_code == status
    assert unlocks(db_session)[0].status == "pending"


def test_nobody_decides_his_own(
    login: Login, cast: Cast, db_session: Session, pending: int
) -> None:
    person = cast["own_teacher"].person_id
    role = Role.DEPUTY_DIRECTOR.value
    db_session.add(RoleAssignment(organisation_id=cast.school, person_id=person, role=role))
    db_session.commit()
    browser = login("own_teacher")
    assert "Решение по вашему запросу принимает другой" in listing(browser)
    answer = browser.post(f"/unlocks/{pending}/decide", data={"decision": "grant", "hours": "2"})
    assert answer.status_code == 403
    assert unlocks(db_session)[0].status == "pending"


def test_bad_numbers_and_methods(login: Login, pending: int) -> None:
    browser = login("deputy")
    form = {"decision": "grant", "hours": "2"}
    assert browser.post("/unlocks/999999/decide", data=form).status_code == 404
    assert browser.get(f"/unlocks/{pending}/decide").status_code == 405
    assert browser.post(f"/unlocks/{pending}/decide", data={"decision": "?"}).status_code == 404


def listing(browser: Client, query: str = "") -> str:
    return browser.get(f"/unlocks/{query}").get_data(as_text=True)


def test_who_sees_which_list(login: Login, pending: int) -> None:
    teacher, director = listing(login("own_teacher")), listing(login("director"))
    deputy, colleague = listing(login("deputy")), listing(login("other_teacher"))
    assert "Ваши запросы" in teacher and "Журнал разблокировок" not in teacher
    assert "Журнал разблокировок" in director and "Ждут решения" not in director
    assert "Ждут решения" in deputy and "Журнал разблокировок" in deputy
    assert "Была на курсах" not in colleague
    assert login("parent").get("/unlocks/").status_code == 403
    assert "Была на курсах" not in listing(login("foreign_administrator"))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?state=pending", True),
        ("?state=open", False),
        ("?state=refused", False),
        ("?state=expired", False),
        ("?state=чужое", True),
        ("?page=2", False),
    ],
)
def test_the_register_is_filtered_by_its_address(
    login: Login, pending: int, query: str, shown: bool
) -> None:
    text = listing(login("director"), query)
    assert ("Была на курсах" in text) is shown


def test_queries_of_the_lists(app: Flask, login: Login, pending: int) -> None:
    for who, budget in (("own_teacher", 2), ("deputy", 3), ("director", 2)):
        browser = login(who)
        with counted(app) as seen:
            listing(browser)
        assert len(seen) <= budget, seen
