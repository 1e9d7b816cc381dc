"""The class teacher's desk: absences, gaps, excuses, lists; own classes only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Excuse
from journal.lessons.models import Homework, Lesson
from journal.people.models import Person
from journal.school.models import ClassGroup
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Login
from tests.counting import counted

PAGES = ("/class/", "/class/pupils", "/class/journals")


def page(login: Login, address: str = "/class/", who: str = "class_teacher") -> str:
    answer = login(who).get(address)
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def absent(
    session: Session, cast: Cast, lesson: str, pupil: str, code: str, minutes: int | None = None
) -> None:
    held = session.get_one(Lesson, cast.lessons[lesson])
    held.attendance_taken_at = NOW
    session.add(
        Absence(
            organisation_id=cast.school,
            lesson_id=held.id,
            pupil_id=cast.pupils[pupil],
            code=code,
            minutes=minutes,
            entered_at=NOW,
        )
    )
    session.commit()


def excuse(session: Session, cast: Cast, pupil: str, first: date, **changes: object) -> None:
    facts: dict[str, object] = {
        "organisation_id": cast.school,
        "pupil_id": cast.pupils[pupil],
        "starts_on": first,
        "ends_before": first + timedelta(days=2),
        "code": "b",
        "text": "Температура",
        "submitted_by": cast["parent"].person_id,
        "submitted_at": NOW,
    }
    session.add(Excuse(**(facts | changes)))
    session.commit()


def test_a_day_without_attendance_is_unknown(login: Login) -> None:
    text = page(login)
    assert "<h1>Класс 5А</h1>" in text
    assert "Посещаемость этого дня ещё не отмечена" in text
    assert "<b>–</b><span>отсутствуют" in text
    assert "<b>3</b><span>учеников в классе" in text  # the leaver is gone


def test_unexplained_absences_come_first(login: Login, cast: Cast, db_session: Session) -> None:
    absent(db_session, cast, "keeper", "third", "b")
    absent(db_session, cast, "keeper", "classmate", "n")
    absent(db_session, cast, "same_class", "pupil", "o", 15)
    text = page(login)
    listed = text[text.index('id="absent"') : text.index('id="gaps"')]
    assert listed.index("Жуков Иван") < listed.index("Абрамова Дарья") < listed.index("Ёлкин Артём")
    assert listed.index('id="late"') < listed.index("Ёлкин Артём")
    assert listed.count("причина не указана") >= 1
    assert '<b class="c-o">о</b> 15' in listed
    assert "<b>1</b><span>без причины" in text


def test_nobody_absent_is_said_only_when_known(
    login: Login, cast: Cast, db_session: Session
) -> None:
    db_session.get_one(Lesson, cast.lessons["keeper"]).attendance_taken_at = NOW
    db_session.commit()
    assert "Отсутствующих не отмечено" in page(login)


def test_gaps_are_those_of_begun_lessons(login: Login, cast: Cast, db_session: Session) -> None:
    first = db_session.get_one(Lesson, cast.lessons["keeper"])
    first.topic, first.attendance_taken_at = "Сказки", NOW
    done = Homework(
        organisation_id=cast.school, lesson_id=first.id, nothing_set=True, entered_at=NOW
    )
    db_session.add(done)
    db_session.commit()
    text = page(login)
    gaps = text[text.index('id="gaps"') :]
    assert "5А, русский язык" in gaps and "5А, математика" in gaps
    assert "5А, литература" not in gaps
    assert "Посещаемость не отмечена. Не записана тема. Нет домашнего задания" in gaps
    assert f"/journal/{cast.courses['own']}#lesson-{cast.lessons['own']}" in gaps
    early = page(login, "/class/?date=2026-11-23")
    assert "Все начавшиеся уроки заполнены" in early


def test_excuses_wait_and_explain(login: Login, cast: Cast, db_session: Session) -> None:
    excuse(db_session, cast, "third", TODAY)
    excuse(db_session, cast, "classmate", TODAY, status="confirmed", code="u", text="")
    excuse(db_session, cast, "pupil", TODAY + timedelta(days=7))
    excuse(db_session, cast, "pupil", TODAY, status="refused")
    text = page(login)
    assert "не подтверждено, по 21.11: болезнь" in text
    assert "оправдание по 21.11: уважительная причина" in text
    waiting = text[text.index('id="excuses"') :]
    assert "Абрамова Дарья" in waiting and "«Температура»" in waiting
    assert "27.11–28.11" in waiting  # a future one waits too
    assert "Жуков Иван" not in waiting


def test_a_reason_stated_but_not_confirmed(login: Login, cast: Cast, db_session: Session) -> None:
    """«н» of one whose parent has written is no absence without a reason; it waits."""
    absent(db_session, cast, "keeper", "third", "n")
    absent(db_session, cast, "keeper", "classmate", "n")
    excuse(db_session, cast, "third", TODAY)
    text = page(login)
    assert "<b>1</b><span>без причины" in text
    listed = text[text.index('id="absent"') : text.index('id="gaps"')]
    assert listed.index("Жуков Иван") < listed.index("Абрамова Дарья")
    assert listed.count('class="chip bad"') == 1


def test_birthdays(login: Login, cast: Cast, db_session: Session) -> None:
    person = db_session.get_one(Person, cast["classmate"].person_id)
    person.born_on = date(2015, 11, 24)
    db_session.commit()
    assert "24.11, исполнится 11" in page(login)


def test_a_day_without_lessons(login: Login) -> None:
    text = page(login, "/class/?date=2026-11-21")
    assert "В этот день у класса нет уроков" in text
    assert "суббота, 21 ноября" in text


def test_the_list_has_the_guardians(login: Login, cast: Cast, db_session: Session) -> None:
    mother = db_session.get_one(Person, cast["parent"].person_id)
    mother.phone, mother.email = "+7 900 000-00-17", "vera@example.org"
    db_session.commit()
    text = page(login, "/class/pupils")
    assert "Ёлкина Вера Андреевна</a>" in text and ">мать<" in text
    assert 'href="tel:+7900000-00-17"' in text and 'href="mailto:vera@example.org"' in text
    assert "никто не записан" in text
    assert "Рыбин" not in text  # left in October
    assert f"/access/classes/{cast.classes['own']}" in text


def test_every_journal_of_the_class(login: Login, cast: Cast) -> None:
    text = page(login, "/class/journals")
    for course in ("own", "same_class", "keeper"):
        assert f'href="/journal/{cast.courses[course]}"' in text
    assert f'href="/journal/{cast.courses["other_class"]}"' not in text
    assert "Соколова" in text and "Лебедев" in text


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("known", "status"), [("other", 403), ("foreign", 404)], ids=["colleague's", "next door's"]
)
def test_other_classes_are_closed(
    login: Login, cast: Cast, address: str, known: str, status: int
) -> None:
    answer = login("class_teacher").get(f"{address}?class={cast.classes[known]}")
    assert answer.status_code == status
    assert "Чайка" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("address", PAGES)
def test_own_class_by_number_and_bad_numbers(login: Login, cast: Cast, address: str) -> None:
    browser = login("class_teacher")
    assert browser.get(f"{address}?class={cast.classes['own']}").status_code == 200
    assert browser.get(f"{address}?class=999999").status_code == 404
    assert browser.get(f"{address}?class=пятый").status_code == 404
    assert browser.post(address).status_code == 405


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    "who", ["own_teacher", "deputy", "director", "administrator", "parent", "pupil", "specialist"]
)
def test_others_keep_no_class(login: Login, who: str, address: str) -> None:
    assert login(who).get(address).status_code == 403


def test_two_classes_are_switched(login: Login, cast: Cast, db_session: Session) -> None:
    second = db_session.get_one(ClassGroup, cast.classes["other"])
    second.class_teacher_id = cast["class_teacher"].staff_id
    db_session.commit()
    text = page(login, f"/class/?class={second.id}")
    assert "<h1>Класс 5Б</h1>" in text
    assert f'href="/class/?class={cast.classes["own"]}"' in text


def test_a_class_teacher_without_a_class(login: Login, cast: Cast, db_session: Session) -> None:
    db_session.get_one(ClassGroup, cast.classes["own"]).class_teacher_id = None
    db_session.commit()
    answer = login("class_teacher").get("/class/")
    assert answer.status_code == 200
    assert "За вами не закреплён класс" in answer.get_data(as_text=True)


@pytest.mark.parametrize(("address", "budget"), list(zip(PAGES, (6, 4, 5), strict=True)))
def test_queries(app: Flask, login: Login, address: str, budget: int) -> None:
    browser = login("class_teacher")
    with counted(app) as seen:
        assert browser.get(address).status_code == 200
    assert len(seen) <= budget, "\n\n".join(seen)
