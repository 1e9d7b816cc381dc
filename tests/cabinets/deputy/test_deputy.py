"""The deputy's desk and the lists of control: what is shown, to whom, at what cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.lessons.models import Lesson, Unlock
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Login
from tests.counting import counted


def page(login: Login, address: str, who: str = "deputy") -> str:
    answer = login(who).get(address)
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def substitute(session: Session, cast: Cast) -> None:
    changed = session.scalar(
        select(Lesson).where(
            Lesson.course_id == cast.courses["other_class"], Lesson.held_on == TODAY
        )
    )
    cancelled = session.get_one(Lesson, cast.lessons["same_class"])
    assert changed is not None
    changed.replaced_staff_id = changed.staff_id
    changed.staff_id = cast["own_teacher"].staff_id or 0
    cancelled.status = "cancelled"
    session.commit()


def test_the_day_of_the_school(login: Login, cast: Cast, db_session: Session) -> None:
    substitute(db_session, cast)
    text = page(login, "/deputy/")
    assert "<h1>Пятница, 20 ноября</h1>" in text
    assert "<b>3</b><span>уроков в этот день</span>" in text  # the cancelled one is out
    table = text[text.index('id="timetable"') :]
    assert "замена, по расписанию Лебедев" in table
    assert "отменён" in table and "<s" in table
    assert table.count("не заполнен<") == 2
    changes = text[text.index('id="changes"') : text.index('id="timetable"')]
    assert "Урок 4, 5Б, математика" in changes and "Урок 2, 5А, русский язык" in changes


def test_who_has_not_filled_what(login: Login, cast: Cast) -> None:
    text = page(login, "/deputy/")
    assert f'href="/control/not-filled?teacher={cast["own_teacher"].staff_id}"' in text
    assert text.index("Лебедев") < text.index("Соколова")  # most first


def test_requests_wait(login: Login, cast: Cast, db_session: Session) -> None:
    db_session.add(
        Unlock(
            organisation_id=cast.school,
            staff_id=cast["own_teacher"].staff_id,
            course_id=cast.courses["own"],
            lessons_from=TODAY - timedelta(days=7),
            lessons_before=TODAY - timedelta(days=6),
            kinds="topic",
            reason="Была на курсах",
            requested_at=NOW,
        )
    )
    db_session.commit()
    text = page(login, "/deputy/")
    assert "Решить о разблокировках (1)" in text
    assert "5А, математика, 13.11: тема" in text and "«Была на курсах»" in text


def test_a_day_off(login: Login) -> None:
    for address in ("/deputy/?date=2026-11-22", "/control/timetable?date=2026-11-22"):
        assert "В этот день уроков нет" in page(login, address)


@pytest.mark.parametrize("who", ["deputy", "director", "administrator"])
def test_the_timetable_is_read_by_three_roles(login: Login, cast: Cast, who: str) -> None:
    text = page(login, "/control/timetable", who)
    assert f"/journal/{cast.courses['own']}#lesson-{cast.lessons['own']}" in text
    assert "Чужов" not in text


def test_the_list_by_teacher(login: Login, cast: Cast) -> None:
    text = page(login, "/control/not-filled")
    assert "уроков: 5, самый старый 06.11, просрочено: 5" in text
    assert "просрочено, дней: 2" in text and "сегодня, 23:59" in text
    assert "Посещаемость не отмечена. Не записана тема. Нет домашнего задания" in text
    assert f"/journal/{cast.courses['own']}#lesson-" in text


def test_the_choice_stands_in_the_address(login: Login, cast: Cast) -> None:
    own, other = cast["own_teacher"].staff_id, cast.classes["other"]
    of_teacher = page(login, f"/control/not-filled?teacher={own}")
    assert "5А, математика" in of_teacher and "5А, литература" not in of_teacher
    assert f'<option value="{own}" selected>' in of_teacher
    of_class = page(login, f"/control/not-filled?class={other}")
    assert "5Б, математика" in of_class and "5А, математика" not in of_class
    of_day = page(login, "/control/not-filled?from=2026-11-16&to=2026-11-16")
    assert "16.11, урок 3" in of_day and "13.11, урок 3" not in of_day
    closed = page(login, "/control/not-filled?from=2026-10-05&to=2026-10-07")
    assert "?term=" in closed  # lessons of another quarter open there
    assert "Всё заполнено" in page(login, "/control/not-filled?class=999999")
    assert page(login, "/control/not-filled?from=2026-11-20&to=2026-11-01")


def test_a_garbled_day_is_no_page(login: Login) -> None:
    for address in ("/deputy/?date=x", "/control/timetable?date=x", "/control/not-filled?to=x"):
        assert login("deputy").get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "strangers"),
    [
        ("/deputy/", ("director", "administrator", "own_teacher", "class_teacher", "parent")),
        ("/control/not-filled", ("administrator", "own_teacher", "class_teacher", "pupil")),
        ("/control/timetable", ("own_teacher", "class_teacher", "specialist", "parent")),
    ],
)
def test_others_are_refused(login: Login, address: str, strangers: tuple[str, ...]) -> None:
    for who in strangers:
        assert login(who).get(address).status_code == 403, who
    assert login("deputy").post(address).status_code == 405


@pytest.mark.parametrize(
    ("address", "budget"),
    [("/deputy/", 6), ("/control/timetable", 4), ("/control/not-filled", 5)],
)
def test_queries(app: Flask, login: Login, address: str, budget: int) -> None:
    browser = login("deputy")
    with counted(app) as seen:
        assert browser.get(address).status_code == 200
    assert len(seen) <= budget, "\n\n".join(seen)
