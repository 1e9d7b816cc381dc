"""JSON that no database can keep, or that no parser can read to its end."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.grading.models import Mark
from journal.lessons.models import HomeworkTemplate
from tests.cast import Cast
from tests.conftest import Client
from tests.features.register.conftest import operation, teacher

__all__ = ["teacher"]


def save(browser: Client, course: int, new: dict[str, Any]) -> Any:
    """As browsers send it: halves of signs as escapes."""
    body = json.dumps({"operations": [new]})
    return browser.post(f"/journal/{course}/save", data=body, content_type="application/json")


def test_half_a_sign_is_kept_as_a_sign_that_says_so(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    """A script cuts «Молодец 😀» after half of its last sign."""
    new = operation("put_mark", lesson=cast.lessons["own"], pupil=cast.pupils["pupil"], value="5")
    new |= {"work": None, "mark": None, "base": 0, "comment": "Молодец \ud83d\0"}
    answer = save(teacher, cast.courses["own"], new)
    assert answer.status_code == 200
    (result,) = answer.json["results"]
    mark = db_session.get_one(Mark, result["cell"]["m"][0][0])
    assert mark.comment == "Молодец \N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("half", ["\ud800", "\udfff"])
def test_a_value_or_a_name_of_halves_is_refused_in_words(
    teacher: Client, cast: Cast, half: str
) -> None:
    new = operation("put_mark", lesson=cast.lessons["own"], pupil=cast.pupils["pupil"], value=half)
    answer = save(teacher, cast.courses["own"], new | {"op": f"operation-{half}"})
    assert answer.status_code == 422
    assert "�" in answer.json["results"][0]["op"]


def test_whole_signs_and_what_looks_like_an_escape_stay(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    url = f"/journal/{cast.courses['own']}/lessons/{cast.lessons['own']}/templates"
    text = r"Прочитать \ud83d и нарисовать 😀"
    assert teacher.post(url, json={"text": text, "minutes": None}).status_code == 200
    assert text in db_session.scalars(select(HomeworkTemplate.text)).all()


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"operations":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        json.dumps({"operations": []}).encode("utf-16"),
        b'{"operations":"\xed\xa0\x80"}',
    ],
)
def test_what_cannot_be_read_is_refused_in_words(teacher: Client, cast: Cast, body: bytes) -> None:
    url = f"/journal/{cast.courses['own']}/save"
    answer = teacher.post(url, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert "прочитать" in answer.json["message"]
