"""The administrator sets the edit windows: versions ahead, exceptions, days for checking."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.outbox import OutboxEvent
from journal.grading.models import WorkType
from journal.lessons.models import EditPolicy, WindowExtension
from tests.cast import Cast
from tests.conftest import Client, Login

TODAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 21)


def version(**changes: Any) -> dict[str, Any]:
    kinds = ("marks", "attendance", "class_attendance", "topic", "homework")
    form: dict[str, Any] = {f"{kind}_days": "3" for kind in kinds}
    form |= {"valid_from": TOMORROW.isoformat(), "counting": "calendar", "mark_with_absence": "y"}
    return form | changes


def exception(**changes: Any) -> dict[str, Any]:
    form: dict[str, Any] = {
        "lessons_from": "2026-11-12",
        "lessons_to": "2026-11-13",
        "last_day": "2026-11-20",
        "kinds": ["marks", "topic"],
        "reason": "Не было электричества",
    }
    return form | changes


def policies(session: Session) -> list[EditPolicy]:
    session.expire_all()
    return list(session.scalars(select(EditPolicy).order_by(EditPolicy.valid_from)))


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))


def test_the_page_begins_with_the_regulation(login: Login, cast: Cast) -> None:
    text = login("administrator").get("/school/windows").text
    assert "Действуют сроки положения" in text
    assert 'value="2026-11-21"' in text  # offered from tomorrow on
    assert "пт 20 ноября" in text and "22.11 23:59" in text  # until when today's marks
    assert "27.11 23:59" in text  # and those of a контрольная


def test_a_version_is_shown_before_it_is_saved(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser = login("administrator")
    answer = browser.post("/school/windows/versions", data=version(marks_days="5", look="1"))
    assert answer.status_code == 200 and policies(db_session) == []
    assert "28.11 23:59" in answer.text  # Monday 23.11 + 5
    asked = browser.get(
        "/school/windows/preview", query_string=version(marks_days="1", counting="school")
    )
    assert "<html" not in asked.text
    # The first school day from tomorrow on is Monday: to the end of Tuesday instead of Wednesday.
    assert "<s" in asked.text and "25.11 23:59" in asked.text and "<b>24.11 23:59</b>" in asked.text


def test_a_version_is_saved_audited_and_taken_back(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser = login("administrator")
    saved = browser.post("/school/windows/versions", data=version(counting="school"))
    assert saved.status_code == 302
    (row,) = policies(db_session)
    assert (row.valid_from, row.marks_days, row.working) == (TOMORROW, 3, True)
    assert "впереди" in browser.get("/school/windows").text
    browser.post(
        "/school/windows/versions", data=version(marks_days="4")
    )  # replaced while it lies ahead
    (row,) = policies(db_session)
    assert (row.marks_days, row.working) == (4, False)
    assert browser.post(f"/school/windows/{row.id}/drop").status_code == 302
    assert policies(db_session) == []
    assert actions(db_session) == ["set_policy", "set_policy", "drop_policy"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"valid_from": "2026-11-19"}, "задним числом не меняются"),
        ({"valid_from": ""}, "Укажите первый день"),
        ({"marks_days": "61"}, "от 0 до 60"),
        ({"marks_days": "-1"}, "от 0 до 60"),
        ({"topic_days": ""}, "Укажите число дней"),
        ({"topic_days": "два"}, "field-error"),
        ({"counting": "lunar"}, "field-error"),
    ],
)
def test_what_cannot_be_is_refused(
    login: Login, cast: Cast, db_session: Session, changes: dict[str, str], sentence: str
) -> None:
    answer = login("administrator").post("/school/windows/versions", data=version(**changes))
    assert answer.status_code == 422 and sentence in answer.text
    assert policies(db_session) == [] and actions(db_session) == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("valid_from", "0002-09-01", "между 1990 и 2100"),  # while a year is being typed
        ("valid_from", "9999-12-31", "между 1990 и 2100"),
        ("marks_days", "2147483648", "от 0 до 60"),
        ("topic_days", "99999999999999999999", "от 0 до 60"),
    ],
)
def test_a_preview_of_what_cannot_be_shows_the_present(
    login: Login, cast: Cast, db_session: Session, field: str, value: str, said: str
) -> None:
    browser = login("administrator")
    typed = version(**{field: value}, counting="school")
    assert browser.get("/school/windows/preview", query_string=typed).status_code == 200
    for more in ({"look": "1"}, {}):
        answer = browser.post("/school/windows/versions", data=typed | more)
        assert answer.status_code == 422 and said in answer.text
    assert policies(db_session) == []


def test_a_version_in_force_stays(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("administrator")
    browser.post("/school/windows/versions", data=version(valid_from=TODAY.isoformat()))
    again = browser.post("/school/windows/versions", data=version(valid_from=TODAY.isoformat()))
    assert again.status_code == 422 and "уже действует другая редакция" in again.text
    (row,) = policies(db_session)
    assert browser.post(f"/school/windows/{row.id}/drop").status_code == 422
    assert len(policies(db_session)) == 1


@pytest.mark.parametrize("who", ["deputy", "director", "own_teacher", "parent"])
def test_others_do_not_set_them(login: Login, cast: Cast, db_session: Session, who: str) -> None:
    browser = login(who)
    assert browser.get("/school/windows").status_code == 403
    for path in ("/versions", "/extensions", "/work-types", "/1/drop", "/extensions/1/end"):
        assert browser.post(f"/school/windows{path}", data=version()).status_code == 403
    assert policies(db_session) == []


def save_mark(browser: Client, cast: Cast) -> int:
    body = {"op": "windows-0001", "kind": "put_mark", "base": 0, "value": "5", "work": None}
    body |= {"mark": None, "lesson": cast.lessons["locked"], "pupil": cast.pupils["third"]}
    answer = browser.post(f"/journal/{cast.courses['own']}/save", json={"operations": [body]})
    return int(answer.status_code)


def test_an_exception_opens_the_lessons_and_is_told(
    login: Login, cast: Cast, db_session: Session
) -> None:
    teacher, administrator = login("own_teacher"), login("administrator")
    assert save_mark(teacher, cast) == 423
    answer = administrator.post("/school/windows/extensions", data=exception(grades="5"))
    assert answer.status_code == 302
    row = db_session.scalars(select(WindowExtension)).one()
    assert (row.lessons_before, row.grades) == (date(2026, 11, 14), frozenset({5}))
    assert "электричества" in db_session.scalars(select(OutboxEvent.facts)).one()
    assert "до конца дня 20.11" in administrator.get("/school/windows").text
    assert save_mark(teacher, cast) == 200
    assert administrator.post(f"/school/windows/extensions/{row.id}/end").status_code == 302
    db_session.expire_all()
    ended = db_session.get_one(WindowExtension, row.id).ended_at
    assert isinstance(ended, datetime)
    assert actions(db_session).count("extend_windows") == 1
    assert actions(db_session)[-1] == "end_extension"


@pytest.mark.parametrize(
    "changes",
    [
        {"grades": "6"},
        {"kinds": ["homework"]},
        {"teacher": "other_teacher"},
        {"course": "same_class"},
        {"lessons_to": "2026-11-12"},
    ],
)
def test_an_exception_opens_nothing_else(
    login: Login, cast: Cast, db_session: Session, changes: dict[str, Any]
) -> None:
    if "teacher" in changes:
        changes = {"teacher": cast["other_teacher"].staff_id}
    if "course" in changes:
        changes = {"course": cast.courses["same_class"]}
    answer = login("administrator").post("/school/windows/extensions", data=exception(**changes))
    assert answer.status_code == 302
    assert save_mark(login("own_teacher"), cast) == 423


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kinds": []}, "Отметьте, что открыть"),
        ({"lessons_to": "2026-11-11"}, "Последний день раньше первого"),
        ({"lessons_from": "2026-08-01"}, "не больше 92 дней"),
        ({"last_day": "2026-11-19"}, "Этот день прошёл"),
        ({"lessons_from": "2026-11-25", "lessons_to": "2026-11-25"}, "Уроки позже этого дня"),
        ({"last_day": "2028-01-01"}, "в пределах года"),
        ({"reason": "так"}, "Напишите причину"),
        ({"grades": "пятые"}, "field-error"),
        ({"teacher": "999999"}, "field-error"),
    ],
)
def test_an_exception_that_helps_nobody_is_refused(
    login: Login, cast: Cast, db_session: Session, changes: dict[str, Any], sentence: str
) -> None:
    answer = login("administrator").post("/school/windows/extensions", data=exception(**changes))
    assert answer.status_code == 422 and sentence in answer.text
    assert db_session.scalars(select(WindowExtension)).all() == []


def test_days_for_checking(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("administrator")
    kinds = {row.name: row.id for row in db_session.scalars(select(WorkType))}
    test, answer = kinds["Контрольная работа"], kinds["Ответ на уроке"]
    form = {f"type-{test}": "14", f"type-{answer}": ""}
    assert browser.post("/school/windows/work-types", data=form).status_code == 302
    db_session.expire_all()
    assert db_session.get_one(WorkType, test).checking_days == 14
    assert actions(db_session) == ["set_checking_days"]
    for typed in ("много", "61"):
        refused = browser.post("/school/windows/work-types", data={f"type-{test}": typed})
        assert refused.status_code == 422
    assert browser.post("/school/windows/work-types", data={"type-999999": "3"}).status_code == 404
    db_session.expire_all()
    assert db_session.get_one(WorkType, test).checking_days == 14
