"""Attendance among the printed forms: the same figures as on its own pages, each explained."""

from __future__ import annotations

import html
import io
import re

import openpyxl
import pytest
from sqlalchemy.orm import Session

from journal.attendance.models import Absence
from tests.cabinets.forms.test_forms import pdf_text, table
from tests.cast import NOW, Cast
from tests.conftest import Client, Login
from tests.features.retention.conftest import old_year

_LINK = re.compile(r'data-explain href="([^"]+)" aria-label="[^"]*: ([^":]*)"')


@pytest.fixture
def absent(cast: Cast, db_session: Session) -> None:
    """The pupil missed a lesson by illness."""
    ids = {"lesson_id": cast.lessons["recent"], "pupil_id": cast.pupils["classmate"]}
    row = Absence(organisation_id=cast.school, **ids, code="b", entered_at=NOW)
    db_session.add(row)
    db_session.commit()


def explained(client: Client, page: str) -> list[tuple[str, str]]:
    """(address, figure) of every cell that explains itself."""
    found = _LINK.findall(client.get(page).text)
    return [(html.unescape(address), html.unescape(figure)) for address, figure in found]


FORMS = ("attendance?class={own}", "attendance-classes", "attendance-days")


@pytest.mark.usefixtures("absent")
@pytest.mark.parametrize("path", FORMS)
def test_every_figure_explains_itself(cast: Cast, login: Login, path: str) -> None:
    deputy = login("deputy")
    links = explained(deputy, f"/forms/{path.format(own=cast.classes['own'])}")
    assert len(links) > 10
    for address, figure in links:
        answer = deputy.get(address, headers={"X-Fragment": "1"})
        assert answer.status_code == 200, address
        assert figure in answer.text, f"{address} says nothing of {figure}"


@pytest.mark.usefixtures("absent")
def test_form_page_and_files_say_the_same(cast: Cast, login: Login) -> None:
    teacher, own = login("class_teacher"), cast.classes["own"]
    lines = table(teacher, f"/forms/attendance.csv?class={own}")
    page = table(teacher, f"/reports/attendance/classes/{own}/report.csv")
    assert page == lines[1 : len(page) + 1], "led by the name of the table"
    book = openpyxl.load_workbook(
        io.BytesIO(teacher.get(f"/forms/attendance.xlsx?class={own}").data)
    )
    sheet = book.worksheets[0]
    cells = [
        ["" if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)
    ]
    assert [row[1:4] for row in cells] == [row[1:4] for row in page]
    text = "".join(pdf_text(teacher, f"/forms/attendance.pdf?class={own}"))
    assert "Жуков Иван" in text and "По предметам" in text


def test_a_term_is_its_days(cast: Cast, login: Login) -> None:
    deputy, own = login("deputy"), cast.classes["own"]
    answer = deputy.get(f"/forms/attendance?class={own}&at=quarter-1")
    assert answer.status_code == 200 and "I четверть" in answer.text
    assert deputy.get(f"/forms/attendance?class={own}&at=nonsense").status_code == 404


def test_a_past_year_has_its_own_classes(cast: Cast, login: Login, db_session: Session) -> None:
    """By its days, or by the year alone."""
    old = old_year(db_session, cast, 2021)
    deputy = login("deputy")
    for days in ("from=2021-09-01&to=2021-09-30", f"year={old.year}"):
        head, *rows = table(deputy, f"/forms/attendance-classes.csv?{days}")
        lines = {row[1]: dict(zip(head, row, strict=True)) for row in rows}
        assert set(lines) == {"5Я", "Вся школа"}
        assert lines["5Я"]["Пропущено уроков"] == "1"
        _, *rows = table(deputy, f"/forms/attendance-days.csv?{days}")
        assert [row[1] for row in rows] == ["10.09.2021, Пт"]
    links = explained(deputy, f"/forms/attendance-classes?year={old.year}")
    told = deputy.get(next(link for link, figure in links if figure == "1"))
    assert told.status_code == 200
