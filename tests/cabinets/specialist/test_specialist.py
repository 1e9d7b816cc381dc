"""The specialist's desk: absences of the day, and the honest list of those who miss too much."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence
from journal.lessons.models import Lesson
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Login
from tests.counting import counted


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
    before = page(login)
    assert "Абрамова Дарья" in before  # 1 of 2 lessons with attendance taken
    assert "50,0&nbsp;%" in before
    take(db_session, cast, lessons=6, missed=0, pupil="third")
    assert "Таких учеников нет" in page(login)  # 1 of 6


def test_over_the_limit(login: Login, cast: Cast, db_session: Session) -> None:
    take(db_session, cast, lessons=6, missed=5, pupil="classmate")
    text = page(login)
    risk = text[text.index('id="risk"') :]
    assert "Жуков Иван" in risk and "Ёлкин" not in risk
    assert "Как посчитано:" in risk
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
    assert len(seen) <= 7, "\n\n".join(seen)
