"""The administrator's lists and cards: who sees them, what they hold, what they cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.tenancy import across
from journal.people.models import GuardianLink, Person, Pupil
from journal.school.models import CourseTeacher, Movement, Room
from tests.cast import Cast
from tests.conftest import Login
from tests.counting import counted
from tests.factories import SchoolBuilder

PAGES = {
    "/school": 14,
    "/school/people": 7,
    "/school/people?q=елкин": 7,
    "/school/people/staff": 6,
    "/school/people/guardians": 8,
    "/school/classes": 7,
    "/school/classes/courses": 9,
    "/school/timetable": 8,
    "/school/timetable?of=teacher": 8,
    "/school/timetable?of=room": 8,
    "/school/timetable/calendar": 6,
    "/school/timetable/bells": 5,
    "/school/lists": 6,
    "/school/exchange": 6,
    "/school/audit": 6,
    "/access": 10,
    "/access/staff": 5,
    "/changes": 9,
}
SET_UP = {page for page in PAGES if page.startswith("/school") and "audit" not in page}
TIMETABLE = {page for page in PAGES if page.startswith("/school/timetable")}


def text_of(login: Login, address: str, who: str = "administrator") -> str:
    answer = login(who).get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.get_data(as_text=True).split())


@pytest.mark.parametrize("address", PAGES)
def test_the_administrator_sees_his_school_only(login: Login, address: str) -> None:
    text = text_of(login, address)
    assert "Чужак" not in text and "Чужов" not in text and "Школа № 5" not in text


@pytest.mark.parametrize("address", sorted(SET_UP))
@pytest.mark.parametrize("who", ["director", "deputy", "class_teacher", "parent", "pupil"])
def test_the_set_up_is_the_administrators(login: Login, address: str, who: str) -> None:
    allowed = address in TIMETABLE and who in ("director", "deputy")
    assert login(who).get(address).status_code == (200 if allowed else 403)


@pytest.mark.parametrize(("address", "budget"), PAGES.items())
def test_pages_cost_the_same_in_a_larger_school(
    app: Flask, login: Login, cast: Cast, db_session: Session, address: str, budget: int
) -> None:
    browser = login("administrator")
    with counted(app) as before:
        browser.get(address)
    grow(db_session, cast)
    with counted(app) as after:
        assert browser.get(address).status_code == 200
    assert len(after) == len(before) <= budget, "\n".join(after)


def grow(session: Session, cast: Cast) -> SchoolBuilder:
    """Another class with its own teacher, courses, pupils and guardians."""
    school = SchoolBuilder.of(session, cast.school)
    keeper = school.staff("Яковлев Семён Ильич", Role.TEACHER, Role.CLASS_TEACHER)
    group = school.class_group("6В", keeper)
    for number in range(12):
        child = school.pupil(f"Ученик{number} Пётр Ильич", group)
        school.guardian(f"Родитель{number} Анна Юрьевна", child)
    course = school.course(group, school.subject("Физика"), keeper)
    table = school.timetable(date(2026, 9, 2), date(2027, 5, 31))
    school.slot(table, course, keeper, 1, 1)
    session.commit()
    return school


def test_home_counts_what_is_there(login: Login, cast: Cast, db_session: Session) -> None:
    text = text_of(login, "/school")
    assert "учебный год 2026-2027" in text
    assert "классов: 2; без классного руководителя: 1" in text
    assert "в классах: 5, выбыли: 1" in text
    assert "человек: 2; учеников без родителя: 2" in text  # Жуков and Абрамова
    assert "периодов: 4" in text
    assert "предметов в группах: 4, у каждого есть учитель" in text
    assert "Запросов на разблокировку нет" in text


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ёлкин", {"Ёлкин Артём", "Ёлкина Софья"}),
        ("ЕЛКИН артем", {"Ёлкин Артём"}),
        ("`krby", {"Ёлкин Артём", "Ёлкина Софья"}),
        ("elkin.a", {"Ёлкин Артём"}),
        ("Л-008", {"Ёлкин Артём"}),
        ("жук", {"Жуков Иван"}),
        ("%", set()),
        ("никто", set()),
    ],
)
def test_the_search_forgives(
    login: Login, cast: Cast, db_session: Session, typed: str, found: set[str]
) -> None:
    if typed == "Л-008":
        pupil = db_session.get_one(Pupil, cast.pupils["pupil"])
        typed = pupil.personal_file
    if typed == "elkin.a":
        typed = cast["pupil"].login
    answer = login("administrator").get("/school/people", query_string={"q": typed})
    text = answer.get_data(as_text=True)
    pupils = ("Ёлкин Артём", "Ёлкина Софья", "Жуков Иван", "Абрамова Дарья", "Рыбин Глеб")
    assert {name for name in pupils if name in text} == found
    assert ("Никто не найден" in text) == (not found)


def test_pupils_by_class_and_those_who_left(login: Login, cast: Cast) -> None:
    own = text_of(login, f"/school/people?class={cast.classes['own']}")
    assert "Ёлкин Артём" in own and "Чайка Роман" not in own and "Рыбин" not in own
    left = text_of(login, "/school/people?class=none")
    assert "Рыбин Глеб" in left and "Ёлкин Артём" not in left


def test_the_card_of_a_pupil(login: Login, cast: Cast, db_session: Session) -> None:
    pupil = db_session.get_one(Pupil, cast.pupils["leaver"])
    order = {"order_number": "17-к", "order_date": date(2026, 10, 9), "destination": "в Школу № 3"}
    move = Movement(
        organisation_id=cast.school,
        pupil_id=pupil.id,
        happens_on=date(2026, 10, 12),
        kind="leaving",
        **order,
    )
    db_session.add(move)
    person = pupil.person_id
    db_session.commit()
    text = text_of(login, f"/school/people/{person}")
    assert "01.09.2026 – 11.10.2026" in text  # half-open inside, inclusive for people
    assert "выбытие" in text and "17-к" in text and "в Школу № 3" in text
    family = text_of(login, f"/school/people/{cast['pupil'].person_id}")
    assert "Ёлкина Вера Андреевна" in family and "мать" in family


def test_the_card_of_a_guardian_and_of_a_teacher(login: Login, cast: Cast) -> None:
    mother = text_of(login, f"/school/people/{cast['parent'].person_id}")
    assert "Ёлкин Артём" in mother and "5А" in mother and "Ёлкина Софья" in mother
    teacher = text_of(login, f"/school/people/{cast['own_teacher'].person_id}")
    assert "Математика" in teacher and "Учитель" in teacher


def test_no_page_shows_a_password(login: Login, cast: Cast) -> None:
    for member in ("pupil", "own_teacher", "parent"):
        text = text_of(login, f"/school/people/{cast[member].person_id}")
        assert "pbkdf2" not in text and "scrypt" not in text
        assert "свой пароль" in text


@pytest.mark.parametrize("name", ["foreign_pupil", "foreign_teacher"])
def test_foreign_cards_do_not_exist(login: Login, cast: Cast, name: str) -> None:
    browser = login("administrator")
    assert browser.get(f"/school/people/{cast[name].person_id}").status_code == 404
    assert browser.get(f"/school/classes/{cast.classes['foreign']}").status_code == 404
    assert browser.get(f"/school/classes/courses/{cast.courses['foreign']}").status_code == 404
    assert browser.get("/school/people/999999").status_code == 404


def test_a_class_with_its_spans_and_courses(login: Login, cast: Cast) -> None:
    text = text_of(login, f"/school/classes/{cast.classes['own']}")
    assert "классный руководитель Морозова" in text
    assert text.index("Ёлкин Артём") < text.index("Выбыли из класса") < text.index("Рыбин Глеб")
    assert "в классе: 3" in text
    assert "Соколова" in text and "Литература" in text


def test_a_change_of_teacher_is_shown_with_its_dates(
    login: Login, cast: Cast, db_session: Session
) -> None:
    row = db_session.scalars(
        select(CourseTeacher).where(CourseTeacher.course_id == cast.courses["own"])
    ).one()
    row.ends_before = date(2026, 11, 2)
    later = CourseTeacher(
        organisation_id=cast.school,
        course_id=row.course_id,
        staff_id=cast["other_teacher"].staff_id,
        weekly_hours=Decimal("2.5"),
        starts_on=date(2026, 11, 2),
    )
    db_session.add(later)
    db_session.commit()
    text = text_of(login, f"/school/classes/courses/{cast.courses['own']}")
    assert "01.09.2026 – 01.11.2026" in text and "с 02.11.2026" in text and "2,5" in text


def test_the_week_of_a_class_a_teacher_and_a_room(
    login: Login, cast: Cast, db_session: Session
) -> None:
    text = text_of(login, f"/school/timetable?id={cast.classes['own']}")
    assert "Расписание, 5А" in text and "10:25" in text and "Соколова" in text
    assert "Понедельник" in text and "Суббота" not in text
    teacher = text_of(login, f"/school/timetable?of=teacher&id={cast['other_teacher'].staff_id}")
    assert "5А" in teacher and "5Б" in teacher and "Литература" not in teacher
    empty = text_of(login, "/school/timetable?of=room")
    assert "В этой версии уроков нет" in empty
    room = Room(organisation_id=cast.school, name="204")
    db_session.add(room)
    db_session.commit()
    assert "204" in text_of(login, "/school/lists")


def test_a_course_lists_its_roster(login: Login, cast: Cast) -> None:
    text = text_of(login, f"/school/classes/courses/{cast.courses['own']}")
    assert "Ёлкин Артём" in text and "Рыбин Глеб" in text and "Чайка" not in text


def test_a_parent_elsewhere_works_in_the_chosen_school_only(
    app: Flask, login: Login, cast: Cast, db_session: Session
) -> None:
    """An administrator here, a parent next door: next door's pages are not his."""
    with across(db_session, "a second membership of one account"):
        other = SchoolBuilder.of(db_session, cast.foreign_school)
        guardian = other.guardian("Зотова Инна Львовна", pupil_of(db_session, cast))
        person = db_session.get_one(Person, guardian.person_id)
        person.account_id = cast["administrator"].account_id
        db_session.commit()
    browser = login("administrator")
    assert browser.get("/school/people").status_code == 200
    assert "Чужак" not in browser.get("/school/people/guardians").get_data(as_text=True)
    browser.post(f"/organisation/{cast.foreign_school}")
    assert browser.get("/school/people").status_code == 403
    assert browser.get("/access").status_code == 403


def pupil_of(session: Session, cast: Cast) -> Pupil:
    return session.get_one(Pupil, cast.pupils["foreign_pupil"])


def test_who_declined_is_said(login: Login, cast: Cast, db_session: Session) -> None:
    link = db_session.scalars(
        select(GuardianLink).where(GuardianLink.pupil_id == cast.pupils["pupil"])
    ).one()
    link.declined_e_service = True
    db_session.commit()
    assert "отказ" in text_of(login, f"/school/people/{cast['pupil'].person_id}")
