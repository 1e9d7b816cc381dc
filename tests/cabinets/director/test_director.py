"""The director's figures come from entries, and say how."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence
from journal.lessons.models import Homework, Lesson
from tests.cast import NOW, Cast
from tests.conftest import Login
from tests.counting import counted


def page(login: Login) -> str:
    answer = login("director").get("/director/")
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def week(text: str, monday: str) -> list[str]:
    """The cells of that week in the table of numbers."""
    row = text[text.index(f'class="nowrap">{monday}–') :]
    row = row[: row.index("</tr>")]
    cells = [cell.split("</td>")[0] for cell in row.split('<td class="num">')[1:]]
    return [re.sub("<[^>]+>", "", cell) for cell in cells]


def test_figures_of_a_week(login: Login, cast: Cast, db_session: Session) -> None:
    """Week of 9 November: 9 lessons held, 2 filled on time, 1 late, the rest not filled."""
    lessons = db_session.scalars(
        select(Lesson)
        .where(Lesson.held_on >= date(2026, 11, 9), Lesson.held_on < date(2026, 11, 12))
        .order_by(Lesson.starts_at)
    ).all()
    for number, lesson in enumerate(lessons[:3]):
        late = timedelta(days=3) if number == 2 else timedelta()
        lesson.topic, lesson.attendance_taken_at = "Доли", lesson.ends_at + late
        db_session.add(
            Homework(
                organisation_id=cast.school,
                lesson_id=lesson.id,
                nothing_set=True,
                entered_at=lesson.ends_at,
            )
        )
    absent = Absence(
        organisation_id=cast.school,
        lesson_id=lessons[0].id,
        pupil_id=cast.pupils["pupil"],
        code="n",
        entered_at=NOW,
    )
    db_session.add(absent)
    db_session.commit()
    held, cancelled, over, on_time, share, still, planned, missed, attendance, not_taken = week(
        page(login), "09.11"
    )
    assert (held, cancelled, over, on_time, still) == ("9", "0", "9", "2", "0")
    assert share == "22,2 %"
    # «locked» of the cast has attendance and one absence too: four lessons with attendance.
    rosters = {"5А": 3, "5Б": 2}
    known = [*lessons[:3], db_session.get_one(Lesson, cast.lessons["locked"])]
    other = cast.courses["other_class"]
    expected = sum(rosters["5Б" if one.course_id == other else "5А"] for one in known)
    assert (planned, missed, not_taken) == (str(expected), "2", "5")
    assert attendance.endswith("%")


def test_the_present_week_is_judged_as_far_as_its_time_is_over(login: Login) -> None:
    cells = week(page(login), "16.11")
    assert (cells[0], cells[2], cells[5]) == ("7", "4", "3")


def test_a_break_has_no_figures(login: Login) -> None:
    cells = week(page(login), "26.10")
    assert cells == ["0", "0", "0", "0", "–", "0", "–", "–", "–", "0"]


def test_every_figure_says_how_it_is_computed(login: Login) -> None:
    text = page(login)
    assert text.count("Как посчитано:") == 3
    assert "не отмечено уроков:" in text
    assert "не позже чем через 2 дн. после урока" in text
    assert "до конца дня урока" in text
    assert text.count('role="img"') == 3
    assert 'href="/control/not-filled"' in text and 'href="/control/timetable"' in text


@pytest.mark.parametrize("who", ["deputy", "administrator", "own_teacher", "parent", "pupil"])
def test_others_are_refused(login: Login, who: str) -> None:
    assert login(who).get("/director/").status_code == 403


def test_lists_are_read_only(login: Login) -> None:
    browser = login("director")
    for address in ("/control/not-filled", "/control/timetable", "/unlocks/"):
        text = browser.get(address).get_data(as_text=True)
        assert "/decide" not in text
    assert browser.post("/director/").status_code == 405


def test_queries(app: Flask, login: Login) -> None:
    browser = login("director")
    with counted(app) as seen:
        assert browser.get("/director/").status_code == 200
    assert len(seen) <= 8, "\n\n".join(seen)
