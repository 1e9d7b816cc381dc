"""Files in and out: check first, then import; progress that can be left; whose it is."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.jobs import Job, JobState
from journal.core.tenancy import across
from journal.jobs import Runner
from journal.school.models import Room
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.counting import counted

SCHOOL = "/school/exchange/check_school"
HISTORY = "/school/exchange/check_history"
STRANGERS = ("director", "deputy", "class_teacher", "own_teacher", "parent", "pupil")


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


ROOMS = [["Кабинет", "Вместимость", "Назначение"], ["204", 30, "математика"]]
GOOD = workbook({"Кабинеты": ROOMS})
BAD = workbook({"Кабинеты": [*ROOMS, ["205", "много", ""]]})


def upload(
    browser: Client, content: bytes = GOOD, name: str = "школа.xlsx", address: str = SCHOOL
) -> Any:
    field = f"{address.rsplit('/', 1)[1]}-file"
    data = {field: (io.BytesIO(content), name)}
    return browser.post(address, data=data, content_type="multipart/form-data")


@pytest.fixture
def jobs(app: Flask, db_session: Session) -> Runner:
    """The runner of this process, holding the lease."""
    runner = Runner(app)
    runner.beat()
    return runner


def only(session: Session) -> Job:
    session.rollback()
    session.expire_all()
    return session.scalars(select(Job).order_by(Job.id.desc())).first() or pytest.fail("no job")


def text_of(browser: Client, address: str) -> str:
    return " ".join(browser.get(address).get_data(as_text=True).split())


def test_a_good_file_is_checked_then_imported(
    login: Login, db_session: Session, jobs: Runner
) -> None:
    browser = login("administrator")
    answer = upload(browser)
    address = answer.location
    assert answer.status_code == 302 and "ждёт" in text_of(browser, address)
    state = browser.get(f"{address}/state").get_json()
    assert (state["state"], state["ended"]) == ("waiting", False)
    jobs.work()
    assert browser.get(f"{address}/state").get_json()["ended"] is True
    checked = text_of(browser, address)
    assert "Ошибок не найдено" in checked and "Кабинеты: новых 1" in checked
    assert db_session.scalars(select(Room.id)).all() == []
    imported = browser.post(f"{address}/import")
    assert imported.status_code == 302
    jobs.work()
    page = text_of(browser, imported.location)
    assert "Загружено" in page and "Кабинеты: новых 1" in page
    db_session.rollback()
    assert db_session.scalars(select(Room.name)).all() == ["204"]
    log = db_session.execute(select(AuditEntry.action, AuditEntry.actor_name)).all()
    assert ("import_sheet", "Зотова Инна Львовна") in {tuple(row) for row in log}
    assert only(db_session).payload is None


def test_a_checked_file_is_imported_once(login: Login, db_session: Session, jobs: Runner) -> None:
    browser = login("administrator")
    address = upload(browser).location
    jobs.work()
    assert browser.post(f"{address}/import").status_code == 302
    again = browser.post(f"{address}/import")
    assert again.status_code == 422 and "Загрузите его снова" in again.get_data(as_text=True)
    assert len(db_session.scalars(select(Job.id)).all()) == 2


def test_a_faulty_file_comes_back_coloured(login: Login, db_session: Session, jobs: Runner) -> None:
    browser = login("administrator")
    address = upload(browser, BAD).location
    jobs.work()
    page = text_of(browser, address)
    assert "ошибок: 1" in page and "много" in page and "Вместимость" in page
    assert "Загрузить</button>" not in page
    copy = browser.get(f"{address}/file")
    assert "UTF-8''" in copy.headers["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(copy.data))["Кабинеты"]
    assert sheet["B3"].comment is not None and sheet["B3"].fill.start_color.rgb != "00000000"
    assert browser.post(f"{address}/import").status_code == 422
    assert only(db_session).state == JobState.FAILED


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "school.xlsx", "Файл пуст"),
        (b"x", "school.pdf", "Выберите файл вида"),
        (GOOD, "", "Выберите файл"),
    ],
)
def test_what_is_no_workbook_is_refused_at_once(
    login: Login, db_session: Session, content: bytes, name: str, said: str
) -> None:
    answer = upload(login("administrator"), content, name)
    assert answer.status_code == 422 and said in answer.get_data(as_text=True)
    assert db_session.scalars(select(Job.id)).all() == []


def test_a_damaged_file_gets_a_sentence(login: Login, jobs: Runner) -> None:
    browser = login("administrator")
    address = upload(browser, b"PK\x03\x04 not really").location
    jobs.work()
    page = text_of(browser, address)
    assert "Файл повреждён" in page and "не выполнено" not in page.split("<h1>")[0]


def archive(files: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return content.getvalue()


LESSONS = (
    "Урок;Дата;№ урока;Классы;Подгруппа;Предмет;Таб. №;Вместо;Статус;Режим;Тема;"
    "Домашнее задание;Посещаемость отмечена\n"
)


def test_the_history_comes_as_an_archive(login: Login, db_session: Session, jobs: Runner) -> None:
    browser = login("administrator")
    rows = LESSONS + "у1;20.11.2026;3;9Я;;Математика;005;;проведён;очно;;;да\n"
    files = archive({"история/lessons.csv": rows, "readme.txt": "…"})
    address = upload(browser, files, "история.zip", HISTORY).location
    jobs.work()
    page = text_of(browser, address)
    assert "lessons.csv" in page and "9Я" in page
    copy = browser.get(f"{address}/file")
    assert copy.mimetype == "application/zip"
    assert zipfile.ZipFile(io.BytesIO(copy.data)).namelist() == ["lessons.xlsx"]


def test_export_gives_a_file_that_imports_again(
    login: Login, db_session: Session, jobs: Runner
) -> None:
    browser = login("administrator")
    address = browser.post("/school/export/export_school").location
    jobs.work()
    content = browser.get(f"{address}/file").data
    assert "Ученики" not in load_workbook(io.BytesIO(content)).sheetnames
    checked = upload(browser, content).location
    jobs.work()
    assert "Ошибок не найдено" in text_of(browser, checked)
    history = browser.post("/school/export/export_history").location
    jobs.work()
    files = zipfile.ZipFile(io.BytesIO(browser.get(f"{history}/file").data)).namelist()
    assert "lessons.csv" in files and "marks.csv" in files


def test_the_empty_workbook_can_be_had(login: Login) -> None:
    answer = login("administrator").get("/school/exchange/template")
    assert "Обучающиеся" in load_workbook(io.BytesIO(answer.data)).sheetnames


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize(
    "address", [SCHOOL, HISTORY, "/school/export/export_school", "/school/exchange/jobs/1/import"]
)
def test_others_write_nothing(login: Login, db_session: Session, who: str, address: str) -> None:
    answer = upload(login(who), address=address)
    assert answer.status_code == 403
    assert db_session.scalars(select(Job.id)).all() == []


def test_the_neighbours_job_does_not_exist(
    login: Login, cast: Cast, db_session: Session, jobs: Runner
) -> None:
    address = upload(login("administrator")).location
    jobs.work()
    foreign = login("foreign_administrator")
    for path in ("", "/state", "/file"):
        assert foreign.get(address + path).status_code == 404
    assert foreign.post(f"{address}/import").status_code == 404
    assert only(db_session).payload is not None
    own = login("administrator")
    assert own.get("/school/exchange/jobs/999999").status_code == 404
    assert own.post("/school/exchange/jobs/999999/import").status_code == 404
    assert own.post("/school/exchange/unknown").status_code == 404
    assert own.post("/school/export/unknown").status_code == 404
    with across(db_session, "both schools"):
        assert len(db_session.scalars(select(Job.id)).all()) == 1


def test_reading_starts_nothing(login: Login, db_session: Session) -> None:
    browser = login("administrator")
    for address in (SCHOOL, "/school/export/export_school", "/school/exchange/jobs/1/import"):
        assert browser.get(address).status_code == 405
    assert db_session.scalars(select(Job.id)).all() == []


def test_a_form_without_its_token_is_refused(app: Flask, login: Login, db_session: Session) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    browser = login("administrator")
    assert upload(browser).status_code == 400
    assert browser.post("/school/export/export_school").status_code == 400
    assert db_session.scalars(select(Job.id)).all() == []
    page = browser.get("/school/exchange").get_data(as_text=True)
    token = re.findall(r'name="check_school-csrf_token"[^>]*value="([^"]+)"', page)[0]
    field = {"check_school-file": (io.BytesIO(GOOD), "a.xlsx"), "check_school-csrf_token": token}
    answer = browser.post(SCHOOL, data=field, content_type="multipart/form-data")
    assert answer.status_code == 302


def test_the_page_of_a_job_asks_twice_for_nothing(
    app: Flask, login: Login, db_session: Session, jobs: Runner
) -> None:
    browser = login("administrator")
    address = upload(browser, BAD).location
    jobs.work()
    with counted(app) as seen:
        browser.get(address)
        browser.get(f"{address}/state")
    assert len(seen) <= 4  # who is it, the job; twice
