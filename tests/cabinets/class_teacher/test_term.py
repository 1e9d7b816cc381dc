"""The overview of a term: what is told, what is not, and where the figures lead."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.control.term_overview import sides_of
from journal.lessons.models import Lesson
from journal.lessons.queries.agenda import Days
from journal.people.models import Pupil
from journal.school.rules import TermSpan
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.factories import SchoolBuilder


def give(session: Session, cast: Cast, pupil: str, values: str, *, since: date) -> None:
    """Marks in the first lessons of maths from that day on, one each."""
    school = SchoolBuilder.of(session, cast.school)
    lessons = session.scalars(
        select(Lesson)
        .where(
            Lesson.course_id == cast.courses["own"],
            Lesson.held_on >= since,
            Lesson.id.not_in([cast.lessons[name] for name in ("closed", "locked", "recent")]),
        )
        .order_by(Lesson.held_on)
    ).all()
    for lesson, value in zip(lessons, values.split(), strict=False):
        work = school.work(lesson, "Ответ на уроке")
        school.mark(work, session.get_one(Pupil, cast.pupils[pupil]), value, lesson.ends_at)
    session.commit()


def told(client: Client, heading: str, asked: str = "") -> str:
    page = client.get(f"/class/term{asked}").text
    found = re.search(
        rf'<section class="section" aria-labelledby="{heading}">.*?</section>', page, re.S
    )
    assert found is not None
    return " ".join(found[0].split())


def test_who_slips_and_who_improves(cast: Cast, login: Login, db_session: Session) -> None:
    """The pupil had a 4 in the closed quarter already, and 5 and 5·3 in the present one."""
    give(db_session, cast, "third", "5 5 5", since=date(2026, 9, 1))
    give(db_session, cast, "third", "3 3 4", since=date(2026, 11, 2))
    client = login("class_teacher")
    slips, gains = told(client, "slips"), told(client, "gains")
    assert "Абрамова Дарья" in slips and "Абрамова" not in gains
    assert "5,00" in slips and "3,33" in slips and "−1,67" in slips
    # One mark in the first quarter and two in the second are too few to speak of.
    assert "Ёлкин" not in slips + gains
    address = f"/diary/average/{cast.pupils['third']}/{cast.subjects['maths']}?term="
    assert slips.count(address.replace("&", "&amp;")) == 2
    for link in re.findall(rf'href="({re.escape(address)}\d+)"', slips):
        assert "formula" in client.get(link).text
    assert "Сравнено пар «ученик – предмет»: 1" in client.get("/class/term").text


def test_the_first_term_is_compared_within_itself(
    cast: Cast, login: Login, db_session: Session
) -> None:
    give(db_session, cast, "third", "5 5 4", since=date(2026, 9, 1))
    give(db_session, cast, "third", "3 3 3", since=date(2026, 10, 5))
    client = login("class_teacher")
    slips = told(client, "slips", "?term=1")
    assert "Абрамова Дарья" in slips and "−1,67" in slips
    assert "(5 + 5 + 4) : (1 + 1 + 1) = 14 : 3 = 4,67" in slips and "= 3,00" in slips
    assert "/diary/average/" not in slips, "the average of the term is another figure"


@pytest.mark.parametrize(
    ("today", "halves"),
    [
        (date(2026, 9, 27), None),
        (date(2026, 9, 28), (date(2026, 9, 15), date(2026, 9, 29))),
        (date(2026, 10, 8), (date(2026, 9, 20), date(2026, 10, 9))),
        (date(2027, 3, 1), (date(2026, 9, 29), date(2026, 10, 27))),
    ],
)
def test_what_is_compared_in_the_first_term(today: date, halves: tuple[date, date] | None) -> None:
    """From the fifth week on, the middle of what has gone of it and where it ends."""
    days = (date(2026, 9, 1), date(2026, 10, 27))
    term = TermSpan(1, "quarter", 1, frozenset(), *days, None, None)
    sides = sides_of(term, None, today)
    found = sides and (sides.now.starts_on, sides.now.ends_before)
    assert found == halves
    assert sides is None or sides.before == Days(days[0], sides.now.starts_on)


def test_absences_of_the_term(cast: Cast, login: Login) -> None:
    """The third pupil was ill on the 13th; lateness is no absence."""
    absent = told(login("class_teacher"), "absent")
    assert "Абрамова Дарья" in absent and "Жуков" not in absent
    assert f"/reports/attendance/pupils/{cast.pupils['third']}" in absent


def test_terms_to_come_are_not_there(cast: Cast, login: Login) -> None:
    client = login("class_teacher")
    assert client.get("/class/term?term=3").status_code == 404
    assert client.get("/class/term?term=999").status_code == 404
