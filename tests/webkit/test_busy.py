"""A database that does not answer is no programming error: it is worth asking again."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from journal.cabinets.common.register import views
from tests.cast import Cast
from tests.conftest import Login


def test_a_busy_database_says_so_and_when_to_ask_again(
    app: Flask, cast: Cast, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_given: Any, **_facts: Any) -> NoReturn:
        raise OperationalError("UPDATE lesson", {}, Exception("database is locked"))

    teacher = login("own_teacher")
    monkeypatch.setattr(views, "save_entries", busy)
    monkeypatch.setitem(app.config, "TESTING", False)
    operation = {"op": "operation-1", "kind": "take_attendance", "lesson": cast.lessons["own"]}
    path = f"/journal/{cast.courses['own']}/save"
    answer = teacher.post(path, json={"operations": [operation]})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert "База данных занята" in answer.json["message"]
    monkeypatch.setattr(views, "journal_page", busy)
    page = teacher.get(f"/journal/{cast.courses['own']}")
    assert page.status_code == 503
    assert "База данных занята" in page.text
