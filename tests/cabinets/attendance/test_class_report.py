"""Attendance of a class on the screen and in files."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import openpyxl
import pypdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.lessons.models import Lesson
from journal.people.models import Pupil
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.factories import SchoolBuilder

DAYS = "from=2026-11-02&to=2026-11-20"


def address(cast: Cast, ending: str = "", query: str = DAYS) -> str:
    return f"/reports/attendance/classes/{cast.classes['own']}{ending}?{query}"


def rows_of(client: Client, cast: Cast, query: str = DAYS) -> list[dict[str, str]]:
    text = client.get(address(cast, "/report.csv", query)).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def missed(cast: Cast, db_session: Session) -> None:
    """On Wednesday 11 November, a day of one lesson, the pupil is ill and the classmate late."""
    lesson = db_session.scalars(
        select(Lesson).where(
            Lesson.course_id == cast.courses["own"], Lesson.held_on == date(2026, 11, 11)
        )
    ).one()
    lesson.attendance_taken_at = lesson.ends_at
    school = SchoolBuilder.of(db_session, cast.school)
    school.absence(lesson, db_session.get_one(Pupil, cast.pupils["pupil"]), "b")
    school.absence(lesson, db_session.get_one(Pupil, cast.pupils["classmate"]), "o", minutes=5)
    db_session.commit()


@pytest.mark.usefixtures("missed")
def test_page_and_files_say_the_same(cast: Cast, login: Login) -> None:
    client = login("class_teacher")
    rows = {row["Фамилия, имя"]: row for row in rows_of(client, cast)}
    assert list(rows) == ["Абрамова Дарья", "Ёлкин Артём", "Жуков Иван", "Всего по классу"]
    mine = rows["Ёлкин Артём"]
    assert [mine[head] for head in ("Пропущено дней", "из них по болезни")] == ["1", "1"]
    assert (mine["Пропущено уроков"], mine["по болезни"]) == ("1", "1")
    assert (rows["Жуков Иван"]["Опоздания"], rows["Жуков Иван"]["Посещаемость, %"]) == (
        "1",
        "100,0",
    )
    # Three weeks: maths 9 times, Russian 6, reading 6, but today's maths is still on.
    assert mine["Подлежало посещению уроков"] == "20"
    assert (mine["Посещаемость, %"], mine["Не отмечено уроков"]) == ("95,0", "17")
    assert rows["Всего по классу"]["Не отмечено уроков"] == "17"
    page = client.get(address(cast)).text
    assert ">95,0</a>" in page and "Посещаемость не отмечена на уроках: 17." in page
    book = openpyxl.load_workbook(io.BytesIO(client.get(address(cast, "/report.xlsx")).data))
    table = [list(row) for row in book.worksheets[0].values]
    head = table[0]
    (line,) = [row for row in table if row[1] == "Ёлкин Артём"]
    assert (line[head.index("Посещаемость, %")], line[head.index("Пропущено уроков")]) == (95, 1)
    printed = pypdf.PdfReader(io.BytesIO(client.get(address(cast, "/report.pdf")).data))
    text = printed.pages[0].extract_text()
    assert len(printed.pages) == 1
    for words in ("Посещаемость класса", "02.11.2026–20.11.2026", "95,0", "Контрольный код"):
        assert words in text


@pytest.mark.usefixtures("missed")
def test_views_and_a_subject(cast: Cast, login: Login) -> None:
    client = login("deputy")
    subjects = {row["Предмет"]: row for row in rows_of(client, cast, f"{DAYS}&view=subjects")}
    # The third pupil was ill on the 13th.
    assert subjects["Математика"]["Пропущено уроков"] == "2"
    assert subjects["Литература"]["Пропущено уроков"] == "0"
    cross = {row["Фамилия, имя"]: row for row in rows_of(client, cast, f"{DAYS}&view=cross")}
    assert (cross["Ёлкин Артём"]["Математика"], cross["Ёлкин Артём"]["Литература"]) == ("1", "0")
    one = rows_of(client, cast, f"{DAYS}&subject={cast.subjects['reading']}")
    assert "Пропущено дней" not in one[0]
    assert {row["Пропущено уроков"] for row in one} == {"0"}


@pytest.mark.usefixtures("missed")
def test_figures_open_their_lessons(cast: Cast, login: Login) -> None:
    about = f"{DAYS}&pupil={cast.pupils['pupil']}"
    keeper, specialist = login("class_teacher"), login("specialist")
    text = keeper.get(address(cast, "/why", f"{about}&figure=missed")).text
    assert "11.11, 3" in text and "болезнь" in text
    assert f"/journal/{cast.courses['own']}" in text
    for figure, words in (
        ("share", "(20 − 1) : 20 = 95,0 %"),
        ("due", "запланировано 20 − не состоялось 0 − освобождён 0 = 20"),
        ("days", "среда, 11 ноября"),
    ):
        assert words in keeper.get(address(cast, "/why", f"{about}&figure={figure}")).text
    # The specialist reads attendance and no journal.
    text = specialist.get(address(cast, "/why", f"{about}&figure=missed")).text
    assert "11.11, 3" in text and "/journal/" not in text.split("<main")[1]


def test_the_leaver_stands_with_his_last_day(cast: Cast, login: Login) -> None:
    rows = rows_of(login("director"), cast, "from=2026-09-01&to=2026-10-31")
    assert "Рыбин Глеб\nвыбыл(а) 12.10.2026" in [row["Фамилия, имя"] for row in rows]
    assert not any("Рыбин" in row["Фамилия, имя"] for row in rows_of(login("director"), cast))


def test_days_the_wrong_way_round_are_the_days_between(cast: Cast, login: Login) -> None:
    wrong = login("deputy").get(address(cast, "", "from=2026-11-20&to=2026-11-02")).text
    assert "02.11.2026–20.11.2026" in wrong


def test_nothing_is_said_of_days_without_lessons(cast: Cast, login: Login) -> None:
    client = login("deputy")
    rows = rows_of(client, cast, "from=2030-01-01&to=2030-01-31")
    assert rows == []
    assert "Считать нечего" in client.get(address(cast, "", "from=2030-01-01")).text


def test_the_school_by_class(cast: Cast, login: Login) -> None:
    page = login("deputy").get("/reports/attendance").text
    assert re.search(r"5А.*5Б.*Вся школа", page, re.S)
    text = login("deputy").get("/reports/attendance/school.csv").data.decode("utf-8-sig")
    rows = {row["Класс"]: row for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    # 20 lessons of three pupils, 5 of two.
    for name, due in (("5А", "60"), ("5Б", "10"), ("Вся школа", "70")):
        assert rows[name]["Подлежало посещению уроков"] == due
    why = login("director").get("/reports/attendance/why?figure=due").text
    assert '<p class="formula">70</p>' in why
