"""The teacher's desk: what it shows on which day, and what it costs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.lessons.models import Homework, Lesson, Unlock
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Login
from tests.counting import counted

READERS = ("own_teacher", "other_teacher", "class_teacher")
STRANGERS = ("deputy", "director", "administrator", "specialist", "parent", "pupil")


def page(login: Login, address: str = "/teacher/", who: str = "own_teacher") -> str:
    answer = login(who).get(address)
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def lesson(session: Session, cast: Cast, name: str) -> Lesson:
    return session.get_one(Lesson, cast.lessons[name])


def test_the_lesson_that_is_on(login: Login, cast: Cast) -> None:
    text = page(login)
    assert "<h1>Пятница, 20 ноября</h1>" in text
    assert "сейчас 10:42, идёт урок 3" in text
    assert "10:25–11:10" in text
    assert 'aria-current="time"' in text
    assert "заполнено: 0 из 1 начавшихся" in text
    assert "домашнее задание, до 23:59" in text
    assert "посещаемость, до 22.11 23:59" in text
    assert f"/journal/{cast.courses['own']}#lesson-{cast.lessons['own']}" in text


def test_a_filled_lesson_says_so(login: Login, cast: Cast, db_session: Session) -> None:
    today = lesson(db_session, cast, "own")
    today.topic = "Сложение дробей"
    today.attendance_taken_at = NOW
    db_session.add(
        Homework(organisation_id=cast.school, lesson_id=today.id, nothing_set=True, entered_at=NOW)
    )
    db_session.commit()
    text = page(login)
    assert "Сложение дробей" in text
    assert "всё заполнено" in text
    assert "заполнено: 1 из 1 начавшихся" in text


def test_debts_by_deadline_then_closed_ones(login: Login, cast: Cast) -> None:
    text = page(login)
    debts = text[text.index("Не закрыто за прошлые дни") :]
    assert "закрыто 18.11 23:59" in debts  # Monday the 16th: day +2 is over
    assert "закрыто 13.11 23:59" in debts  # homework of Friday the 13th: its own day
    assert "Посещаемость не отмечена. Не записана тема. Нет домашнего задания" in debts
    assert re.search(rf"/unlocks/new\?course={cast.courses['own']}&amp;lesson=\d+", debts)
    assert "09.10" not in debts  # older than two weeks


def test_an_open_debt_leads_to_the_journal(login: Login, cast: Cast, db_session: Session) -> None:
    recent = lesson(db_session, cast, "recent")
    recent.topic = None
    db_session.commit()
    text = page(login)
    assert "сегодня, 23:59" in text
    assert f"/journal/{cast.courses['own']}#lesson-{recent.id}" in text
    assert text.index("сегодня, 23:59") < text.index("закрыто 18.11 23:59")


def test_substitutions_of_both_kinds(login: Login, cast: Cast, db_session: Session) -> None:
    taken_over = db_session.scalar(
        select(Lesson).where(
            Lesson.course_id == cast.courses["other_class"], Lesson.held_on == TODAY
        )
    )
    given = lesson(db_session, cast, "future")
    assert taken_over is not None
    own, other = cast["own_teacher"].staff_id, cast["other_teacher"].staff_id
    taken_over.staff_id, taken_over.replaced_staff_id = own, other
    given.staff_id, given.replaced_staff_id = other, own
    db_session.commit()
    text = page(login)
    assert "5Б, математика" in text
    assert "замена, по расписанию Лебедев" in text
    assert "замена: вместо вас Лебедев" in text
    assert "вместо вас Лебедев" in page(login, "/teacher/?date=2026-11-23")


def test_a_cancelled_lesson_lacks_nothing(login: Login, cast: Cast, db_session: Session) -> None:
    lesson(db_session, cast, "own").status = "cancelled"
    db_session.commit()
    text = page(login)
    assert "Урок отменён" in text
    assert "домашнее задание, до 23:59" not in text


@pytest.mark.parametrize(
    ("asked", "heading", "shown"),
    [
        ("2026-11-21", "Суббота, 21 ноября", "понедельник, 23 ноября"),
        ("2026-10-26", "Понедельник, 26 октября", "понедельник, 2 ноября"),
    ],
)
def test_a_day_without_lessons_shows_the_next_one(
    login: Login, asked: str, heading: str, shown: str
) -> None:
    text = page(login, f"/teacher/?date={asked}")
    assert f"<h1>{heading}</h1>" in text
    assert f"В этот день у вас нет уроков. Ближайшие: {shown}." in text
    assert "5А, математика" in text


def test_no_lessons_ahead(login: Login) -> None:
    assert "Впереди уроков нет" in page(login, "/teacher/?date=2027-07-04")


def test_a_garbled_day_is_no_page(login: Login) -> None:
    assert login("own_teacher").get("/teacher/?date=вчера").status_code == 404


def test_own_requests_stand_beside(login: Login, cast: Cast, db_session: Session) -> None:
    db_session.add(
        Unlock(
            organisation_id=cast.school,
            staff_id=cast["own_teacher"].staff_id,
            course_id=cast.courses["own"],
            lessons_from=TODAY - timedelta(days=4),
            lessons_before=TODAY - timedelta(days=3),
            kinds="attendance,topic,homework",
            reason="болезнь",
            requested_at=NOW,
        )
    )
    db_session.commit()
    text = page(login)
    assert "ждёт ответа" in text
    assert "разблокировка запрошена" in text
    assert "5А, математика, 16.11: посещаемость, тема, домашнее задание" in text


def test_a_colleague_sees_his_own_lessons_only(login: Login) -> None:
    text = page(login, who="other_teacher")
    assert "5Б, математика" in text
    assert "5А, математика" not in text


@pytest.mark.parametrize("address", ["/teacher/", "/teacher/courses", "/teacher/week"])
@pytest.mark.parametrize("who", STRANGERS)
def test_others_have_no_desk(login: Login, who: str, address: str) -> None:
    assert login(who).get(address).status_code == 403


@pytest.mark.parametrize("address", ["/teacher/", "/teacher/courses", "/teacher/week"])
def test_posting_is_refused(login: Login, address: str) -> None:
    assert login("own_teacher").post(address).status_code == 405


@pytest.mark.parametrize(
    ("address", "budget"),
    [
        ("/teacher/", 4),
        ("/teacher/?date=2026-10-26", 5),
        ("/teacher/?date=2026-12-28", 6),
        ("/teacher/courses", 4),
        ("/teacher/week", 3),
    ],
)
def test_queries_do_not_grow(
    app: Flask, login: Login, db_session: Session, address: str, budget: int
) -> None:
    browser = login("own_teacher")
    with counted(app) as seen:
        assert browser.get(address).status_code == 200
    assert len(seen) <= budget, "\n\n".join(seen)


def test_own_journals(login: Login, cast: Cast) -> None:
    text = page(login, "/teacher/courses")
    assert f'href="/journal/{cast.courses["own"]}"' in text
    assert f'href="/journal/{cast.courses["other_class"]}"' not in text
    assert "часов в неделю сейчас: 3" in text
    assert "весь год" in text


def test_a_substituted_course_stands_apart(login: Login, cast: Cast, db_session: Session) -> None:
    other = lesson(db_session, cast, "other_class")
    other.replaced_staff_id, other.staff_id = other.staff_id, cast["own_teacher"].staff_id or 0
    db_session.commit()
    text = page(login, "/teacher/courses")
    apart = text[text.index("Заменённые уроки") :]
    assert f'href="/journal/{cast.courses["other_class"]}"' in apart
    assert "16.11.2026" in apart


def test_own_week(login: Login) -> None:
    text = page(login, "/teacher/week")
    assert "<h1>Неделя 16.11–20.11.2026</h1>" in text
    assert text.count("5А, математика") == 3
    assert "На этой неделе уроков нет" in page(login, "/teacher/week?date=2026-10-28")


def test_in_english_the_month_keeps_its_capital(login: Login, cast: Cast) -> None:
    browser = login("own_teacher")
    browser.post("/language/en", data={"next": "/teacher/"})
    assert "<h1>Friday, 20 November</h1>" in browser.get("/teacher/").text
