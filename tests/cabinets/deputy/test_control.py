"""The deputy's day of the school and the lessons not filled; the director's figures."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from journal.control.school_weeks import DayCounts, weeks_of
from journal.lessons.models import Lesson
from tests.cast import Cast
from tests.conftest import Login
from tests.counting import counted

PAGES = ("/deputy/", "/deputy/filling", "/director/")
STRANGERS = ("own_teacher", "administrator", "specialist", "parent", "pupil")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("who", [*STRANGERS, "foreign_teacher"])
def test_others_are_refused(login: Login, address: str, who: str) -> None:
    answer = login(who).get(address)
    assert answer.status_code == 403
    assert "Соколова" not in answer.text


def test_the_figures_are_the_directors(login: Login) -> None:
    assert login("director").get("/director/").status_code == 200
    assert login("deputy").get("/director/").status_code == 403


def test_the_day_shows_every_class_and_what_is_not_filled(login: Login, cast: Cast) -> None:
    text = login("deputy").get("/deputy/").text
    assert "Пятница, 20 ноября" in text
    assert "5А" in text and "5Б" in text
    assert text.count("не заполнен</span>") == 3, "the lesson of 5Б has not begun"
    assert f"/journal/{cast.courses['own']}#lesson-{cast.lessons['own']}" in text
    assert "Чуж" not in text


def test_a_substitution_and_a_cancelled_lesson_are_told(
    login: Login, cast: Cast, db_session: Session
) -> None:
    lesson = db_session.get_one(Lesson, cast.lessons["own"])
    lesson.replaced_staff_id = lesson.staff_id
    lesson.staff_id = cast["other_teacher"].staff_id or 0
    db_session.get_one(Lesson, cast.lessons["keeper"]).status = "cancelled"
    db_session.commit()
    text = login("deputy").get("/deputy/").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Лебедев О. П. вместо Соколова А. И." in text
    assert "отменён" in text


def test_a_day_off_says_so(login: Login) -> None:
    text = login("deputy").get("/deputy/?date=2026-11-22").text
    assert "В этот день уроков нет" in text


def test_filters_stand_in_the_address(login: Login, cast: Cast) -> None:
    deputy = login("deputy")
    everything = deputy.get("/deputy/filling").text
    assert everything.count("<section") == 3
    of_class = deputy.get("/deputy/filling?class=5Б").text
    assert "5Б, математика" in of_class and "5А, математика" not in of_class
    teacher = cast["own_teacher"].staff_id
    of_teacher = deputy.get(f"/deputy/filling?teacher={teacher}").text
    assert of_teacher.count("<section") == 1
    one_day = deputy.get("/deputy/filling?from=2026-11-20&to=2026-11-20").text
    assert "16.11" not in one_day.split("</form>")[1]
    assert deputy.get("/deputy/filling?from=garbage").status_code == 404
    assert "Всё заполнено" in deputy.get("/deputy/filling?from=2026-08-01&to=2026-08-02").text


@pytest.mark.parametrize(("address", "queries"), [("/deputy/", 3), ("/deputy/filling", 3)])
def test_queries_are_few(login: Login, app: Flask, address: str, queries: int) -> None:
    deputy = login("deputy")
    with counted(app) as statements:
        assert deputy.get(address).status_code == 200
    assert len(statements) == queries


def test_weeks_are_sums_of_their_days_and_small_numbers_give_no_share() -> None:
    monday = date(2026, 9, 28)
    days = [
        DayCounts(date(2026, 9, 28), 10, 7, 1, 12),
        DayCounts(date(2026, 10, 2), 5, 5, 0, 3),
        DayCounts(date(2026, 11, 20), 4, 4, 0, 9),
    ]
    weeks = weeks_of(days, monday)
    assert len(weeks) == 8
    assert (weeks[0].held, weeks[0].filled, weeks[0].cancelled, weeks[0].missed) == (15, 12, 1, 15)
    assert weeks[0].filled_share == 80
    assert weeks[0].missed_per_lesson == Fraction(1)
    assert weeks[1].filled_share is None
    assert weeks[7].filled_share is None, "four lessons are too few to be read as a share"
