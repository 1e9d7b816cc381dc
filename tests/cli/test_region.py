"""`flask demo region`: what is shown of a region is whole on both sides."""

from __future__ import annotations

import re
import sys

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast
from tests.conftest import Client

REGION = ["demo", "region"]


def entered(app: Flask, line: str) -> Client:
    """The browser of somebody whose login was printed, past the choice of a password."""
    *_, login, password = line.split()
    client: Client = app.test_client()
    assert client.post("/login", data={"login": login, "password": password}).status_code == 302
    new = {"old_password": password, "password": "Zelenyi-Bor-48", "again": "Zelenyi-Bor-48"}
    assert client.post("/password", data=new).status_code == 302
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.get_data(as_text=True))


@pytest.fixture(autouse=True)
def _at_the_moment_of_the_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["journal.cli.demo"], "utc_now", lambda: NOW)


def test_both_sides_of_the_region_are_shown(
    app: Flask, client: Client, cast: Cast, db_session: Session
) -> None:
    made = app.test_cli_runner().invoke(args=REGION)
    assert made.exit_code == 0, made.output
    again = app.test_cli_runner().invoke(args=REGION)
    assert again.exit_code == 1
    operator, school = (entered(app, line) for line in made.stdout.strip().splitlines())
    numbers = operator.get("/centre/monitoring/2/statistics").json
    assert numbers == {"total": 40, "not_begun": 10, "filling": 10, "submitted": 20}
    card = text(school, "/monitoring/2")
    assert "Редактировать" in card and "Отчёт по версии 1" in card
    assert re.search(r'name="c-0-E" value="\d+"', text(school, "/monitoring/2/table"))
    assert "Всего по ОО" in text(school, "/monitoring/1/report")
    assert "Аналитический отчёт" in text(school, "/monitoring/1")
    site = text(client, "/region/")
    assert "Официальный сайт" in site and "region.example.org" in site


def test_the_variant_of_the_coming_procedure_waits_for_its_day(
    app: Flask, cast: Cast, db_session: Session
) -> None:
    made = app.test_cli_runner().invoke(args=REGION)
    school = entered(app, made.stdout.strip().splitlines()[-1])
    card = text(school, "/monitoring/3")
    demo = re.search(r'href="(/monitoring/materials/\d+)">Демоверсия', card)
    assert demo is not None and "откроется" in card
    opened = school.get(demo[1])
    assert opened.data.startswith(b"%PDF")
    opened.close()
    number = int(demo[1].rsplit("/", 1)[1]) + 1
    assert school.get(f"/monitoring/materials/{number}").status_code == 403
