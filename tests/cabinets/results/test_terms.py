"""The state of the terms, who has not entered, and the days the administrator sets."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.grading.models import FinalWindow
from journal.people.models import StaffMember
from journal.school.models import ClassGroup, Subject, Term
from tests.cabinets.results.conftest import Enter, given, mark_of
from tests.cast import Cast
from tests.conftest import Login
from tests.factories import SchoolBuilder


def term(session: Session, number: int) -> Term:
    return session.scalars(select(Term).where(Term.number == number)).one()


def days(**changes: Any) -> dict[str, Any]:
    return {"first": "2026-10-20", "last": "2026-11-27", "reason": "Карантин в 5А"} | changes


def test_the_deputy_sees_who_has_not_entered(
    cast: Cast, login: Login, db_session: Session, open_days: Term
) -> None:
    mark_of(cast, db_session, "pupil", "5")
    text = login("deputy").get("/results/").text
    assert "Итоги: II четверть" in text
    assert "5А, математика" in text
    assert "2 из 3" in text  # two of three pupils of 5А lack a mark in mathematics
    assert "Соколова\xa0А.\xa0И." in text
    assert "1 из 9" in text  # of the nine marks of 5А in three subjects
    assert "Назначить срок" not in text


def test_a_teacher_sees_his_courses_only(cast: Cast, login: Login, open_days: Term) -> None:
    text = login("own_teacher").get("/results/").text
    assert "5А, математика" in text
    assert "5А, русский язык" not in text
    assert "5Б" not in text


def test_the_page_opens_where_most_of_ones_classes_are(
    cast: Cast, login: Login, db_session: Session
) -> None:
    """Two classes in quarters and two in half-years: of the school, and of who teaches there."""
    school = SchoolBuilder.of(db_session, cast.school)
    ends = {"ends_before": date(2026, 12, 28), "marks_before": date(2027, 1, 15)}
    half = school.term(1, date(2026, 9, 1), **ends)
    half.kind, half.grades = "half_year", frozenset({10, 11})
    teacher = db_session.get_one(StaffMember, cast["own_teacher"].staff_id)
    maths = db_session.get_one(Subject, cast.subjects["maths"])
    for name in ("10А", "11А"):
        school.course(school.class_group(name), maths, teacher)
    db_session.commit()
    assert "Итоги: II четверть" in login("deputy").get("/results/").text
    assert "Итоги: II четверть" in login("class_teacher").get("/results/").text
    page = login("own_teacher").get("/results/").text
    assert "Итоги: I полугодие" in page and "II четверть" in page
    chosen = login("own_teacher").get(f"/results/?stage=term-{term(db_session, 2).id}").text
    assert "Итоги: II четверть" in chosen


def test_nothing_is_missing_before_the_days_come(login: Login) -> None:
    text = login("deputy").get("/results/").text
    assert "без отметки" not in text
    assert "впереди" in text


def test_the_administrator_prolongs_a_closed_term(
    cast: Cast, login: Login, db_session: Session, enter: Enter
) -> None:
    first = term(db_session, 1)
    teacher, administrator = login("own_teacher"), login("administrator")
    assert enter(teacher, at="quarter-1", pupil=("4", "пересдал")).status_code == 423
    form = administrator.get(f"/results/terms/{first.id}/days")
    assert "Срок выставления: I четверть" in form.text
    answer = administrator.post(f"/results/terms/{first.id}/days", data=days())
    assert answer.status_code == 302
    assert "Срок назначен." in administrator.get(answer.location).text
    db_session.refresh(first)
    assert (first.marks_from, first.marks_before) == (date(2026, 10, 20), date(2026, 11, 28))
    entry = db_session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.object_type, entry.object_id, entry.reason) == (
        "set_result_days",
        "term",
        first.id,
        "Карантин в 5А",
    )
    assert enter(teacher, at="quarter-1", pupil=("4", "пересдал")).status_code == 302


WRONG = (
    ({"last": "2026-11-19"}, "Последний день уже прошёл"),
    ({"first": "2026-12-01"}, "Последний день раньше первого"),
    ({"reason": "да"}, "Укажите причину"),
    ({"reason": ""}, "Укажите причину"),
    ({"last": ""}, "Укажите последний день"),
    ({"last": "0001-01-01"}, "Укажите день между"),
)


@pytest.mark.parametrize(("changes", "said"), WRONG)
def test_days_that_cannot_be(
    login: Login, db_session: Session, changes: dict[str, str], said: str
) -> None:
    first = term(db_session, 1)
    answer = login("administrator").post(f"/results/terms/{first.id}/days", data=days(**changes))
    assert answer.status_code == 422
    assert said in answer.text
    db_session.refresh(first)
    assert first.marks_before == date(2026, 10, 29)


@pytest.mark.parametrize("member", ["deputy", "director", "own_teacher", "class_teacher", "parent"])
def test_only_the_administrator_sets_days(
    cast: Cast, login: Login, db_session: Session, member: str
) -> None:
    browser, first = login(member), term(db_session, 1)
    for address in (f"/results/terms/{first.id}/days", f"/results/years/{cast.year}/days"):
        assert browser.get(address).status_code == 403
        assert browser.post(address, data=days(kind="exam")).status_code == 403
    assert not db_session.scalars(select(FinalWindow)).all()


def test_a_term_or_year_of_another_school(cast: Cast, login: Login, db_session: Session) -> None:
    browser, first = login("foreign_administrator"), term(db_session, 1)
    assert browser.post(f"/results/terms/{first.id}/days", data=days()).status_code == 404
    there = f"/results/years/{cast.year}/days"
    assert browser.post(there, data=days(kind="exam")).status_code == 404
    assert login("administrator").get("/results/terms/999999/days").status_code == 404


def test_exams_of_a_grade_get_days_of_their_own(
    cast: Cast, login: Login, db_session: Session, enter: Enter
) -> None:
    teacher, administrator = login("own_teacher"), login("administrator")
    assert enter(teacher, at="exam", pupil="5").status_code == 404
    address = f"/results/years/{cast.year}/days?kind=exam"
    for _ in range(2):  # the second time the same window is changed, no other is made
        answer = administrator.post(address, data=days(kind="exam", grades="5-6"))
        assert answer.status_code == 302
    window = db_session.scalars(select(FinalWindow)).one()
    assert (window.kind, window.grades, window.marks_before) == (
        "exam",
        frozenset({5, 6}),
        date(2026, 11, 28),
    )
    assert enter(teacher, at="exam", pupil="5").status_code == 302  # no proposal: no reason
    wrong = administrator.post(address, data=days(kind="exam", grades="пять"))
    assert wrong.status_code == 422
    assert "Укажите параллели от 1 до 12" in wrong.text


def test_year_marks_follow_the_last_term_unless_days_are_set(
    cast: Cast, login: Login, db_session: Session, enter: Enter
) -> None:
    teacher = login("own_teacher")
    assert enter(teacher, at="year", pupil=("5", "да")).status_code == 423
    address = f"/results/years/{cast.year}/days"
    login("administrator").post(address, data=days(kind="year"))
    assert enter(teacher, at="year", pupil=("5", "по болезни")).status_code == 302
    assert not given(db_session)  # it is no mark of the second quarter


def test_the_page_of_a_class(
    cast: Cast, login: Login, db_session: Session, open_days: Term
) -> None:
    mark_of(cast, db_session, "pupil", "5")
    mark_of(cast, db_session, "classmate", "3")
    address = f"/results/classes/{cast.classes['own']}?at=quarter-2"
    text = login("class_teacher").get(address).text
    for shown in ("Ёлкин Артём", "Абрамова Дарья", "(1 + 0 + 1) · 100 : 2 = 100,0"):
        assert shown in text
    assert "Рыбин" not in text  # he left before the last day of the term
    assert f"/results/courses/{cast.courses['own']}?at=quarter-2" in text
    assert "без отметки: 7" in text
    early = login("class_teacher").get(address.replace("quarter-2", "year")).text
    assert "впереди" in early
    assert "без отметки" not in early


CLASS_READERS = (
    ("class_teacher", 200),
    ("deputy", 200),
    ("director", 200),
    ("administrator", 200),
    ("own_teacher", 403),
    ("parent", 403),
    ("foreign_teacher", 404),
)


@pytest.mark.parametrize(("member", "status"), CLASS_READERS)
def test_who_reads_the_page_of_a_class(cast: Cast, login: Login, member: str, status: int) -> None:
    answer = login(member).get(f"/results/classes/{cast.classes['own']}")
    assert answer.status_code == status


def test_a_class_is_shown_to_whom_keeps_it(
    cast: Cast, login: Login, db_session: Session, open_days: Term
) -> None:
    """One who teaches there and keeps another class finds no way that would be refused."""
    address = f"/results/classes/{cast.classes['own']}"
    assert address in login("class_teacher").get("/results/").text
    db_session.get_one(ClassGroup, cast.classes["own"]).class_teacher_id = None
    db_session.commit()
    text = login("class_teacher").get("/results/").text
    assert address not in text
    assert "5А, " in text
