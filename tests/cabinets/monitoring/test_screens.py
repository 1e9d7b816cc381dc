"""The coordinator's cabinet: who fills and sends, requests, past procedures, the school itself."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.outbox import OutboxEvent
from journal.people.models import RoleAssignment
from tests.cabinets.monitoring.conftest import Enter, cells, opened, text
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.counting import counted
from tests.features.exchange.region import CLOSES, Region
from tests.pages.growth import grow
from tests.waiting import work


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
    work(app)
    paths = ("/monitoring", base, f"{base}/table", f"{base}/journal")
    before = [_cost(app, client, path) for path in paths]
    grow(db_session, cast)
    assert [_cost(app, client, path) for path in paths] == before
    assert before[0] <= 8 and max(before) <= 15, before


def _cost(app: Flask, client: Client, path: str) -> int:
    with counted(app) as seen:
        assert client.get(path).status_code == 200
    return len(seen)
