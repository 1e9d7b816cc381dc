"""The page of a lesson plan: kept by the teacher of the course, read by the office."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.tenancy import across
from journal.documents.workbook import Sheet, SheetColumn, write_workbook
from journal.lessons.models import Lesson, LessonPlan, PlanPin, PlanTopic
from journal.people.models import StaffMember
from journal.school.models import AcademicYear, ClassGroup, Subject
from tests.cast import NOW, Cast
from tests.conftest import Login
from tests.factories import SchoolBuilder
from tests.plans import TITLES, give_plan, own, plan_id, plan_titles


def table(*rows: dict[str, Any], base: int = 1) -> dict[str, Any]:
    """The form of the table; a row needs its title only."""
    blank = {"id": "", "section": "", "hours": "1", "homework": "", "work_type": ""}
    filled = [{**blank, "number": str(n), **row} for n, row in enumerate(rows, 1)]
    names = ("id", "number", "section", "title", "hours", "homework", "work_type")
    columns = {f"topic-{name}": [str(row[name]) for row in filled] for name in names}
    return {**columns, "base": str(base)}


def test_a_table_is_saved_in_its_order(cast: Cast, login: Login, db_session: Session) -> None:
    ids = give_plan(db_session, cast.courses["own"])
    lesson = db_session.get_one(Lesson, cast.lessons["recent"])
    lesson.plan_topic_id = ids["Сложение дробей"]
    db_session.commit()
    form = table(
        {"id": ids["Контрольная по дробям"], "title": "Контрольная", "hours": "2"},
        {"title": "Новая тема", "homework": "§ 1", "work_type": "контрольная работа"},
        {"id": ids["Доли и дроби"], "title": "Доли и дроби"},
        {"title": "", "number": "9"},
    )
    answer = login("own_teacher").post(f"{own(cast)}/save", data=form)
    assert answer.status_code == 302
    rows = db_session.scalars(select(PlanTopic).order_by(PlanTopic.position)).all()
    assert [(row.title, row.hours) for row in rows] == [
        ("Контрольная", 2),
        ("Новая тема", 1),
        ("Доли и дроби", 1),
    ]
    assert (rows[0].id, rows[2].id) == (ids["Контрольная по дробям"], ids["Доли и дроби"])
    assert (rows[1].homework, rows[1].work_type_name) == ("§ 1", "Контрольная работа")
    db_session.expire_all()
    kept = db_session.get_one(Lesson, cast.lessons["recent"])
    assert (kept.topic, kept.plan_topic_id) == ("Доли и дроби", None)
    logged = db_session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert logged is not None
    assert logged.action == "put_plan"
    assert "Сложение дробей" in (logged.before or "")
    assert "Новая тема" in (logged.after or "")


def test_the_first_plan_of_a_course_is_made(cast: Cast, login: Login, db_session: Session) -> None:
    answer = login("own_teacher").post(f"{own(cast)}/save", data=table({"title": "Дроби"}, base=0))
    assert answer.status_code == 302
    assert plan_titles(db_session, cast.courses["own"]) == ["Дроби"]
    page = login("own_teacher").get(own(cast)).text
    assert "Дроби" in page


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"title": "Дроби", "hours": "сто"}, "от 1 до 99"),
        ({"title": "", "homework": "§ 1"}, "Введите тему"),
        ({"title": "Дроби", "work_type": "Пляска"}, "нет вида работы «Пляска»"),
        ({"title": "я" * 1001}, "до 1000 знаков"),
    ],
)
def test_a_wrong_row_is_told_and_nothing_is_saved(
    cast: Cast, login: Login, db_session: Session, row: dict[str, str], said: str
) -> None:
    give_plan(db_session, cast.courses["own"])
    answer = login("own_teacher").post(
        f"{own(cast)}/save", data=table({"title": "Верная тема"}, row)
    )
    assert answer.status_code == 422
    assert said in answer.text
    assert "Верная тема" in answer.text
    assert plan_titles(db_session, cast.courses["own"]) == list(TITLES)


def test_a_table_opened_before_another_save_is_a_visible_conflict(
    cast: Cast, login: Login, db_session: Session
) -> None:
    give_plan(db_session, cast.courses["own"])
    browser = login("own_teacher")
    assert browser.post(f"{own(cast)}/save", data=table({"title": "Первая"})).status_code == 302
    answer = browser.post(f"{own(cast)}/save", data=table({"title": "Вторая"}))
    assert answer.status_code == 409
    assert "Соколова А. И.: план сохранён" in answer.text.replace("\xa0", " ")
    assert "Вторая" in answer.text
    assert plan_titles(db_session, cast.courses["own"]) == ["Первая"]
    assert 'name="base" value="2"' in answer.text
    assert (
        browser.post(f"{own(cast)}/save", data=table({"title": "Вторая"}, base=2)).status_code
        == 302
    )
    assert plan_titles(db_session, cast.courses["own"]) == ["Вторая"]


PASTED = "Тема\tЧасов\nПроценты\t2\nПропорции\t1\n"


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("add", [*TITLES, "Проценты", "Пропорции"]), ("replace", ["Проценты", "Пропорции"])],
)
def test_a_pasted_table_is_brought_in(
    cast: Cast, login: Login, db_session: Session, mode: str, expected: list[str]
) -> None:
    give_plan(db_session, cast.courses["own"])
    form = {"pasted": PASTED, "mode": mode, "base": "1"}
    assert login("own_teacher").post(f"{own(cast)}/bring", data=form).status_code == 302
    assert plan_titles(db_session, cast.courses["own"]) == expected


def workbook(*rows: tuple[Any, ...]) -> io.BytesIO:
    columns = [SheetColumn(title=name) for name in ("Тема", "Часов")]
    return io.BytesIO(write_workbook([Sheet(title="КТП", columns=columns, rows=rows)], made_at=NOW))


def test_a_plan_goes_out_as_it_comes_in(cast: Cast, login: Login, db_session: Session) -> None:
    """What is downloaded and handed in again gives the same topics, whoever reads it."""
    facts = {"section": "Дроби", "homework": "§ 1\n№ 2", "work_type_name": "Контрольная работа"}
    give_plan(db_session, cast.courses["own"], **facts)
    answer = login("deputy").get(f"{own(cast)}/xlsx")
    assert answer.status_code == 200 and answer.mimetype.endswith("spreadsheetml.sheet")
    head = load_workbook(io.BytesIO(answer.data)).worksheets[0].oddHeader.left.text
    assert head.startswith("Календарно-тематическое планирование. ") and "5А" in head

    def saved() -> list[tuple[Any, ...]]:
        db_session.rollback()
        topics = db_session.scalars(select(PlanTopic).order_by(PlanTopic.position))
        return [(t.title, t.hours, t.section, t.homework, t.work_type_name) for t in topics]

    before = saved()
    assert before[0] == ("Доли и дроби", 1, *facts.values())
    form = {"file": (io.BytesIO(answer.data), "ктп.xlsx"), "mode": "replace", "base": "1"}
    assert login("own_teacher").post(f"{own(cast)}/bring", data=form).status_code == 302
    assert saved() == before


def test_a_workbook_is_brought_in(cast: Cast, login: Login, db_session: Session) -> None:
    form = {"file": (workbook(("Проценты", 2)), "ктп.xlsx"), "base": "0"}
    answer = login("own_teacher").post(f"{own(cast)}/bring", data=form)
    assert answer.status_code == 302
    assert plan_titles(db_session, cast.courses["own"]) == ["Проценты"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"pasted": "Тема\tЧасов\nА\tдва\nБ\tтри"}, ("«два»", "«три»")),
        ({"pasted": " "}, ("Вставьте таблицу или выберите файл",)),
        ({"file": (io.BytesIO(b"%PDF-1.4"), "ктп.xlsx")}, ("Это не таблица",)),
    ],
)
def test_a_wrong_table_brings_nothing_and_tells_all(
    cast: Cast, login: Login, db_session: Session, form: dict[str, Any], said: tuple[str, ...]
) -> None:
    give_plan(db_session, cast.courses["own"])
    answer = login("own_teacher").post(f"{own(cast)}/bring", data={**form, "base": "1"})
    assert answer.status_code == 422
    assert all(word in answer.text for word in said)
    assert plan_titles(db_session, cast.courses["own"]) == list(TITLES)


def last_years(session: Session, cast: Cast) -> int:
    """A plan of mathematics of last year's 5А."""
    place = {"organisation_id": cast.school}
    year = AcademicYear(
        name="2025-2026", starts_on=date(2025, 9, 1), ends_before=date(2026, 6, 1), **place
    )
    session.add(year)
    session.flush()
    session.add(ClassGroup(academic_year_id=year.id, name="5А", grade=5, letter="А", **place))
    plan = LessonPlan(
        academic_year_id=year.id, classes_key="5А", subject_id=cast.subjects["maths"], **place
    )
    session.add(plan)
    session.flush()
    session.add(PlanTopic(lesson_plan_id=plan.id, position=1, title="Прошлогодняя", **place))
    session.commit()
    return plan.id


def test_a_ready_plan_is_copied(cast: Cast, login: Login, db_session: Session) -> None:
    old = last_years(db_session, cast)
    give_plan(db_session, cast.courses["other_class"], ["Тема коллеги"])
    browser, course = login("own_teacher"), cast.courses["own"]
    assert "2025-2026" in browser.get(own(cast)).text
    colleague = plan_id(db_session, cast.courses["other_class"])
    for source, base, title in ((old, 0, "Прошлогодняя"), (colleague, 2, "Тема коллеги")):
        form = {"plan": source, "how": "copy", "base": base}
        assert browser.post(f"{own(cast)}/take", data=form).status_code == 302
        assert plan_titles(db_session, course) == [title]
    assert plan_id(db_session, course) not in (old, colleague)


def test_a_plan_of_another_subject_is_not_to_be_had(
    cast: Cast, login: Login, db_session: Session
) -> None:
    give_plan(db_session, cast.courses["same_class"], ["Глагол"])
    for how in ("copy", "follow"):
        form = {"plan": plan_id(db_session, cast.courses["same_class"]), "how": how}
        assert login("own_teacher").post(f"{own(cast)}/take", data=form).status_code == 404


def test_courses_share_a_plan_and_split_off(cast: Cast, login: Login, db_session: Session) -> None:
    ids = give_plan(db_session, cast.courses["other_class"])
    browser, course = login("own_teacher"), cast.courses["own"]
    shared = plan_id(db_session, cast.courses["other_class"])
    assert (
        browser.post(f"{own(cast)}/take", data={"plan": shared, "how": "follow"}).status_code == 302
    )
    assert plan_id(db_session, course) == shared
    assert "Лебедев О. П." in browser.get(own(cast)).text.replace("\xa0", " ")
    pinned = {"topic": ids["Сложение дробей"], "day": "2026-11-27"}
    assert browser.post(f"{own(cast)}/pin", data=pinned).status_code == 302
    assert browser.post(f"{own(cast)}/split").status_code == 302
    assert plan_id(db_session, course) != shared
    assert plan_titles(db_session, course) == list(TITLES)
    pin = db_session.scalars(select(PlanPin)).one()
    assert db_session.get_one(PlanTopic, pin.plan_topic_id).title == "Сложение дробей"
    assert pin.plan_topic_id not in ids.values()
    assert browser.post(f"{own(cast)}/split").status_code == 422


def test_own_courses_of_the_parallel_follow_along(
    cast: Cast, login: Login, db_session: Session
) -> None:
    give_plan(db_session, cast.courses["own"])
    school = SchoolBuilder.of(db_session, cast.school)
    course = school.course(
        school.class_group("5В"),
        db_session.get_one(Subject, cast.subjects["maths"]),
        db_session.get_one(StaffMember, cast["own_teacher"].staff_id),
    )
    db_session.commit()
    browser = login("own_teacher")
    assert "5В" in browser.get(own(cast)).text
    form = {"others": [str(course.id)]}
    assert browser.post(f"{own(cast)}/share", data=form).status_code == 302
    assert plan_id(db_session, course.id) == plan_id(db_session, cast.courses["own"])
    foreign = {"others": [str(cast.courses["other_class"])]}
    assert browser.post(f"{own(cast)}/share", data=foreign).status_code == 422


def test_a_topic_is_tied_to_a_day(cast: Cast, login: Login, db_session: Session) -> None:
    ids = give_plan(db_session, cast.courses["own"])
    browser, topic = login("own_teacher"), ids["Контрольная по дробям"]
    url = f"{own(cast)}/pin"
    assert browser.post(url, data={"topic": topic, "day": "2026-11-27"}).status_code == 302
    assert db_session.scalars(select(PlanPin.from_day)).one() == date(2026, 11, 27)
    assert "27.11.2026: Контрольная" in browser.get(own(cast)).text
    assert browser.post(url, data={"topic": topic, "day": "2030-01-01"}).status_code == 422
    assert browser.post(url, data={"topic": topic, "day": "вчера"}).status_code == 422
    assert browser.post(url, data={"topic": 999_999, "day": ""}).status_code == 404
    assert browser.post(url, data={"topic": topic, "day": ""}).status_code == 302
    assert not db_session.scalars(select(PlanPin)).all()


WRITES = ("/save", "/bring", "/take", "/share", "/split", "/pin")


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("name", ["other_teacher", "deputy", "administrator", "class_teacher"])
def test_a_plan_is_written_by_its_teacher_alone(
    cast: Cast, login: Login, db_session: Session, name: str, write: str
) -> None:
    ids = give_plan(db_session, cast.courses["own"])
    form = table({"title": "Чужая тема"}) | {
        "pasted": PASTED,
        "plan": plan_id(db_session, cast.courses["own"]),
        "others": [str(cast.courses["own"])],
        "topic": ids["Доли и дроби"],
        "day": "2026-11-27",
    }
    assert login(name).post(f"{own(cast)}{write}", data=form).status_code == 403
    assert plan_titles(db_session, cast.courses["own"]) == list(TITLES)
    with across(db_session, "pins of both schools"):
        assert not db_session.scalars(select(PlanPin)).all()


def test_the_office_reads_and_does_not_type(cast: Cast, login: Login, db_session: Session) -> None:
    give_plan(db_session, cast.courses["own"])
    for name in ("deputy", "administrator", "director"):
        page = login(name).get(own(cast))
        assert page.status_code == 200
        assert "Сложение дробей" in page.text
        assert "topic-title" not in page.text
    listing = login("deputy").get("/plans/?grade=5").text
    assert "5А, математика" in listing
    assert "5Б, математика" in listing
    assert "русский" not in login("own_teacher").get("/plans/").text


def test_plan_and_fact_are_shown(cast: Cast, login: Login, db_session: Session) -> None:
    """Own lessons «recent», «locked» and «closed» have the topic; all others are not written."""
    give_plan(db_session, cast.courses["own"])
    page = login("own_teacher").get(own(cast)).text
    assert "часов в плане" in page
    assert "отменено 0, вне плана 2" in page
