"""Results for the education authority: sent after the end, read at a secret address, withdrawn."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta

import pypdf
import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.tenancy import across
from journal.exchange.forms.mp1 import H1
from journal.exchange.models import ResultsSending
from journal.exchange.summing import HIDDEN
from journal.messages.models import Mail
from tests.cabinets.monitoring.conftest import Enter, opened
from tests.cabinets.region.test_results import hand_in
from tests.conftest import Client
from tests.features.exchange.region import CLOSES, Region

HOME = "/centre/monitoring"
LETTER = {
    "authority": "Департамент образования области",
    "email": "info@edu.region.ru",
    "number": "41-07",
    "letter": "Направляем результаты.\r\nПросим учесть.",
}


@pytest.fixture
def operator(here: Region, enter: Enter) -> Client:
    return enter(here.operator)


def at(app: Flask, moment: datetime) -> None:
    app.config["CLOCK"] = lambda: moment


def sent(operator: Client, procedure_id: int) -> str:
    """Send; the path of the secret address the page shows once."""
    answer = operator.post(f"{HOME}/{procedure_id}/authority", data=LETTER)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200, page
    found = re.search(r"/region/results/[\w-]+", page)
    assert found
    return found[0]


def test_the_authority_reads_what_was_sent_at_its_address(
    app: Flask, here: Region, operator: Client, db_session: Session
) -> None:
    procedure_id = opened(here)
    hand_in(here, procedure_id, R=1)
    at(app, CLOSES)
    address = sent(operator, procedure_id)
    anybody = app.test_client()
    assert "отправлено, получение не подтверждено" in _text(
        operator, f"{HOME}/{procedure_id}/authority"
    )
    page = anybody.get(address).get_data(as_text=True)
    assert "Направляем результаты." in page and "41-07" in page
    assert anybody.get(f"{address}/file.pdf").data.startswith(b"%PDF")
    book = load_workbook(io.BytesIO(anybody.get(f"{address}/file.xlsx").data))
    assert book.sheetnames == [H1, "Участники"]
    head = [cell.value for cell in book[H1][1]]
    whole = {name: cell.value for name, cell in zip(head, book[H1][3], strict=True)}
    assert whole["Муниципалитет"] == "Регион" and whole["Школ"] == 1
    assert next(v for k, v in whole.items() if str(k).startswith("5.")) == HIDDEN
    assert next(v for k, v in whole.items() if str(k).startswith("28.")) == 95.0
    states = [(row[0].value, row[3].value) for row in book["Участники"].iter_rows(min_row=2)]
    assert ("1017", "сдано") in states and len(states) == 2
    for _ in range(2):
        assert anybody.post(address).status_code == 302
    assert "Получение подтверждено" in anybody.get(address).get_data(as_text=True)
    assert "получение подтверждено" in _text(operator, f"{HOME}/{procedure_id}/authority")
    assert anybody.get(f"{address}/file.exe").status_code == 404
    with across(db_session, "the log of the centre"):
        entries = select(AuditEntry.action).where(AuditEntry.organisation_id == here.centre)
        log = db_session.scalars(entries.order_by(AuditEntry.id)).all()
    assert log[-2:] == ["send_results", "confirm_receipt"]


def test_the_address_goes_by_mail_and_is_kept_nowhere_else(
    app: Flask, here: Region, operator: Client, db_session: Session
) -> None:
    procedure_id = opened(here)
    hand_in(here, procedure_id, R=1)
    at(app, CLOSES)
    address = sent(operator, procedure_id)
    key = address.rpartition("/")[2]
    with across(db_session, "letters of the centre"):
        (mail,) = db_session.scalars(select(Mail)).all()
        kept = db_session.scalars(select(ResultsSending.key_sha256)).one()
        logged = " ".join(text or "" for text in db_session.scalars(select(AuditEntry.after)))
    assert mail.address == LETTER["email"] and mail.secret and address in (mail.lines or "")
    assert key not in kept and key not in logged
    assert key not in _text(operator, f"{HOME}/{procedure_id}/authority")


def test_results_are_sent_after_the_end_and_only_when_there_are_some(
    app: Flask, here: Region, operator: Client
) -> None:
    procedure_id = opened(here)
    page = f"{HOME}/{procedure_id}/authority"
    at(app, CLOSES)
    nothing = operator.post(page, data=LETTER)
    assert nothing.status_code == 422 and "Ни одна школа" in nothing.get_data(as_text=True)
    at(app, CLOSES - timedelta(seconds=1))
    early = operator.post(page, data=LETTER)
    assert early.status_code == 422 and "29.11.2026" in early.get_data(as_text=True)
    assert "Отправить в орган управления" not in _text(operator, page)
    at(app, CLOSES)
    for wrong in ({"authority": ""}, {"number": ""}, {"letter": ""}, {"email": "нет"}):
        assert operator.post(page, data={**LETTER, **wrong}).status_code == 422


def test_a_withdrawn_or_old_address_leads_nowhere(
    app: Flask, here: Region, operator: Client
) -> None:
    procedure_id = opened(here)
    hand_in(here, procedure_id, R=1)
    at(app, CLOSES)
    first, second = sent(operator, procedure_id), sent(operator, procedure_id)
    page = f"{HOME}/{procedure_id}/authority"
    anybody = app.test_client()
    assert operator.post(f"{page}/1/withdraw").status_code == 302
    assert anybody.get(first).status_code == 404
    assert anybody.get(f"{first}/file.pdf").status_code == 404
    assert anybody.get(second).status_code == 200
    assert operator.get(f"{page}/1/file.pdf").data.startswith(b"%PDF"), "what was sent is kept"
    at(app, CLOSES + timedelta(days=90))
    assert anybody.get(second).status_code == 404
    assert anybody.get("/region/results/nonsense").status_code == 404
    assert operator.post(f"{page}/9/withdraw").status_code == 404
    assert operator.get(f"{page}/9/file.xlsx").status_code == 404


def test_schools_have_no_access(here: Region, enter: Enter, app: Flask) -> None:
    procedure_id = opened(here)
    page = f"{HOME}/{procedure_id}/authority"
    for who in (here.coordinator, here.responsible):
        assert enter(who).get(page).status_code == 403
        assert enter(who).post(page, data=LETTER).status_code == 403


def _text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.get_data(as_text=True))


def test_the_letter_is_a_page_to_sign_and_no_table_is_torn(
    app: Flask, here: Region, operator: Client
) -> None:
    procedure_id = opened(here)
    hand_in(here, procedure_id, R=1)
    at(app, CLOSES)
    address = sent(operator, procedure_id)
    content = app.test_client().get(f"{address}/file.pdf").data
    letter, *tables = pypdf.PdfReader(io.BytesIO(content)).pages
    assert letter.mediabox.height > letter.mediabox.width
    text = letter.extract_text()
    for words in (
        "Сопроводительное письмо",
        "Просим учесть.",
        "Руководитель центра",
        "Исполнитель",
    ):
        assert words in text
    assert "Контингент" not in text and "стр. 1 из" in text
    for page in tables:
        assert page.mediabox.width > page.mediabox.height
        lines = page.extract_text().split("\n")
        heads = [line for line in lines if line.startswith("5–9 классы")]
        assert heads == [] or sum(line.startswith("Всего по региону") for line in lines) > 0
    assert "Всего по ОО" not in "".join(page.extract_text() for page in tables)


def test_the_workbook_for_the_authority_prints_on_lying_a4(
    app: Flask, here: Region, operator: Client
) -> None:
    procedure_id = opened(here)
    hand_in(here, procedure_id, R=1)
    at(app, CLOSES)
    address = sent(operator, procedure_id)
    book = load_workbook(io.BytesIO(app.test_client().get(f"{address}/file.xlsx").data))
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
        assert sheet.print_title_rows == "$1:$1"
    sums = book[H1]
    assert sums.print_title_cols == "$A:$B" and sums.page_setup.scale == 75
    assert sums.row_dimensions[1].height > 60, "heads of several lines are read whole"
