"""A pupil's year of attendance: for the class teacher, the office, the family; in files."""

from __future__ import annotations

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
from tests.conftest import Login
from tests.factories import SchoolBuilder


@pytest.fixture
def ill(cast: Cast, db_session: Session) -> None:
    """On Wednesday 11 November, a day of one lesson, the pupil is ill."""
    lesson = db_session.scalars(
        select(Lesson).where(
            Lesson.course_id == cast.courses["own"], Lesson.held_on == date(2026, 11, 11)
        )
    ).one()
    lesson.attendance_taken_at = lesson.ends_at
    school = SchoolBuilder.of(db_session, cast.school)
    school.absence(lesson, db_session.get_one(Pupil, cast.pupils["pupil"]), "b")
    db_session.commit()


@pytest.mark.usefixtures("ill")
@pytest.mark.parametrize(
    ("member", "path"),
    [
        ("class_teacher", "/reports/attendance/pupils/{}"),
        ("deputy", "/reports/attendance/pupils/{}"),
        ("specialist", "/reports/attendance/pupils/{}"),
        ("parent", "/diary/absences/{}/calendar"),
        ("pupil", "/diary/absences/{}/calendar"),
    ],
)
def test_everybody_sees_the_same_day(cast: Cast, login: Login, member: str, path: str) -> None:
    page = login(member).get(path.format(cast.pupils["pupil"])).text
    cell = re.search(r'<td class="d-full d-b"[^>]*>.*?</td>', page, re.S)
    assert cell is not None
    # Readable without colour and without eyes: the letter, the date, the words, the way on.
    assert ">Б</a>" in cell[0] and "<small>11</small>" in cell[0]
    assert "пропущен весь день: болезнь" in cell[0] and "#day-2026-11-11" in cell[0]
    assert 'id="day-2026-11-11"' in page and "3.&nbsp;Математика" in page
    assert 'id="how"' in page and "Пропущено полных дней: 1, из них по болезни: 1." in page


@pytest.mark.usefixtures("ill")
def test_files_hold_the_weeks(cast: Cast, login: Login) -> None:
    for member, path in (
        ("class_teacher", f"/reports/attendance/pupils/{cast.pupils['pupil']}/calendar"),
        ("parent", f"/diary/absences/{cast.pupils['pupil']}/calendar"),
    ):
        client = login(member)
        book = openpyxl.load_workbook(io.BytesIO(client.get(f"{path}.xlsx").data))
        head, *rows = [list(row) for row in book.worksheets[0].values]
        week = next(row for row in rows if row[1] == "09.11–14.11")
        assert week[head.index("Ср")] == "Б" and week[head.index("Пропущено уроков")] == 1
        assert rows[-1][head.index("Пропущено уроков")] == 1
        printed = pypdf.PdfReader(io.BytesIO(client.get(f"{path}.pdf").data))
        text = printed.pages[0].extract_text()
        assert "Ёлкин Артём, класс 5А" in text and "Школа № 17" in text


def test_a_child_without_lessons_has_an_empty_calendar(
    cast: Cast, login: Login, db_session: Session
) -> None:
    for lesson in db_session.scalars(select(Lesson)):
        lesson.status = "cancelled"
    db_session.commit()
    page = login("parent").get(f"/diary/absences/{cast.pupils['pupil']}/calendar").text
    assert "посещать было нечего" in page and "d-full" not in page


def test_the_list_of_absences_leads_to_the_calendar(cast: Cast, login: Login) -> None:
    pupil_id = cast.pupils["pupil"]
    page = login("parent").get(f"/diary/absences/{pupil_id}").text
    assert f"/diary/absences/{pupil_id}/calendar?" in page
    page = login("class_teacher").get(f"/reports/attendance/classes/{cast.classes['own']}").text
    assert f"/reports/attendance/pupils/{pupil_id}" in page
