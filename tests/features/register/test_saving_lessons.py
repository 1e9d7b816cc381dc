"""Saving the lesson's panel: topic, homework, «не задано», works."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry, verify_chain
from journal.grading.models import Work, WorkType
from journal.lessons.models import Homework, Lesson
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.features.register.conftest import operation, save


def panel(cast: Cast, **facts: Any) -> dict[str, Any]:
    """The panel of today's lesson, filled; facts may be replaced."""
    plain = {
        "lesson": cast.lessons["own"],
        "base": 1,
        "topic": "Сложение дробей",
        "homework": "§ 20, № 474",
        "homework_none": False,
        "homework_minutes": 25,
        "lesson_kind": "lesson",
    }
    return operation("put_lesson", **(plain | facts))


def test_topic_and_homework_are_saved_and_due_at_the_next_lesson(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    answer = save(teacher, cast.courses["own"], panel(cast))
    assert answer.status_code == 200
    assert answer.json["results"][0]["lesson"]["version"] == 2
    lesson = db_session.get_one(Lesson, cast.lessons["own"])
    homework = db_session.scalars(select(Homework).where(Homework.lesson_id == lesson.id)).one()
    assert lesson.topic == "Сложение дробей"
    assert (homework.text, homework.minutes) == ("§ 20, № 474", 25)
    assert homework.due_on == db_session.get_one(Lesson, cast.lessons["future"]).held_on
    assert set(db_session.scalars(select(AuditEntry.action))) == {"put_topic", "put_homework"}
    assert verify_chain(db_session, cast.school) == (2, None)


def test_nothing_set_is_an_answer_of_its_own(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    one = panel(cast, homework="", homework_none=True, homework_minutes=None)
    assert save(teacher, cast.courses["own"], one).status_code == 200
    homework = db_session.scalars(
        select(Homework).where(Homework.lesson_id == cast.lessons["own"])
    ).one()
    assert homework.nothing_set
    emptied = panel(cast, homework="", homework_minutes=None, base=2)
    assert save(teacher, cast.courses["own"], emptied).status_code == 200
    db_session.expire_all()
    assert (
        db_session.scalars(
            select(Homework.id).where(Homework.lesson_id == cast.lessons["own"])
        ).all()
        == []
    )


@pytest.mark.parametrize(
    ("facts", "status", "words"),
    [
        ({"topic": "ы" * 100_000}, 422, "1000"),
        ({"homework": "ы" * 100_000}, 422, "4000"),
        ({"homework_none": True}, 422, ""),
        ({"homework_minutes": 601}, 422, "600"),
        ({"lesson_kind": "party"}, 422, ""),
        ({"base": 7}, 409, ""),
        ({"lesson": "recent"}, 423, "18.11 23:59"),
        ({"lesson": "locked"}, 423, "15.11 23:59"),
        ({"lesson": "other_class"}, 404, ""),
    ],
)
def test_refusals_change_nothing(
    teacher: Client, cast: Cast, db_session: Session, facts: dict[str, Any], status: int, words: str
) -> None:
    facts = {k: cast.lessons[v] if k == "lesson" else v for k, v in facts.items()}
    before = _everything(db_session)
    answer = save(teacher, cast.courses["own"], panel(cast, **facts))
    assert answer.status_code == status
    assert words in answer.json["results"][0]["message"]
    assert _everything(db_session) == before


def _everything(session: Session) -> list[Any]:
    lessons = session.execute(select(Lesson.id, Lesson.topic, Lesson.version)).all()
    texts = session.execute(select(Homework.lesson_id, Homework.text)).all()
    return [sorted(lessons), sorted(texts), len(session.scalars(select(AuditEntry.id)).all())]


def test_a_future_lesson_may_be_planned(teacher: Client, cast: Cast, db_session: Session) -> None:
    facts = {"lesson": cast.lessons["future"]}
    assert save(teacher, cast.courses["own"], panel(cast, **facts)).status_code == 200
    kind = db_session.scalars(select(WorkType).where(WorkType.weight == 3)).one()
    work = operation("put_work", **facts, work=None, type=kind.id, weight=3, caption="КР 2")
    answer = save(teacher, cast.courses["own"], work)
    assert answer.status_code == 200
    assert answer.json["results"][0]["lesson"]["works"][0]["title"] == "КР 2"


def test_a_works_weight_has_bounds(teacher: Client, cast: Cast, db_session: Session) -> None:
    kind = db_session.scalars(select(WorkType)).first()
    assert kind is not None
    before = len(db_session.scalars(select(Work.id)).all())
    for weight in (0, 101):
        work = operation(
            "put_work", lesson=cast.lessons["own"], work=None, type=kind.id, weight=weight
        )
        assert save(teacher, cast.courses["own"], work).status_code == 422
    assert len(db_session.scalars(select(Work.id)).all()) == before


def test_a_work_without_marks_is_removed_and_one_with_marks_stays(
    teacher: Client, login: Login, cast: Cast, db_session: Session
) -> None:
    course, place = cast.courses["own"], {"lesson": cast.lessons["recent"]}
    kind = db_session.get_one(Work, cast.works["recent"]).work_type_id
    added = operation("put_work", **place, work=None, type=kind, weight=1, caption="Лишняя")
    works = save(teacher, course, added).json["results"][0]["lesson"]["works"]
    (extra,) = (one["id"] for one in works if one["caption"] == "Лишняя")
    stranger = save(login("class_teacher"), course, operation("clear_work", **place, work=extra))
    assert stranger.status_code == 403
    cleared = save(teacher, course, operation("clear_work", **place, work=extra))
    assert cleared.status_code == 200
    assert [one["id"] for one in cleared.json["results"][0]["lesson"]["works"]] == [
        cast.works["recent"]
    ]
    again = save(teacher, course, operation("clear_work", **place, work=extra))
    assert again.status_code == 200
    held = save(teacher, course, operation("clear_work", **place, work=cast.works["recent"]))
    assert held.status_code == 422
    db_session.rollback()
    assert db_session.get(Work, extra) is None
    assert db_session.get(Work, cast.works["recent"]) is not None
    entry = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "clear_work")).one()
    assert "Лишняя" in (entry.before or "")
