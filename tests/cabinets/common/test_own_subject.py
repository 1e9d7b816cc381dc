"""Another teacher gives a subject of his own in the hour of a fallen lesson, in one act."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.outbox import OutboxEvent
from journal.lessons.models import Lesson
from journal.office.models import Substitution
from journal.office.queries.hours import hours_by_teacher
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.factories import SchoolBuilder

MONDAY = date(
    2026, 11, 23
)  # own_teacher: maths 5А, lesson 3; the keeper of 5А is free, reads there


def words(answer: Any) -> str:
    """The page with ordinary spaces."""
    return str(answer.text).replace("\N{NO-BREAK SPACE}", " ")


def code(cast: Cast, course: str = "keeper", teacher: str = "class_teacher") -> str:
    return f"own:{cast[teacher].staff_id}:{cast.courses[course]}"


def give(browser: Client, cast: Cast, choice: str) -> Any:
    address = f"/substitutions/lessons/{cast.lessons['future']}/change"
    return browser.post(address, data={"act": "accept", "choice": choice})


def stands_for(session: Session, cast: Cast) -> Lesson | None:
    made = select(Substitution.made_lesson_id).where(
        Substitution.lesson_id == cast.lessons["future"]
    )
    return session.scalars(
        select(Lesson).where(Lesson.id.in_(made)).execution_options(populate_existing=True)
    ).one_or_none()


@pytest.fixture
def given(login: Login, cast: Cast) -> Client:
    """The keeper reads with 5А instead of its maths on Monday."""
    deputy = login("deputy")
    assert give(deputy, cast, code(cast)).status_code == 302
    return deputy


def test_the_proposal_names_teacher_and_subject(login: Login, cast: Cast) -> None:
    page = words(login("deputy").get(f"/substitutions/lessons/{cast.lessons['future']}"))
    assert "Свой предмет в этот час" in page and code(cast) in page
    assert "проведёт: Литература" in page
    assert page.index("Свободны в это время") < page.index("Свой предмет в этот час")


def test_the_lesson_of_the_other_subject_stands_in_its_hour(
    given: Client, cast: Cast, db_session: Session
) -> None:
    fallen = db_session.get_one(Lesson, cast.lessons["future"])
    made = stands_for(db_session, cast)
    assert made is not None and fallen.status == "cancelled"
    assert (made.course_id, made.lesson_number) == (cast.courses["keeper"], 3)
    assert (made.starts_at, made.ends_at) == (fallen.starts_at, fallen.ends_at)
    assert made.staff_id == cast["class_teacher"].staff_id
    assert made.replaced_staff_id == cast["own_teacher"].staff_id
    log = db_session.scalars(select(AuditEntry)).all()
    assert [one.action for one in log] == ["put_other_subject"]
    told = " ".join(db_session.scalars(select(OutboxEvent.facts)))
    assert "instead: %(subject)s, %(name)s" in told and str(cast.pupils["pupil"]) in told


def test_everybody_sees_what_is_held_instead_of_what(
    given: Client, login: Login, cast: Cast
) -> None:
    desk = words(given.get(f"/substitutions/?date={MONDAY}"))
    assert "вместо него: литература, Морозова Е. Ю." in desk
    assert desk.count("вместо урока") == 0  # one act, one line
    diary = words(login("parent").get(f"/diary/{cast.pupils['pupil']}?week=2026-W48"))
    assert "вместо него: Литература" in diary
    assert "по расписанию Математика, Соколова А. И." in diary
    assert "вне расписания" not in diary
    assert "замена" in login("class_teacher").get(f"/teacher/?date={MONDAY}").text
    assert login("class_teacher").get(f"/journal/{cast.courses['keeper']}").status_code == 200
    sheet = given.get(f"/substitutions/sheet.pdf?date={MONDAY}")
    assert sheet.data.startswith(b"%PDF")


def test_it_counts_as_an_hour_held_for_the_other(
    given: Client, cast: Cast, db_session: Session
) -> None:
    made = stands_for(db_session, cast)
    assert made is not None
    span = {"first": MONDAY, "before": MONDAY + timedelta(days=1)}
    rows = hours_by_teacher(db_session, **span, now=made.ends_at)
    counts = {one.staff_id: (one.held, one.given, one.lost) for one in rows}
    assert counts == {
        cast["class_teacher"].staff_id: (1, 0, 0),
        cast["own_teacher"].staff_id: (0, 1, 0),
    }
    book = given.get("/substitutions/hours.xlsx?month=2026-11")
    assert load_workbook(io.BytesIO(book.data)).active is not None


def test_it_is_undone_while_nothing_is_written(
    given: Client, cast: Cast, db_session: Session
) -> None:
    address = f"/substitutions/lessons/{cast.lessons['future']}/change"
    made = stands_for(db_session, cast)
    assert made is not None
    made.topic = "Басни"
    db_session.commit()
    refused = given.post(address, data={"act": "undo"})
    assert refused.status_code == 422 and "есть записи" in refused.text
    made.topic = None
    db_session.commit()
    assert given.post(address, data={"act": "undo"}).status_code == 302
    fallen = db_session.get_one(Lesson, cast.lessons["future"], populate_existing=True)
    assert (fallen.status, fallen.staff_id) == ("scheduled", cast["own_teacher"].staff_id)
    assert stands_for(db_session, cast) is None


def test_what_cannot_be_is_refused(login: Login, cast: Cast, db_session: Session) -> None:
    deputy = login("deputy")
    keeper = cast["class_teacher"].staff_id
    for bad in (
        code(cast, teacher="other_teacher"),  # does not teach it
        f"own:{keeper}:999999",
        code(cast, course="other_class", teacher="other_teacher"),  # of another class
        f"own:{keeper}",
        f"own:{keeper}:{cast.courses['keeper']}:1",
        "own:a:b",
    ):
        assert give(deputy, cast, bad).status_code in (404, 422), bad
    school = SchoolBuilder.of(db_session, cast.school)
    chemistry = school.course(
        school.class_group("5Г"), school.subject("Химия"), school.staff("Юдин Пётр Ильич")
    )
    taken = school.lesson(chemistry, school.staff("Яковлев Пётр Ильич"), MONDAY, 3)
    taken.staff_id = keeper or 0
    db_session.commit()
    busy = give(deputy, cast, code(cast))
    assert busy.status_code == 422 and "у учителя в это время другой урок" in busy.text
    assert stands_for(db_session, cast) is None
    assert db_session.get_one(Lesson, cast.lessons["future"]).status == "scheduled"


def test_a_changed_lesson_is_put_right_first(login: Login, cast: Cast, given: Client) -> None:
    page = words(given.get(f"/substitutions/lessons/{cast.lessons['future']}"))
    assert "Свой предмет в этот час" not in page
    again = give(login("deputy"), cast, code(cast))
    assert again.status_code == 422 and "Сначала верните его" in words(again)
