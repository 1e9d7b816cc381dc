"""The history of a cell, and the page of figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from journal.lessons.models import Unlock
from tests.cast import NOW, Cast
from tests.conftest import Client, Login
from tests.features.register.conftest import operation, save


def address(cast: Cast, lesson: str, pupil: str = "pupil") -> str:
    ids = f"{cast.lessons[lesson]}/{cast.pupils[pupil]}"
    return f"/journal/{cast.courses['own']}/history/{ids}"


def grant(session: Session, cast: Cast) -> int:
    """The own teacher may write into the locked lesson for two hours."""
    unlock = Unlock(
        organisation_id=cast.school,
        staff_id=cast["own_teacher"].staff_id,
        course_id=cast.courses["own"],
        lessons_from=date(2026, 11, 13),
        lessons_before=date(2026, 11, 14),
        kinds="marks",
        reason="Была на курсах",
        requested_at=NOW,
        status="granted",
        expires_at=NOW + timedelta(hours=2),
    )
    session.add(unlock)
    session.commit()
    return unlock.id


def test_a_cell_tells_who_changed_what_when_and_under_which_grant(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    number = grant(db_session, cast)
    place: dict[str, Any] = {"lesson": cast.lessons["locked"], "pupil": cast.pupils["pupil"]}
    place["mark"] = cast.marks["locked"]
    better = operation("put_mark", **place, work=None, value="5", base=1, comment="Ошибка в счёте")
    assert save(teacher, cast.courses["own"], better).status_code == 200
    cleared = operation("clear_mark", **place, base=2)
    assert save(teacher, cast.courses["own"], cleared).status_code == 200
    shown = teacher.get(address(cast, "locked"), headers={"X-Fragment": "1"})
    assert shown.status_code == 200
    assert "<html" not in shown.text
    text = " ".join(shown.text.split())
    assert text.index("<b>5</b>") < text.index("<b>4</b>")  # newest first
    for words in ("20.11 10:42", "Соколова", "Ошибка в счёте", f"разблокировка № {number}"):
        assert words in text


def test_an_untouched_cell_says_so_on_a_page_of_its_own(login: Login, cast: Cast) -> None:
    page = login("class_teacher").get(address(cast, "recent"))
    assert page.status_code == 200
    assert "Ёлкин" in page.text
    assert "18.11" in page.text
    assert "загружены" in page.text


def test_figures_count_what_stands_and_explain_every_average(
    teacher: Client, cast: Cast, app: Flask
) -> None:
    """Marks of the quarter: 4 and 5 of weight 1, 5 and 2 of weight 3: 30 : 8 = 3.75."""
    page = teacher.get(f"/journal/{cast.courses['own']}/figures").text
    assert "3,75" in page
    assert "09.11–15.11" in page
    whole = teacher.get(f"/journal/{cast.courses['own']}/figures/average")
    assert "30 : 8 = 3,75" in whole.text
    week = f"/journal/{cast.courses['own']}/figures/average?since=2026-11-16"
    assert "21 : 6 = 3,50" in teacher.get(week, headers={"X-Fragment": "1"}).text
    year = teacher.get(f"/journal/{cast.courses['own']}/figures?term=0").text
    assert "ноябрь" in year
    assert app.config["CLOCK"] is not None


def test_a_term_without_marks_says_what_to_wait_for(teacher: Client, cast: Cast) -> None:
    later = teacher.get(f"/journal/{cast.courses['keeper']}/figures", follow_redirects=False)
    assert later.status_code == 403
    page = teacher.get(f"/journal/{cast.courses['own']}/figures?term=3")
    assert "с первой отметкой" in page.text
