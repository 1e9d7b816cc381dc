"""The specialist's desk: absences of the day, and the honest list of those who miss too much."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence
from journal.lessons.models import Lesson
from journal.people.models import Pupil
from journal.school.models import ClassGroup
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Login
from tests.counting import counted
from tests.factories import SchoolBuilder


def page(login: Login, query: str = "") -> str:
    answer = login("specialist").get(f"/specialist/{query}")
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def take(session: Session, cast: Cast, *, lessons: int, missed: int, pupil: str) -> None:
    """Attendance of the latest lessons of 5А is taken; the pupil missed the first of them."""
    held = session.scalars(
        select(Lesson)
        .where(Lesson.course_id == cast.courses["own"], Lesson.ends_at <= NOW)
        .order_by(Lesson.starts_at.desc())
        .limit(lessons)
    ).all()
    known = set(session.scalars(select(Absence.lesson_id)))
    for number, lesson in enumerate(held):
        lesson.attendance_taken_at = lesson.ends_at
        if number < missed and lesson.id not in known:
            session.add(
                Absence(
                    organisation_id=cast.school,
                    lesson_id=lesson.id,
                    pupil_id=cast.pupils[pupil],
                    code="p",
                    entered_at=NOW,
                )
            )
    session.commit()


def test_absences_of_the_day(login: Login) -> None:
    text = page(login, "?date=2026-11-13")
    assert "Абрамова Дарья" in text and '3&nbsp;<b class="c-b">б</b>' in text
    late_only = page(login, "?date=2026-11-18")
    assert "Отсутствующих не отмечено" in late_only  # ten minutes late is present


def test_the_risk_list_counts_entries(login: Login, cast: Cast, db_session: Session) -> None:
    assert "В группе риска никого нет" in page(login)  # 1 of 2 lessons says nothing
    take(db_session, cast, lessons=6, missed=2, pupil="third")
    text = page(login)
    assert "Абрамова Дарья" in text
    assert "пропущено уроков: 2 из 6" in text


def test_not_attested_ahead(login: Login, cast: Cast, db_session: Session) -> None:
    take(db_session, cast, lessons=6, missed=5, pupil="third")
    text = page(login, "?why=ahead")
    risk = text[text.index('id="risk"') :]
    assert "грозит н/а</a>: математика" in risk
    assert "Абрамова" not in page(login, "?why=falls").split('id="absent"')[0]
    card = login("specialist").get(f"/specialist/pupils/{cast.pupils['third']}")
    assert "Отметок: 0, нужно: 3. Пропущено уроков:" in card.get_data(as_text=True)


def test_an_average_that_fell(login: Login, cast: Cast, db_session: Session) -> None:
    school = SchoolBuilder.of(db_session, cast.school)
    pupil = db_session.get_one(Pupil, cast.pupils["classmate"])
    for name, value in (("closed", "5"), ("recent", "2")):
        lesson = db_session.get_one(Lesson, cast.lessons[name])
        for _ in range(3):
            school.mark(school.work(lesson), pupil, value, NOW)
    db_session.commit()
    text = page(login)
    assert "снизились средние баллы</a>: математика" in text
    assert "4,50 → 2,43" in text
    card = login("specialist").get(f"/specialist/pupils/{pupil.id}").get_data(as_text=True)
    assert "(3 + 5 + 5 + 5) : (1 + 1 + 1 + 1) = 18 : 4 = 4,50" in " ".join(card.split())


def test_over_the_limit(login: Login, cast: Cast, db_session: Session) -> None:
    take(db_session, cast, lessons=6, missed=5, pupil="classmate")
    text = page(login)
    risk = text[text.index('id="risk"') :]
    assert "Жуков Иван" in risk and "Ёлкин" not in risk
    assert "больше 30 % уроков" in risk
    assert TODAY.strftime("%d.%m") in risk


@pytest.mark.parametrize("who", ["own_teacher", "class_teacher", "deputy", "director", "parent"])
def test_others_are_refused(login: Login, who: str) -> None:
    assert login(who).get("/specialist/").status_code == 403


def test_bad_days_and_methods(login: Login) -> None:
    assert login("specialist").get("/specialist/?date=x").status_code == 404
    assert login("specialist").post("/specialist/").status_code == 405


def test_queries(app: Flask, login: Login) -> None:
    browser = login("specialist")
    with counted(app) as seen:
        assert browser.get("/specialist/").status_code == 200
    assert len(seen) <= 10, "\n\n".join(seen)


def test_namesakes_of_one_class_are_two_pupils(
    login: Login, cast: Cast, db_session: Session
) -> None:
    """Each stands there once, with all of his lessons."""
    school = SchoolBuilder.of(db_session, cast.school)
    twin = school.pupil("Ёлкин Артём Игоревич", db_session.get_one(ClassGroup, cast.classes["own"]))
    for pupil in (db_session.get_one(Pupil, cast.pupils["pupil"]), twin):
        for name in ("keeper", "same_class", "own"):
            school.absence(db_session.get_one(Lesson, cast.lessons[name]), pupil)
    db_session.commit()
    assert page(login).count("Ёлкин Артём") == 2
