"""A substitute writes in the lessons he holds, reads the others, and nothing more."""

from __future__ import annotations

import json
import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.grading.models import Mark, Work
from journal.lessons.models import Lesson
from tests.cast import Cast
from tests.conftest import Login
from tests.features.register.conftest import operation, save


def test_only_the_substituted_lesson_is_his(login: Login, cast: Cast, db_session: Session) -> None:
    course, other = cast.courses["own"], login("other_teacher")
    assert other.get(f"/journal/{course}").status_code == 403
    lesson = db_session.get_one(Lesson, cast.lessons["own"])
    lesson.replaced_staff_id, lesson.staff_id = lesson.staff_id, cast["other_teacher"].staff_id or 0
    db_session.commit()
    page = other.get(f"/journal/{course}")
    assert page.status_code == 200
    found = re.search(r'id="journal-data"[^>]*>(.*?)</script>', page.text)
    assert found is not None
    facts: dict[str, Any] = json.loads(found[1])
    assert [one["id"] for one in facts["lessons"] if one["own"]] == [cast.lessons["own"]]
    mark = {"pupil": cast.pupils["pupil"], "work": None, "mark": None, "value": "4", "base": 0}
    refused = operation("put_mark", lesson=cast.lessons["recent"], **mark)
    written = operation("put_mark", lesson=cast.lessons["own"], **mark)
    answer = save(other, course, written, refused)
    assert [one["status"] for one in answer.json["results"]] == [200, 403]
    query = select(Mark.value).join(Work).where(Work.lesson_id == cast.lessons["own"])
    assert db_session.scalars(query).all() == ["4"]
