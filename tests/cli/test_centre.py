"""`flask monitoring centre`: the regional centre and its operator, once."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.people.models import Organisation
from tests.cast import Cast
from tests.conftest import Client

CENTRE = ["monitoring", "centre", "--code", "CMOKO", "--name", "Центр мониторинга"]
OPERATOR = [*CENTRE, "--operator", "Регионова Ольга Олеговна"]


def centres(session: Session) -> list[str]:
    session.expire_all()
    kind = Organisation.kind == "regional_centre"
    return list(session.scalars(select(Organisation.full_name).where(kind)))


def test_the_operator_signs_in_with_what_was_printed(
    app: Flask, client: Client, cast: Cast, db_session: Session
) -> None:
    result = app.test_cli_runner().invoke(args=OPERATOR)
    assert result.exit_code == 0, result.output
    login, password, name = result.stdout.strip().split("\t")
    assert name == "Регионова\N{NO-BREAK SPACE}О.\N{NO-BREAK SPACE}О."
    assert centres(db_session) == ["Центр мониторинга"]
    assert client.post("/login", data={"login": login, "password": password}).status_code == 302
    assert client.get("/").location.endswith("/password")


@pytest.mark.parametrize("operator", ["Регионова", ""])
def test_the_operator_has_a_full_name(
    app: Flask, cast: Cast, db_session: Session, operator: str
) -> None:
    result = app.test_cli_runner().invoke(args=[*CENTRE, "--operator", operator])
    assert result.exit_code == 1 and "имя" in result.stderr
    assert centres(db_session) == []


def test_one_code_is_one_organisation(app: Flask, cast: Cast, db_session: Session) -> None:
    assert app.test_cli_runner().invoke(args=OPERATOR).exit_code == 0
    again = app.test_cli_runner().invoke(args=OPERATOR)
    assert again.exit_code == 1 and "CMOKO" in again.stderr
    assert len(centres(db_session)) == 1
