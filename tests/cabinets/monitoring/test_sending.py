"""A form sent: the table, a file, from the journal; refusals and the deadline."""

from __future__ import annotations

import io
from datetime import timedelta

from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.exchange.models import Attempt, Draft, FilledForm, Submission
from journal.exchange.workbook.places import place
from tests.cabinets.monitoring.conftest import ROW, Enter, cells, opened, text, upload
from tests.exchange.filled import LETTERS
from tests.features.exchange.region import CLOSES, Region
from tests.waiting import work


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
    assert work(app) == ["process_form"]
    outcome = text(client, sent.headers["Location"])
    assert "Отчёт не принят" in outcome and "W05" in outcome  # 5Б has no explanation
    again = text(client, url)
    assert again.count('name="why-code" value="W03"') > 1 and "W05" in again
    both = {"why-code": ["W03", "W03", "W03", "W05", "W05", "W05"]}
    both["why-class"] = ["*", "5А", "5Б", "*", "5А", "5Б"]
    both["why-text"] = ["На бумаге", "", "", "На бумаге", "", ""]
    assert client.post(url, data={"base": "3", **both}, headers=json).json["version"] == 4
    last = client.post(f"{url}/send", data={"confirmed": "y"})
    work(app)
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
    work(app)
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
    for _ in range(2):
        client.post(f"{base}/journal/fill")
    assert client.get(f"{base}/journal/state").json["ended"] is False
    assert "Это уже делается" in text(client, f"{base}/journal")
    assert len(work(app)) == 1, "asked for twice, filled once"
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
    work(app)
    assert "Отчёт принят" in text(client, sent.headers["Location"])
    report = text(client, f"{base}/report")
    assert "Всего по ОО" in report and "Журнал заполняется" in report
    assert "версия 1" in text(client, base)


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
