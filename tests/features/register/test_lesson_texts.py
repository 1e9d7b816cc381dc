"""What the page's scripts know of a lesson is kept as text: it must follow every change."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from journal.grading.models import WorkType
from tests.cast import NOW, Cast
from tests.conftest import Client
from tests.features.register.conftest import operation, save


def shown(client: Client, cast: Cast) -> dict[str, Any]:
    """The own lesson as the page tells the scripts of it, at a second opening."""
    for _ in range(2):
        page = client.get(f"/journal/{cast.courses['own']}").text
    found = re.search(r'id="journal-data"[^>]*>(.*?)</script>', page)
    assert found
    lessons = {one["id"]: one for one in json.loads(found[1])["lessons"]}
    return dict(lessons[cast.lessons["own"]])


def test_a_saved_lesson_is_shown_as_the_save_answered(teacher: Client, cast: Cast) -> None:
    before = shown(teacher, cast)
    facts = {"topic": "Дроби </script>", "homework": "§ 5", "homework_none": False}
    lesson = {"lesson": cast.lessons["own"], "lesson_kind": "lesson", "homework_minutes": None}
    sent = operation("put_lesson", **lesson, **facts, base=before["version"])
    [result] = save(teacher, cast.courses["own"], sent).json["results"]
    assert result["state"] == "saved"
    after = shown(teacher, cast)
    assert after == result["lesson"]
    assert after["topic"] == "Дроби </script>" != before["topic"]


def test_a_window_that_closes_is_told(teacher: Client, cast: Cast, app: Flask) -> None:
    before = shown(teacher, cast)
    app.config["CLOCK"] = lambda: NOW + timedelta(days=10)
    after = shown(teacher, cast)
    assert before["marksOpen"] and before["marksWhy"] is None
    assert not after["marksOpen"] and after["marksWhy"]


def test_a_renamed_kind_of_work_is_told(
    teacher: Client, cast: Cast, put_mark: Any, db_session: Session
) -> None:
    save(teacher, cast.courses["own"], put_mark())
    [work] = shown(teacher, cast)["works"]
    db_session.execute(update(WorkType).where(WorkType.id == work["type"]).values(short_name="Нов"))
    db_session.commit()
    assert shown(teacher, cast)["works"] == [work | {"short": "Нов"}]
    assert work["short"] != "Нов"


def test_who_may_not_write_is_told_so(teacher: Client, cast: Cast, login: Any) -> None:
    assert shown(teacher, cast)["own"]
    assert not shown(login("deputy"), cast)["own"]
