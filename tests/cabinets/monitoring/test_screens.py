"""The coordinator's day on the screens: table, file, figures of the journal, report, refusals."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from html import unescape
from threading import Event
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.db import transaction
from journal.core.jobs import claim_next
from journal.core.outbox import OutboxEvent
from journal.core.tenancy import across
from journal.exchange.forms import MP1
from journal.exchange.models import Attempt, Draft, FilledForm, Submission
from journal.exchange.workbook.places import place
from journal.jobs import monitoring
from journal.jobs.handlers import HANDLERS
from journal.jobs.working import do_job
from journal.people.models import RoleAssignment
from tests.cabinets.monitoring.conftest import Enter, opened
from tests.cast import NOW, Cast
from tests.conftest import Client, Login
from tests.counting import counted
from tests.exchange.filled import LETTERS
from tests.features.exchange.region import CLOSES, Region
from tests.pages.growth import grow

ROW = dict.fromkeys(LETTERS, 0) | {"E": 2, "K": 10, "L": 20, "R": 1, "AA": 1}
XLS = "МП-1.xls"


@pytest.fixture(autouse=True)
def at_the_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs read a clock of their own: it stands at the moment of the cast."""
    monkeypatch.setattr(monitoring, "utc_now", lambda: NOW)


def worked(app: Flask) -> list[str]:
    """Do every waiting job as the runner does; their kinds."""
    said: list[str] = []
    with app.app_context():
        while True:
            with transaction() as session, across(session, "the jobs of the test"):
                job = claim_next(session, kinds=list(HANDLERS), now=NOW)
            if job is None:
                return said
            do_job(job, HANDLERS[job.kind], stopping=Event(), clock=lambda: NOW)
            said.append(job.kind)


def cells(**changes: Any) -> dict[str, str]:
    """The fields of the first row of the table."""
    return {f"c-0-{letter}": str(value) for letter, value in {**ROW, **changes}.items()}


def text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return str(answer.get_data(as_text=True))


def upload(client: Client, procedure_id: int, data: bytes, **fields: Any) -> Any:
    body = {"file": (io.BytesIO(data), XLS), "confirmed": "y", **fields}
    form = {name: value for name, value in body.items() if value is not None}
    url = f"/monitoring/{procedure_id}/upload"
    return client.post(url, data=form, content_type="multipart/form-data")


def test_the_table_is_saved_by_itself_and_handed_in(
    app: Flask, here: Region, enter: Enter, db_session: Session
) -> None:
    procedure_id, client = opened(here), enter(here.coordinator)
    page = text(client, f"/monitoring/{procedure_id}/table")
    assert 'name="c-0-E"' in page and "5А" in page
    url, json = f"/monitoring/{procedure_id}/table", {"Accept": "application/json"}
    saved = client.post(url, data={"base": "0", **cells(R=1)}, headers=json)
    assert saved.json["version"] == 1 and saved.json["cells"]["0-Q"] == "1"
    wrong = client.post(url, data={"base": "1", "c-0-R": "4,5", "c-0-S": "2"}, headers=json)
    assert wrong.json["refused"] == ["c-0-R"] and wrong.json["cells"]["0-Q"] == "3"
    stale = client.post(url, data={"base": "1", "c-0-R": "3"}, headers=json)
    assert stale.status_code == 409 and "Сидоров" in stale.json["message"]
    early = client.post(f"{url}/send", data={"confirmed": "y"})
    assert early.headers["Location"].endswith("/table#remarks")
    second = {f"c-1-{letter}": "0" for letter in LETTERS}
    why = {"why-code": ["W03", "W05", "W03"], "why-class": ["*", "5А", "5А"]}
    told = {**why, "why-text": ["На бумаге", "На бумаге", ""]}
    third = client.post(url, data={"base": "2", **second, **cells(), **told}, headers=json)
    assert third.json["version"] == 3
    assert client.post(f"{url}/send", data={}).status_code == 422
    sent = client.post(f"{url}/send", data={"confirmed": "y"})
    assert worked(app) == ["process_form"]
    outcome = text(client, sent.headers["Location"])
    assert "Отчёт не принят" in outcome and "W05" in outcome  # 5Б has no explanation
    again = text(client, url)
    assert again.count('name="why-code" value="W03"') > 1 and "W05" in again
    both = {"why-code": ["W03", "W03", "W03", "W05", "W05", "W05"]}
    both["why-class"] = ["*", "5А", "5Б", "*", "5А", "5Б"]
    both["why-text"] = ["На бумаге", "", "", "На бумаге", "", ""]
    assert client.post(url, data={"base": "3", **both}, headers=json).json["version"] == 4
    last = client.post(f"{url}/send", data={"confirmed": "y"})
    worked(app)
    assert "Отчёт принят" in text(client, last.headers["Location"])
    assert db_session.scalars(select(Draft.version)).one() == 4


def test_a_refused_file_comes_back_with_its_errors(
    app: Flask, here: Region, enter: Enter, db_session: Session
) -> None:
    procedure_id, client = opened(here), enter(here.coordinator)
    blank = client.get(f"/monitoring/{procedure_id}/template?suffix=.xlsx").data
    assert upload(client, procedure_id, blank, confirmed=None).status_code == 422
    assert db_session.scalar(select(Attempt.id)) is None
    sent = upload(client, procedure_id, _typed_into(blank, R=99))
    assert "обрабатываются" in text(client, sent.headers["Location"])
    state = client.get(f"{sent.headers['Location']}/state").json
    assert state["ended"] is False
    worked(app)
    page = text(client, sent.headers["Location"])
    assert "Отчёт не принят" in page and "A05" in page and "Повторить попытку" in page
    copy = client.get(f"{sent.headers['Location']}/copy.xlsx")
    assert copy.data.startswith(b"PK")
    listed = client.get(f"{sent.headers['Location']}/remarks.csv").data.decode("utf-8-sig")
    assert "A05;Полугодие_1;5А;" in listed
    assert db_session.scalar(select(Submission.id)) is None


def _typed_into(data: bytes, **changes: int) -> bytes:
    book = load_workbook(io.BytesIO(data))
    sheet = book["Полугодие_1"]
    for row in (12, 13):
        for letter, value in {**ROW, **(changes if row == 12 else {})}.items():
            sheet.cell(row, place(letter) + 1, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_journal_fills_the_form_and_it_is_sent_in_one_step(
    app: Flask, here: Region, enter: Enter, db_session: Session
) -> None:
    procedure_id, client = opened(here), enter(here.coordinator)
    base = f"/monitoring/{procedure_id}"
    assert "Форма ещё не заполнена" in text(client, f"{base}/journal")
    client.post(f"{base}/journal/fill")
    assert client.get(f"{base}/journal/state").json["ended"] is False
    worked(app)
    page = text(client, f"{base}/journal")
    assert "W05" in page and "behind?" in page
    made = db_session.scalars(select(FilledForm)).one()
    size = client.get(f"{base}/journal/file").data
    assert len(size) == made.xls_size
    assert f"({round(made.xls_size / 1024)}кб)" in text(client, base)
    refused = client.post(f"{base}/journal/send", data={})
    assert refused.status_code == 422 and "Подтвердите" in refused.get_data(as_text=True)
    assert db_session.scalar(select(Draft.version)) is None
    told = {"why-code": ["W05", "W05", "W05"], "why-class": ["*", "5А", "5Б"]}
    told["why-text"] = ["Журнал заполняется", "", ""]
    sent = client.post(f"{base}/journal/send", data={"confirmed": "y", **told})
    worked(app)
    assert "Отчёт принят" in text(client, sent.headers["Location"])
    report = text(client, f"{base}/report")
    assert "Всего по ОО" in report and "Журнал заполняется" in report
    assert "версия 1" in text(client, base)


def test_behind_a_figure_stand_its_lessons(
    app: Flask, here: Region, enter: Enter, db_session: Session
) -> None:
    procedure_id, client = opened(here), enter(here.coordinator)
    base = f"/monitoring/{procedure_id}/journal"
    client.post(f"{base}/fill")
    worked(app)
    ill = text(client, f"{base}/behind?sheet=Полугодие_1&class=5А&letter=R")
    assert "Абрамова Дарья" in ill and "13.11.2026" in ill and "5А, графа 18: 1" in ill
    page = unescape(text(client, base))
    links = re.findall(r'href="([^"]*/behind\?[^"]*class=5А[^"]*)"', unquote(page))
    assert len(links) == len(MP1.sheet("Полугодие_1").columns), "every cell of a class leads there"
    pages = {link.split("letter=")[1].split("&")[0]: text(client, link) for link in links}
    assert all(f"графа {place(letter) + 1}: " in one for letter, one in pages.items())
    assert "числится" in pages["E"] and "проведён" in pages["K"]
    assert "графа не считает ничего" in pages["P"] and "Вычисляется из граф" in pages["AB"]
    for wrong in ("class=9Я&letter=R", "class=5А&letter=ZZ", "class=5А&letter=R&sheet=Год"):
        assert client.get(f"{base}/behind?{wrong}").status_code == 404


def test_behind_a_total_stand_the_classes_it_adds(
    app: Flask, here: Region, enter: Enter, db_session: Session
) -> None:
    """Every total leads to the classes, whose figures make it up and lead to their lessons."""
    procedure_id, client = opened(here), enter(here.coordinator)
    base = f"/monitoring/{procedure_id}/journal"
    client.post(f"{base}/fill")
    worked(app)
    page = unquote(unescape(text(client, base)))
    links = re.findall(r'href="([^"]*/behind\?[^"]*class=ИТОГО[^"]*)">([^<]+)<', page)
    columns = MP1.sheet("Полугодие_1").columns
    assert len(links) == sum(not one.tenths for one in columns) + _shares(page)
    for link, total in links:
        letter = link.split("letter=")[1].split("&")[0]
        behind = unquote(unescape(text(client, link)))
        assert f"ИТОГО по ОО, графа {place(letter) + 1}: {total}" in behind
        assert "Абрамова" not in behind
        parts = re.findall(rf'href="([^"]*letter={letter}&class=\d[^"]*)">(\d+)<', behind)
        if letter not in {one.letter for one in columns if one.tenths}:
            assert len(parts) == 2 and sum(int(text) for _, text in parts) == int(total)
            assert all(client.get(link).status_code == 200 for link, _ in parts)
        else:
            assert "Показатель по ОО" in behind and "Вычисляется из граф" in behind
    assert "Абрамова" in text(client, f"{base}/behind?sheet=Полугодие_1&class=5А&letter=R")
    total = f"{base}/behind?sheet=Полугодие_1&class=ИТОГО по ОО"
    assert client.get(f"{total}&letter=ZZ").status_code == 404
    assert enter(here.operator).get(f"{total}&letter=R").status_code == 403


def _shares(page: str) -> int:
    """How many shares the line of totals has: of nothing there is none."""
    return len(re.findall(r'class=ИТОГО[^"]*">\d+,\d<', page))


def test_a_deadline_that_falls_while_uploading_does_not_matter(
    app: Flask, here: Region, enter: Enter, db_session: Session
) -> None:
    procedure_id, client = opened(here), enter(here.coordinator)
    app.config["CLOCK"] = lambda: CLOSES
    assert "Загрузить файл невозможно" in text(client, f"/monitoring/{procedure_id}")
    late = upload(client, procedure_id, b"whatever")
    assert late.status_code == 422 and "29.11.2026" in late.get_data(as_text=True)
    last = iter([CLOSES - timedelta(seconds=1)])
    app.config["CLOCK"] = lambda: next(last, CLOSES + timedelta(hours=1))
    assert upload(client, procedure_id, b"whatever").status_code == 302
    assert db_session.scalars(select(Attempt.received_at)).one() < CLOSES


def test_the_responsible_person_fills_and_the_coordinator_sends(
    here: Region, enter: Enter, login: Login, cast: Cast, db_session: Session
) -> None:
    procedure_id = opened(here)
    base, coordinator = f"/monitoring/{procedure_id}", enter(here.coordinator)
    teacher = login("own_teacher")
    assert teacher.get(base).status_code == 403
    staff = cast["own_teacher"].staff_id
    assert coordinator.post(f"{base}/responsible", data={"staff": str(staff)}).status_code == 302
    assert "Соколова" in text(coordinator, base)
    told = db_session.scalars(select(OutboxEvent.facts)).all()
    assert any(str(cast["own_teacher"].person_id) in one and "2026" in one for one in told)
    assert teacher.post(f"{base}/table", data={"base": "0", **cells()}).status_code == 302
    assert teacher.post(f"{base}/table/send", data={"confirmed": "y"}).status_code == 403
    assert teacher.post(f"{base}/hand-over").status_code == 302
    assert teacher.post(f"{base}/table", data={"base": "1", **cells()}).status_code == 403
    assert coordinator.post(f"{base}/return").status_code == 302
    assert teacher.post(f"{base}/table", data={"base": "1", **cells()}).status_code == 302
    assert coordinator.post(f"{base}/responsible", data={"staff": ""}).status_code == 302
    assert teacher.get(base).status_code == 403
    held = select(RoleAssignment.id).where(
        RoleAssignment.role == Role.MONITORING_RESPONSIBLE.value,
        RoleAssignment.person_id == cast["own_teacher"].person_id,
    )
    assert db_session.scalar(held) is None


def test_a_voluntary_procedure_is_asked_for(here: Region, enter: Enter) -> None:
    procedure_id = opened(here, mandatory=False)
    base, client = f"/monitoring/{procedure_id}", enter(here.coordinator)
    assert "Подать заявку" in text(client, base)
    assert client.post(f"{base}/table", data={"base": "0", **cells()}).status_code == 403
    assert client.post(f"{base}/request", data={"act": "send"}).status_code == 302
    assert "заявка подана" in text(client, base)
    assert client.post(f"{base}/request", data={"act": "withdraw"}).status_code == 302
    assert client.post(f"{base}/request", data={"act": "nonsense"}).status_code == 404


def test_a_school_with_another_journal_types_its_classes(
    here: Region, enter: Enter, db_session: Session, cast: Cast
) -> None:
    procedure_id = opened(here, year="2024-2025")
    base, client = f"/monitoring/{procedure_id}", enter(here.coordinator)
    assert 'name="name-0"' in text(client, f"{base}/table")
    json = {"Accept": "application/json"}
    fields = {"base": "0", "name-0": "7 а", **cells()}
    saved = client.post(f"{base}/table", data=fields, headers=json).json
    assert saved["cells"]["0-J"] == "2"
    assert 'value="7А"' in text(client, f"{base}/table")


@pytest.mark.parametrize("role", ["own_teacher", "parent", "deputy"])
def test_who_has_no_part_sees_nothing(here: Region, login: Login, role: str) -> None:
    procedure_id = opened(here)
    for path in ("/monitoring", f"/monitoring/{procedure_id}"):
        assert login(role).get(path).status_code == 403


def test_past_procedures_stand_apart(app: Flask, here: Region, enter: Enter) -> None:
    opened(here, title="Мониторинг осени")
    client = enter(here.coordinator)
    assert "Мониторинг осени" in text(client, "/monitoring")
    assert "Мониторинг осени" not in text(client, "/monitoring/past")
    app.config["CLOCK"] = lambda: CLOSES
    assert "Мониторинг осени" in text(client, "/monitoring/past")


def test_the_coordinator_keeps_school_and_himself(
    here: Region, enter: Enter, db_session: Session
) -> None:
    client = enter(here.coordinator)
    url = "/monitoring/organisation"
    assert "Сидоров" in text(client, url)
    typed = {
        "full_name": "МБОУ «Школа № 17»",
        "short_name": "Школа № 17",
        "website": "school17.ru",
        "surname": "Сидорова",
        "given_name": "Алла",
        "position": "Завуч",
        "email": "a@school17.ru",
    }
    assert client.post(url, data={**typed, "surname": ""}).status_code == 422
    assert client.post(url, data={**typed, "email": "нет"}).status_code == 422
    assert client.post(url, data=typed).status_code == 302
    page = text(client, url)
    assert all(value in page for value in ("school17.ru", "Сидорова", "Завуч", "a@school17.ru"))
    assert "1017" in page
    assert enter(here.responsible).get(url).status_code == 403


def test_pages_need_as_many_statements_in_a_larger_school(
    app: Flask, here: Region, enter: Enter, cast: Cast, db_session: Session
) -> None:
    procedure_id, client = opened(here), enter(here.coordinator)
    base = f"/monitoring/{procedure_id}"
    client.post(f"{base}/journal/fill")
    worked(app)
    paths = ("/monitoring", base, f"{base}/table", f"{base}/journal")
    before = [_cost(app, client, path) for path in paths]
    grow(db_session, cast)
    assert [_cost(app, client, path) for path in paths] == before
    assert before[0] <= 8 and max(before) <= 15, before


def _cost(app: Flask, client: Client, path: str) -> int:
    with counted(app) as seen:
        assert client.get(path).status_code == 200
    return len(seen)
