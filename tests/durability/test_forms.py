"""A server killed between the upload of a form and its result: the next one processes it, once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from bench.server import Browser
from journal.core.tenancy import bind
from journal.exchange.forms import MP1
from journal.exchange.models import Attempt, Submission
from journal.exchange.workbook import write_form
from tests.cast import Cast
from tests.durability.server import PATIENCE, Server
from tests.exchange.filled import HEADING
from tests.features.exchange.region import Region, region
from tests.features.exchange.test_submission import opened, table

SECRET_KEY = "not a secret"  # of `durability.server.environment`


@pytest.fixture
def server(engine_url: str, tmp_path: Path) -> Iterator[Server]:
    running = Server(engine_url, tmp_path)
    yield running
    running.kill()


def upload(app: Flask, server: Server, here: Region, procedure_id: int, data: bytes) -> None:
    """The coordinator's browser sends the file."""
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    identity = {"_user_id": f"{here.coordinator.account_id}.1", "_fresh": True}
    browser = Browser(server.port, f"session={serializer.dumps(identity)}")
    token = browser.get("/session").json["csrf"]
    fields: dict[str, Any] = {"confirmed": "y", "file": FileStorage(BytesIO(data), "МП-1.xls")}
    boundary, body = encode_multipart(fields)
    kind = f'multipart/form-data; boundary="{boundary}"'
    answer = browser.send_form(f"/monitoring/{procedure_id}/upload", body, kind, token)
    browser.close()
    assert answer.status == 302, server.log.read_text()


def filled_file(procedure_id: int) -> bytes:
    """The school's workbook, signed by the server of these tests."""
    right = table()
    content = replace(right, classes=[*right.classes, *[None] * MP1.spare_rows])
    heading = replace(HEADING, period="H1", procedure_id=str(procedure_id))
    return write_form(content, heading, suffix=".xls", secret=SECRET_KEY)


def eventually(asks: Callable[[], bool], seconds: float = PATIENCE) -> None:
    give_up = time.monotonic() + seconds
    while not asks():
        assert time.monotonic() < give_up
        time.sleep(0.1)


def test_a_form_taken_by_a_killed_server_is_processed_by_the_next(
    app: Flask, db_session: Session, cast: Cast, server: Server
) -> None:
    here = region(db_session, cast)
    app.config["SECRET_KEY"] = SECRET_KEY
    procedure_id = opened(here)
    data = filled_file(procedure_id)
    db_session.commit()
    bind(db_session, {here.school})
    server.start()
    upload(app, server, here, procedure_id, data)
    server.kill()
    assert _states(db_session) == ["received"]
    server.start(jobs=True)
    eventually(lambda: _states(db_session) == ["accepted"])
    assert db_session.scalars(select(Submission.number)).all() == [1]
    assert db_session.scalar(select(Attempt.data)) == data


def _states(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(Attempt.state)))
