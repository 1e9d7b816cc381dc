"""Comparisons of classes, parallels and subjects; what is left open (D29)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tests.cabinets.results.conftest import mark_of, open_days
from tests.cast import Cast
from tests.conftest import Login

__all__ = ["open_days"]


def test_three_pupils_give_counts_and_no_per_cent(
    cast: Cast, login: Login, db_session: Session, open_days: object
) -> None:
    for name, value in (("pupil", "5"), ("classmate", "4"), ("third", "2")):
        mark_of(cast, db_session, name, value)
    page = login("deputy").get("/control/analysis/?at=quarter-2").text
    row = page.split('<th scope="row">5А</th>')[1].split("</tr>")[0]
    assert '<td class="num">3</td>' in row
    assert row.count("–") == 3, "attainment, quality and average of three pupils say nothing"
    beside = page.split('<th scope="row">5А</th>')[-1].split("</tr>")[0]
    assert beside.count("–") == 2, "attendance and average stand beside three pupils with marks"
    assert "Распределение отметок. 5: 1, 4: 1, 3: 0, 2: 1, 1: 0, н/а: 0" in page
    assert "Период не закончился" in page


def test_the_director_sees_what_is_left_open(cast: Cast, login: Login) -> None:
    page = login("director").get("/control/analysis/open").text
    assert "Ждут решения запросы на разблокировку" in page
    assert "Рейтинг активности" in page
    for name in ("own", "other"):
        assert f'/results/classes/{cast.classes[name]}/summary?at=quarter-1"' in page
    assert "at=quarter-2" not in page, "marks of the second quarter are still to come"
    assert login("deputy").get("/control/analysis/open").status_code == 403


def test_without_marks_there_is_no_plot(cast: Cast, login: Login) -> None:
    page = login("director").get("/control/analysis/?at=year").text
    assert "Отметок за период ещё нет" in page
