"""The school's attendance at this moment: by the last lesson that tells anything of a pupil."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Excuse, Exemption
from journal.lessons.models import Lesson
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Client, Login

PAGE = "/reports/attendance/day"
HEADS = [
    *("№", "Класс", "По списку", "На уроках", "Отсутствуют", "по болезни"),
    *("по уважительной причине", "без уважительной причины", "причина не указана"),
    *("Нет сведений", "Опоздали", "Не отмечено уроков", "Кто отсутствует"),
]


@pytest.fixture
def deputy(login: Login) -> Client:
    return login("deputy")


def take(session: Session, cast: Cast, lesson: str, **codes: str) -> None:
    """The lesson is taken, these pupils have these codes."""
    taken = session.get_one(Lesson, cast.lessons[lesson])
    taken.attendance_taken_at = NOW
    for pupil, code in codes.items():
        facts = {"pupil_id": cast.pupils[pupil], "code": code, "entered_at": NOW}
        session.add(Absence(organisation_id=cast.school, lesson_id=taken.id, **facts))
    session.commit()


def rows(client: Client, **query: str) -> dict[str, list[Any]]:
    """The sheet by class: the ten figures and the names."""
    answer = client.get(f"{PAGE}.xlsx", query_string=query)
    assert answer.status_code == 200
    table = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    lines = [[cell.value for cell in row] for row in table.iter_rows()]
    assert len(lines[0]) == len(HEADS)
    return {line[1]: line[2:] for line in lines[1:]}


def test_the_last_lesson_that_tells_anything(
    deputy: Client, cast: Cast, db_session: Session
) -> None:
    """Жуков missed the first and came to the second; Ёлкин left after the first."""
    take(db_session, cast, "keeper", classmate="n", third="b")
    take(db_session, cast, "same_class", pupil="u", third="b")
    found = rows(deputy)
    assert found["5А"][:10] == [3, 1, 2, 1, 1, 0, 0, 0, 0, 1]
    assert found["5А"][10] == "Абрамова Дарья (б), Ёлкин Артём (у)"
    # 5Б: nothing has begun yet but the fourth lesson is ahead
    assert found["5Б"][:3] == [2, 0, 0]
    assert found["5Б"][7] == 2
    assert found["Вся школа"][:10] == [5, 1, 2, 1, 1, 0, 0, 2, 0, 1]


def test_lateness_is_presence_and_a_release_tells_nothing(
    deputy: Client, cast: Cast, db_session: Session
) -> None:
    take(db_session, cast, "keeper", classmate="o", third="p")
    db_session.add(
        Exemption(
            organisation_id=cast.school,
            pupil_id=cast.pupils["pupil"],
            kind="attending",
            starts_on=date(2026, 11, 1),
        )
    )
    db_session.commit()
    assert rows(deputy)["5А"][:10] == [3, 1, 1, 0, 0, 1, 0, 1, 1, 2]


def test_a_known_excuse_counts_before_anybody_takes_the_lesson(
    deputy: Client, cast: Cast, db_session: Session
) -> None:
    db_session.add(
        Excuse(
            organisation_id=cast.school,
            pupil_id=cast.pupils["third"],
            starts_on=TODAY,
            ends_before=TODAY + timedelta(days=1),
            code="b",
            text="ОРВИ",
            submitted_by=cast["parent"].person_id,
            submitted_at=NOW,
            status="confirmed",
        )
    )
    db_session.commit()
    assert rows(deputy)["5А"][:10] == [3, 0, 1, 1, 0, 0, 0, 2, 0, 3]


def test_who_has_not_taken_what(deputy: Client, cast: Cast, db_session: Session) -> None:
    take(db_session, cast, "keeper")
    db_session.get_one(Lesson, cast.lessons["own"]).status = "cancelled"
    db_session.commit()
    page = deputy.get(PAGE).text
    untaken = page[page.index('id="untaken"') :]
    assert "Лебедев" in untaken
    assert "Соколова" not in untaken and "Морозова" not in untaken
    assert "Не отмечены уроки в классах: 5А." in page
    assert f"/classes/{cast.classes['own']}/days/2026-11-20" in page


def test_the_sheet_to_sign(deputy: Client) -> None:
    answer = deputy.get(f"{PAGE}.pdf")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")


def test_a_day_without_lessons(deputy: Client) -> None:
    assert "В этот день уроков нет" in deputy.get(PAGE, query_string={"date": "2026-11-22"}).text
    assert rows(deputy, date="2026-11-22") == {}


@pytest.mark.parametrize("name", ["own_teacher", "class_teacher", "parent", "pupil"])
def test_not_for_everybody(login: Login, name: str) -> None:
    assert login(name).get(PAGE).status_code == 403
