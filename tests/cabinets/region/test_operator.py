"""The operator's day: a procedure from nothing, who has handed in, extension, publications."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.outbox import OutboxEvent
from journal.core.tenancy import across
from journal.exchange.models import Participation, Procedure
from journal.exchange.service.school import save_draft
from tests.cabinets.monitoring.conftest import Enter, opened
from tests.cast import NOW
from tests.conftest import Client
from tests.features.exchange.region import CLOSES, Region
from tests.features.exchange.test_submission import table

FORM = {
    "title": "Мониторинг весны",
    "form": "MP-ATT|1.0.0|H1",
    "year": "2026-2027",
    "mandatory": "y",
    "opens_on": "2026-11-19",
    "closes_on": "2026-11-29",
    "closes_at": "18:00",
    "all_over": "25",
}
HOME = "/centre/monitoring"


@pytest.fixture
def operator(here: Region, enter: Enter) -> Client:
    return enter(here.operator)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.get_data(as_text=True))


def told(session: Session) -> list[tuple[int, str]]:
    """(school, sentence) of everything left for coordinators."""
    with across(session, "the outbox of the test"):
        rows = session.execute(
            select(OutboxEvent.organisation_id, OutboxEvent.facts).order_by(OutboxEvent.id)
        ).all()
    return [(place, json.loads(facts)["message"]["key"]) for place, facts in rows]


def test_a_procedure_is_made_named_and_opened(
    here: Region, operator: Client, db_session: Session
) -> None:
    made = operator.post(f"{HOME}/new", data=FORM)
    assert made.headers["Location"].endswith("/schools")
    row = db_session.scalars(select(Procedure)).one()
    assert row.closes_before == CLOSES.replace(hour=15, minute=1)
    assert json.loads(row.thresholds) == {"THR_ALL": 25, "THR_UNJ": 30}
    page, schools = f"{HOME}/{row.id}", f"{HOME}/{row.id}/schools"
    assert "готовится" in text(operator, HOME)
    ticked = [str(here.school), str(here.centre), "999999"]
    assert operator.post(schools, data={"school": ticked}).status_code == 302
    assert not told(db_session)
    assert operator.post(f"{page}/open").status_code == 302
    assert [place for place, _ in told(db_session)] == [here.school]
    both = [str(here.school), str(here.foreign_school)]
    operator.post(schools, data={"school": both})
    assert [place for place, _ in told(db_session)] == [here.school, here.foreign_school]
    frozen = operator.post(f"{page}/edit", data={**FORM, "all_over": "40"})
    assert frozen.status_code == 422
    assert operator.post(f"{page}/edit", data={**FORM, "title": "Иначе"}).status_code == 302
    assert "Иначе" in text(operator, page)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("year", "2026"),
        ("closes_on", "2026-11-01"),
        ("all_over", "0"),
        ("form", "X"),
    ],
)
def test_a_senseless_procedure_stays_in_its_form(
    operator: Client, db_session: Session, field: str, value: str
) -> None:
    answer = operator.post(f"{HOME}/new", data={**FORM, field: value})
    assert answer.status_code == 422
    assert db_session.scalar(select(Procedure.id)) is None


def begun(here: Region, procedure_id: int) -> None:
    """The school has begun."""
    session = here.as_(here.coordinator)
    save_draft(session, here.coordinator, procedure_id, table(), base=0, now=NOW)
    session.commit()


def test_statistics_participants_and_entered_data(
    here: Region, operator: Client, db_session: Session
) -> None:
    procedure_id = opened(here)
    begun(here, procedure_id)
    numbers = operator.get(f"{HOME}/{procedure_id}/statistics").json
    assert numbers == {"total": 2, "not_begun": 1, "filling": 1, "submitted": 0}
    page = text(operator, f"{HOME}/{procedure_id}/participants")
    assert "Школа № 17" in page and "Школа № 5" in page and "ещё не переданы" in page
    some = text(operator, f"{HOME}/{procedure_id}/participants?state=not_begun")
    assert "Школа № 17" not in some and "Школа № 5" in some
    data = text(operator, f"{HOME}/{procedure_id}/participants/{here.school}")
    assert "не сдала" in data and "<input" not in data.split("<main")[1]
    assert "Ёлкин" not in data
    assert "ничего не ввела" in text(
        operator, f"{HOME}/{procedure_id}/participants/{here.foreign_school}"
    )
    for wrong in (f"{here.centre}", f"{here.school}?version=7", f"{here.school}?sheet=Нет"):
        url = f"{HOME}/{procedure_id}/participants/{wrong}"
        assert operator.get(url).status_code == 404, url


def test_reminders_go_once_a_day_to_who_has_not_begun(
    here: Region, operator: Client, db_session: Session
) -> None:
    procedure_id = opened(here)
    begun(here, procedure_id)
    before = len(told(db_session))
    operator.post(f"{HOME}/{procedure_id}/remind")
    assert [place for place, _ in told(db_session)[before:]] == [here.foreign_school]


def test_the_window_is_extended_with_a_reason(
    here: Region, operator: Client, db_session: Session
) -> None:
    procedure_id = opened(here)
    url = f"{HOME}/{procedure_id}/extend"
    form: dict[str, Any] = {"until_on": "2026-12-01", "reason": "Не было связи"}
    assert operator.post(url, data={**form, "reason": ""}).status_code == 422
    assert operator.post(url, data={**form, "until_on": "2026-11-20"}).status_code == 422
    chosen = {**form, "school": [str(here.foreign_school)]}
    assert operator.post(url, data=chosen).status_code == 302
    with across(db_session, "parts of both schools"):
        parts = {
            one.organisation_id: one.extended_before
            for one in db_session.scalars(select(Participation))
        }
    assert parts[here.school] is None and parts[here.foreign_school] == CLOSES + timedelta(days=2)
    assert "продлено до 01.12.2026" in text(operator, f"{HOME}/{procedure_id}/participants")
    assert operator.post(url, data=form).status_code == 302
    assert db_session.scalars(select(Procedure.closes_before)).one() == CLOSES + timedelta(days=2)
    with across(db_session, "the centre's log"):
        reasons = db_session.scalars(
            select(AuditEntry.reason).where(AuditEntry.action == "extend_procedure")
        ).all()
    assert list(reasons) == ["Не было связи"] * 2


def test_requests_are_decided(here: Region, operator: Client, enter: Enter) -> None:
    procedure_id = opened(here, mandatory=False)
    enter(here.coordinator).post(f"/monitoring/{procedure_id}/request", data={"act": "send"})
    page = f"{HOME}/{procedure_id}"
    assert "Заявки на участие" in text(operator, page)
    decision = {"school": str(here.school), "decision": "approve"}
    assert operator.post(f"{page}/requests", data=decision).status_code == 302
    assert operator.get(f"{page}/statistics").json["total"] == 1
    assert operator.post(f"{page}/requests", data={**decision, "school": "0"}).status_code == 404


def test_publications_open_at_their_moments(
    app: Flask, here: Region, operator: Client, enter: Enter
) -> None:
    procedure_id, coordinator = opened(here), enter(here.coordinator)
    words = {"title": "Приказ № 418", "text": "О проведении", "procedure": str(procedure_id)}
    form = {**words, "release_on": "2026-11-20", "release_at": "09:00"}
    made = operator.post(f"{HOME}/publications/new", data=form).headers["Location"]
    file = {"file": (io.BytesIO(b"%PDF-1.4 variant"), "вариант.pdf"), "title": "Вариант 1"}
    released = {**file, "release_on": "2026-11-20", "release_at": "12:00"}
    added = operator.post(made, data=released, content_type="multipart/form-data")
    assert added.status_code == 302
    card = text(coordinator, f"/monitoring/{procedure_id}")
    assert "Приказ № 418" in card and "откроется 20.11.2026 12:00" in card
    assert coordinator.get("/monitoring/materials/1").status_code == 403
    assert operator.get(f"{HOME}/materials/1").status_code == 200
    app.config["CLOCK"] = lambda: NOW + timedelta(hours=2)
    opened_file = coordinator.get("/monitoring/materials/1")
    assert opened_file.data == b"%PDF-1.4 variant"
    opened_file.close()


@pytest.mark.parametrize("who", ["coordinator", "neighbour", "responsible"])
def test_schools_have_no_access(here: Region, enter: Enter, who: str) -> None:
    procedure_id, client = opened(here), enter(getattr(here, who))
    for path in ("", f"/{procedure_id}", f"/{procedure_id}/participants", "/publications"):
        assert client.get(f"{HOME}{path}").status_code == 403
    assert client.post(f"{HOME}/{procedure_id}/open").status_code == 403


def test_an_operator_is_told_what_to_do(operator: Client) -> None:
    page = text(operator, "/help")
    assert "Смотреть, кто не приступил, и напоминать" in page
    assert "классный руководитель" not in page
    assert f'href="{HOME}"' in page
    assert "/calendar/" not in page, "a centre has no lessons"
