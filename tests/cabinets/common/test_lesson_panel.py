"""The panel of a lesson: plan, files, tasks of single pupils, templates, the word about load."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.core.files import StoredFile
from journal.grading.models import WorkType
from journal.lessons.models import (
    Homework,
    HomeworkFile,
    HomeworkTemplate,
    IndividualHomework,
    IndividualHomeworkPupil,
    Lesson,
)
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.factories import SchoolBuilder
from tests.features.files.samples import EXE, PDF
from tests.homework import give_file, give_task, give_template, put_bytes
from tests.plans import give_plan

JSON = {"Accept": "application/json"}


def lesson_url(cast: Cast, lesson: str = "own", course: str = "own") -> str:
    return f"/journal/{cast.courses[course]}/lessons/{cast.lessons[lesson]}"


def save(browser: Client, cast: Cast, **more: Any) -> Any:
    """Save the own lesson of today through the journal's batch."""
    operation = {
        "op": str(uuid4()),
        "kind": "put_lesson",
        "lesson": cast.lessons["own"],
        "topic": "Доли и дроби",
        "homework": "§ 14",
        "homework_none": False,
        "homework_minutes": None,
        "base": 1,
    } | more
    body = {"operations": [operation]}
    return browser.post(f"/journal/{cast.courses['own']}/save", json=body).json["results"][0]


def homework(session: Session, cast: Cast) -> Homework:
    query = select(Homework).where(Homework.lesson_id == cast.lessons["own"])
    return session.scalars(query).one()


def has_homework(session: Session, cast: Cast) -> bool:
    query = select(Homework.id).where(Homework.lesson_id == cast.lessons["own"])
    return session.scalar(query) is not None


# The plan


def test_the_plan_offers_a_topic_and_taking_it_is_kept(
    cast: Cast, login: Login, db_session: Session
) -> None:
    facts = {"homework": "§ 1, № 5", "work_type_name": "Контрольная работа"}
    ids = give_plan(db_session, cast.courses["own"], ["Сложение", "Вычитание"], **facts)
    browser = login("own_teacher")
    plan = browser.get(lesson_url(cast, "recent")).json["plan"]
    assert plan["topic"] is None  # its own topic is none of the plan
    plan = browser.get(lesson_url(cast, "future")).json["plan"]
    assert [one["title"] for one in plan["choices"]] == ["Сложение", "Вычитание"]
    assert plan["choices"][0]["homework"] == "§ 1, № 5"
    assert plan["choices"][0]["workType"] == "Контрольная работа"
    told = save(browser, cast, topic="Сложение", plan_topic=ids["Сложение"])
    assert told["state"] == "saved"
    assert db_session.get_one(Lesson, cast.lessons["own"]).plan_topic_id == ids["Сложение"]
    plan = browser.get(lesson_url(cast)).json["plan"]
    assert plan["topic"]["title"] == "Сложение"
    save(browser, cast, topic="", base=2)
    db_session.expire_all()
    assert db_session.get_one(Lesson, cast.lessons["own"]).plan_topic_id is None


def test_a_topic_of_another_plan_is_refused(cast: Cast, login: Login, db_session: Session) -> None:
    ids = give_plan(db_session, cast.courses["same_class"], ["Глагол"])
    told = save(login("own_teacher"), cast, plan_topic=ids["Глагол"])
    assert (told["status"], "Такой темы" in told["message"]) == (422, True)
    assert db_session.get_one(Lesson, cast.lessons["own"]).topic is None


# When it is due


def test_homework_is_due_at_the_next_lesson_unless_a_day_is_chosen(
    cast: Cast, login: Login, db_session: Session
) -> None:
    browser = login("own_teacher")
    save(browser, cast)
    assert homework(db_session, cast).due_on == date(2026, 11, 23)
    save(browser, cast, homework_due="2026-11-27", base=2)
    db_session.expire_all()
    assert homework(db_session, cast).due_on == date(2026, 11, 27)
    assert browser.get(lesson_url(cast)).json["due"] == "2026-11-27"
    save(browser, cast, homework="§ 15", base=3)  # says nothing of the day: it stays
    db_session.expire_all()
    assert homework(db_session, cast).due_on == date(2026, 11, 27)
    save(browser, cast, homework_due=None, base=4)
    db_session.expire_all()
    assert homework(db_session, cast).due_on == date(2026, 11, 23)
    assert browser.get(lesson_url(cast)).json["due"] is None


@pytest.mark.parametrize("day", ["2026-11-20", "2026-11-01", "2030-01-01"])
def test_a_day_that_cannot_be_is_refused(
    cast: Cast, login: Login, db_session: Session, day: str
) -> None:
    told = save(login("own_teacher"), cast, homework_due=day)
    assert (told["status"], "Выберите для задания день" in told["message"]) == (422, True)
    assert not has_homework(db_session, cast)


# Files


def send(browser: Client, url: str, content: bytes = PDF, name: str = "Задание.pdf", **more: Any):  # type: ignore[no-untyped-def]
    data = {"file": (io.BytesIO(content), name), **more}
    return browser.post(f"{url}/files", data=data, headers=JSON)


def test_a_file_is_attached_fetched_and_taken_off(
    cast: Cast, login: Login, db_session: Session
) -> None:
    browser = login("own_teacher")
    answer = send(browser, lesson_url(cast))
    assert answer.status_code == 200
    file = answer.json["files"][0]
    assert (file["name"], file["size"]) == ("Задание.pdf", len(PDF))
    assert homework(db_session, cast).due_on == date(2026, 11, 23)
    with browser.get(file["url"]) as sent:
        assert sent.data == PDF
    answer = browser.post(f"{lesson_url(cast)}/files/{file['id']}/remove", json={})
    assert answer.json["files"] == []
    assert not has_homework(db_session, cast)
    assert browser.get(file["url"]).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (EXE, "task.pdf", "не то, что обещает"),
        (b"", "task.pdf", "пуст"),
        (PDF, "a.js", "не приним"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(
    cast: Cast, login: Login, db_session: Session, content: bytes, name: str, said: str
) -> None:
    answer = send(login("own_teacher"), lesson_url(cast), content, name)
    assert (answer.status_code, said in answer.json["message"]) == (422, True)
    assert not db_session.scalars(select(StoredFile)).all()
    assert not has_homework(db_session, cast)


def test_the_window_of_homework_holds_for_files(
    cast: Cast, login: Login, db_session: Session
) -> None:
    file_id = give_file(db_session, cast.lessons["recent"])
    db_session.commit()
    browser, url = login("own_teacher"), lesson_url(cast, "recent")
    assert send(browser, url).status_code == 423
    assert browser.post(f"{url}/files/{file_id}/remove", json={}).status_code == 423
    assert db_session.scalar(select(func.count(HomeworkFile.id))) == 1
    assert browser.get(url).json["canHomework"] is False


def test_nothing_set_and_files_do_not_go_together(
    cast: Cast, login: Login, db_session: Session
) -> None:
    browser = login("own_teacher")
    save(browser, cast, homework="", homework_none=True)
    assert "не задано" in send(browser, lesson_url(cast)).json["message"]
    save(browser, cast, homework="", homework_none=False, base=2)
    assert send(browser, lesson_url(cast)).status_code == 200
    told = save(browser, cast, homework="", homework_none=True, base=3)
    assert (told["status"], "приложены файлы" in told["message"]) == (422, True)
    assert homework(db_session, cast).nothing_set is False


def test_ten_files_are_enough(cast: Cast, login: Login, db_session: Session) -> None:
    for _ in range(10):
        give_file(db_session, cast.lessons["own"])
    db_session.commit()
    answer = send(login("own_teacher"), lesson_url(cast))
    assert (answer.status_code, "не больше 10" in answer.json["message"]) == (422, True)


def test_files_are_read_by_those_they_are_for(
    app: Flask, cast: Cast, login: Login, db_session: Session
) -> None:
    """A stranger parent, and a parent of the class who asks for what is another child's alone."""
    put_bytes(app)
    lesson = cast.lessons["own"]
    for_all = give_file(db_session, lesson)
    task = give_task(db_session, lesson, [cast.pupils["classmate"]])
    alone = give_file(db_session, lesson, task_id=task)
    db_session.commit()
    pupil, classmate = cast.pupils["pupil"], cast.pupils["classmate"]
    seen = {
        ("parent", pupil, for_all): 200,
        ("pupil", pupil, for_all): 200,
        ("class_teacher", pupil, for_all): 200,
        ("classmate", classmate, alone): 200,
        ("parent", pupil, alone): 404,
        ("pupil", pupil, alone): 404,
        ("stranger_parent", pupil, for_all): 404,
        ("stranger_parent", cast.pupils["stranger_pupil"], for_all): 404,
        ("stranger_pupil", cast.pupils["stranger_pupil"], alone): 404,
        ("foreign_parent", cast.pupils["foreign_pupil"], for_all): 404,
    }
    for (name, of, file_id), status in seen.items():
        with login(name).get(f"/diary/{of}/files/{file_id}") as answer:
            assert answer.status_code == status, (name, of, file_id)


# Tasks of single pupils


def give(browser: Client, cast: Cast, **more: Any) -> Any:
    body = {"text": "Карточка 7", "pupils": [cast.pupils["pupil"]], "due": None, "minutes": 15}
    return browser.post(f"{lesson_url(cast)}/own", json=body | more)


def test_a_task_is_given_changed_and_taken_back(
    cast: Cast, login: Login, db_session: Session
) -> None:
    browser = login("own_teacher")
    task = give(browser, cast).json["own"][0]
    assert (task["text"], task["due"], task["pupils"]) == (
        "Карточка 7",
        "2026-11-23",
        [cast.pupils["pupil"]],
    )
    both = sorted([cast.pupils["pupil"], cast.pupils["classmate"]])
    changed = {"id": task["id"], "base": task["version"], "pupils": both, "due": "2026-11-25"}
    assert give(browser, cast, **changed).json["own"][0]["pupils"] == both
    assert give(browser, cast, **changed).status_code == 409
    assert db_session.scalars(select(IndividualHomework.due_on)).one() == date(2026, 11, 25)
    send(browser, lesson_url(cast), own=str(task["id"]))
    answer = browser.post(f"{lesson_url(cast)}/own/{task['id']}/remove", json={})
    assert answer.json["own"] == []
    for table in (IndividualHomework, IndividualHomeworkPupil, HomeworkFile):
        assert not db_session.scalars(select(table)).all()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": ""}, "Напишите, что"),
        ({"text": "я" * 5000}, "до 4000 знаков"),
        ({"pupils": []}, "Выберите, кому"),
        ({"due": "2026-11-20"}, "день после урока"),
        ({"due": "завтра"}, "Выберите день"),
        ({"minutes": 9000}, "от 1 до 600"),
        ({"pupils": "всем"}, "Запрос"),
        ({"minutes": [1]}, "Запрос"),
    ],
)
def test_a_wrong_task_is_refused(
    cast: Cast, login: Login, db_session: Session, wrong: dict[str, Any], said: str
) -> None:
    answer = give(login("own_teacher"), cast, **wrong)
    assert (answer.status_code, said in answer.json["message"]) == (422, True)
    assert not db_session.scalars(select(IndividualHomework)).all()


def test_a_pupil_of_another_class_gets_no_task(
    cast: Cast, login: Login, db_session: Session
) -> None:
    answer = give(login("own_teacher"), cast, pupils=[cast.pupils["stranger_pupil"]])
    assert answer.status_code == 422
    assert not db_session.scalars(select(IndividualHomework)).all()


def test_the_diary_shows_a_task_to_its_pupil_alone(
    cast: Cast, login: Login, db_session: Session
) -> None:
    task = give_task(db_session, cast.lessons["own"], [cast.pupils["pupil"]], text="Карточка 99")
    give_file(db_session, cast.lessons["own"], task_id=task, name="Карточка.pdf")
    give_file(db_session, cast.lessons["own"], name="Для всех.pdf")
    db_session.commit()
    mine = login("parent").get(f"/diary/{cast.pupils['pupil']}").text
    assert "Карточка 99" in mine
    assert "Лично вам" in mine
    assert f"/diary/{cast.pupils['pupil']}/files/" in mine
    assert "Для всех.pdf" in mine
    assert "Карточка 99" in login("pupil").get("/today").text
    other = login("classmate").get(f"/diary/{cast.pupils['classmate']}").text
    assert "Для всех.pdf" in other
    assert "Карточка" not in other


# Templates


def test_templates_are_ones_own(cast: Cast, login: Login, db_session: Session) -> None:
    staff = cast["other_teacher"].staff_id or 0
    foreign = give_template(db_session, cast.school, staff)
    db_session.commit()
    browser, url = login("own_teacher"), f"{lesson_url(cast)}/templates"
    for _ in range(2):  # the same text is kept once
        kept = browser.post(url, json={"text": "§ 14, № 3", "minutes": 20}).json["templates"]
        assert [(one["text"], one["minutes"]) for one in kept] == [("§ 14, № 3", 20)]
    assert browser.post(url, json={"text": " "}).status_code == 422
    assert browser.post(f"{url}/{foreign}/remove", json={}).status_code == 404
    assert browser.post(f"{url}/{kept[0]['id']}/remove", json={}).json["templates"] == []
    assert list(db_session.scalars(select(HomeworkTemplate.id))) == [foreign]


# The word about load


def test_an_assessment_and_homework_are_weighed_before_saving(
    cast: Cast, login: Login, db_session: Session
) -> None:
    school = SchoolBuilder.of(db_session, cast.school)
    test = db_session.scalars(select(WorkType).where(WorkType.name == "Контрольная работа")).one()
    test.assessment = True
    russian = db_session.get_one(Lesson, cast.lessons["same_class"])
    school.work(russian, "Контрольная работа")
    other = school.homework(russian, "Упр. 5", date(2026, 11, 23))
    other.minutes = 100
    db_session.commit()
    ask = f"{lesson_url(cast)}/load?type={test.id}&minutes=30"
    told = login("own_teacher").get(ask).json["warnings"]
    text = " ".join(told).replace("\xa0", " ")
    assert "У 5А в этот день уже есть контрольная: русский язык" in text
    assert "Лебедев О. П." in text
    assert "Это последний урок 5А" in text
    assert "меньше 2,5 недель" in text  # the work of 18 November
    assert "130 мин" in text
    assert "при норме 120" in text
    answer = db_session.scalars(select(WorkType).where(WorkType.name == "Ответ на уроке")).one()
    quiet = f"{lesson_url(cast)}/load?type={answer.id}&minutes=20"
    assert login("own_teacher").get(quiet).json["warnings"] == []
    assert login("other_teacher").get(ask).status_code == 403


def test_the_calendar_shows_who_planned_what(cast: Cast, login: Login, db_session: Session) -> None:
    school = SchoolBuilder.of(db_session, cast.school)
    school.work_type("Контрольная работа", 3, 7)
    test = db_session.scalars(select(WorkType).where(WorkType.name == "Контрольная работа")).all()
    for one in test:
        one.assessment = True
    own = db_session.get_one(Lesson, cast.lessons["future"])
    work = school.work(own)
    work.work_type_id, work.caption = test[0].id, "Дроби"
    db_session.commit()
    url = f"/assessments/{cast.classes['own']}"
    for name in ("own_teacher", "class_teacher", "deputy"):
        page = login(name).get(url)
        assert page.status_code == 200
        assert "Дроби" in page.text
        assert "меньше 2,5 недель" in page.text
    assert login("deputy").get(f"{url}?date=2027-02-01").text.count("Дроби") == 0
    assert login("own_teacher").get(f"/assessments/{cast.classes['other']}").status_code == 403
    diary = login("parent").get(f"/diary/{cast.pupils['pupil']}").text
    assert "Контрольные впереди" in diary
    assert "Дроби" in diary
    past = own.held_on + timedelta(days=7)
    later = login("parent").get(f"/diary/{cast.pupils['pupil']}?week={past:%G-W%V}").text
    assert "Контрольные впереди" not in later


def test_the_school_says_which_kinds_count(cast: Cast, login: Login, db_session: Session) -> None:
    kinds = {one.name: one.id for one in db_session.scalars(select(WorkType))}
    chosen = {"kinds": [str(kinds["Ответ на уроке"])], "class": str(cast.classes["own"])}
    url = "/assessments/kinds"
    assert login("own_teacher").post(url, data=chosen).status_code == 403
    assert login("deputy").post(url, data=chosen).status_code == 403
    assert login("administrator").get(url).status_code in (404, 405)
    browser = login("administrator")
    assert browser.post(url, data={"kinds": ["999999"]}).status_code == 422
    counting = select(WorkType.name).where(WorkType.assessment)
    assert "Ответ на уроке" not in list(db_session.scalars(counting))
    assert browser.post(url, data=chosen).status_code == 302
    assert list(db_session.scalars(counting)) == ["Ответ на уроке"]
    page = browser.get(f"/assessments/{cast.classes['own']}").text
    assert "Какие виды работ считаются" in page
    assert (
        "Какие виды работ считаются"
        not in login("deputy").get(f"/assessments/{cast.classes['own']}").text
    )
