"""What the pages cost: statements do not grow with pupils, lessons or children."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast
from tests.conftest import Login
from tests.counting import counted
from tests.features.diary.school import OwnSchool

LIMITS = {
    "/diary/{id}": 6,
    "/diary/{id}?week=2026-W41": 6,
    "/diary/marks/{id}": 5,
    "/diary/absences/{id}": 5,
    "/diary/average/{id}/{maths}?term=2": 5,
    "/family": 6,
}


@pytest.mark.parametrize("path", LIMITS)
def test_statements(
    app: Flask, login: Login, cast: Cast, db_session: Session, own_school: OwnSchool, path: str
) -> None:
    address = path.format(id=cast.pupils["pupil"], maths=cast.subjects["maths"])
    browser = login("parent")
    with counted(app) as before:
        assert browser.get(address).status_code == 200
    fill(own_school)
    db_session.commit()
    with counted(app) as after:
        assert browser.get(address).status_code == 200
    assert len(before) <= LIMITS[path], "\n".join(before)
    assert len(after) == len(before)


def fill(school: OwnSchool) -> None:
    """Thirty pupils more, a week of five more lessons each with homework, marks and absences."""
    pupils = [school.pupil_of("pupil"), school.pupil_of("sibling")]
    pupils += [
        school.pupil(f"Новый{chr(1072 + n)} Иван Ильич", school.class_of("own")) for n in range(30)
    ]
    course = school.course(school.class_of("own"), school.subject("Физика"), school.teacher())
    for number in (16, 17, 18, 19, 20):
        day = date(2026, 11, number)
        lesson = school.lesson(course, school.teacher(), day, 5)
        school.homework(lesson, "§ 1", date(2026, 11, 23))
        work = school.work(lesson)
        for pupil in pupils:
            school.mark(work, pupil, "4", NOW)
            school.absence(lesson, pupil, "o", 5)
