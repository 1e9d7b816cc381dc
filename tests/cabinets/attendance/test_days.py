"""The daily curve of the school, its table and its small numbers."""

from __future__ import annotations

import csv
import io
import re

from sqlalchemy.orm import Session

from journal.school.models import ClassGroup
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.factories import SchoolBuilder

DAYS = "from=2026-11-09&to=2026-11-20"


def rows_of(client: Client, query: str = DAYS) -> dict[str, dict[str, str]]:
    text = client.get(f"/reports/attendance/days.csv?{query}").data.decode("utf-8-sig")
    return {row["День"]: row for row in csv.DictReader(io.StringIO(text), delimiter=";")}


def test_days_of_few_pupils_have_no_per_cent(cast: Cast, login: Login) -> None:
    """On Wednesdays 5А alone has a lesson: three pupils. On Mondays both classes: five."""
    client = login("deputy")
    rows = rows_of(client)
    assert rows["11.11.2026, Ср"]["Посещаемость, %"] == "–"
    assert rows["16.11.2026, Пн"]["Посещаемость, %"] == "100,0"
    assert rows["16.11.2026, Пн"]["Учеников с уроками"] == "5"
    page = client.get(f"/reports/attendance/days?{DAYS}").text
    assert "Процент не приводится, если учеников меньше 5." in page


def test_the_curve_has_gaps_and_its_table(cast: Cast, login: Login, db_session: Session) -> None:
    """Friday the 13th: the third pupil was ill in one of 3 · 3 + 2 pupil-lessons."""
    client = login("director")
    rows = rows_of(client)
    assert rows["13.11.2026, Пт"]["Посещаемость, %"] == "90,9"
    assert rows["13.11.2026, Пт"]["Не отмечено уроков"] == "3"
    page = client.get(f"/reports/attendance/days?{DAYS}").text
    # Monday the 9th, Friday and the next Monday are known; the days of few pupils break the line.
    assert page.count('<circle class="end"') == 3
    (line,) = re.findall(r'<polyline class="line" points="([^"]*)"', page)
    assert len(line.split()) == 2
    assert re.search(r'aria-label="[^"]*Наименьшая 90,9, наибольшая 100,0', page)
    why = client.get("/reports/attendance/why?from=2026-11-13&to=2026-11-13&figure=share").text
    assert "(11 − 1) : 11 = 90,9 %" in why and "5А" in why and "5Б" in why


def test_a_class_teacher_sees_the_own_class(cast: Cast, login: Login, db_session: Session) -> None:
    rows = rows_of(login("class_teacher"))
    assert rows["16.11.2026, Пн"]["Учеников с уроками"] == "3"
    school = SchoolBuilder.of(db_session, cast.school)
    group = db_session.get_one(ClassGroup, cast.classes["own"])
    for number in range(2):
        school.pupil(f"Новиков Пётр {number}", group)
    db_session.commit()
    rows = rows_of(login("class_teacher"))
    assert rows["16.11.2026, Пн"]["Посещаемость, %"] == "100,0"
