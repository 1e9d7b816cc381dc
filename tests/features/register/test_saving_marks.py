"""Saving marks: what is accepted, what is refused and why, and that a refusal changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.operations import OperationReceipt
from journal.grading.models import Mark, Work
from journal.people.models import StaffMember
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Client, Login
from tests.features.register.conftest import operation, save

PutMark = Callable[..., dict[str, Any]]


def snapshot(session: Session) -> tuple[Any, ...]:
    """Everything a save of marks could change."""
    marks = session.execute(select(Mark.id, Mark.value, Mark.version).order_by(Mark.id)).all()
    works = session.scalar(select(func.count()).select_from(Work))
    log = session.scalar(select(func.count()).select_from(AuditEntry))
    receipts = session.scalar(select(func.count()).select_from(OperationReceipt))
    return marks, works, log, receipts


def test_a_mark_is_saved_audited_and_counted(
    teacher: Client, cast: Cast, put_mark: PutMark, db_session: Session
) -> None:
    answer = save(teacher, cast.courses["own"], put_mark())
    assert answer.status_code == 200
    (result,) = answer.json["results"]
    assert result["state"] == "saved"
    (mark,) = result["cell"]["m"]
    assert mark[2:4] == ["5", 1]
    assert result["sums"] == {
        "pupil": cast.pupils["pupil"],
        "average": "4,80",
        "missed": 0,
        "offer": "5",
    }
    row = db_session.get_one(Mark, mark[0])
    assert (row.value, row.entered_by) == ("5", cast["own_teacher"].account_id)
    entry = db_session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert entry is not None
    assert (entry.action, entry.object_id, entry.about_id) == ("put_mark", row.id, row.pupil_id)


def test_a_change_needs_the_version_seen_and_is_a_visible_conflict_otherwise(
    teacher: Client, cast: Cast, put_mark: PutMark, db_session: Session
) -> None:
    course, mark = cast.courses["own"], cast.marks["recent"]
    facts = {"lesson": cast.lessons["recent"], "mark": mark, "work": cast.works["recent"]}
    assert save(teacher, course, put_mark(**facts, value="4", base=1)).status_code == 200
    before = snapshot(db_session)
    stale = save(teacher, course, put_mark(**facts, value="3", base=1))
    assert stale.status_code == 409
    (result,) = stale.json["results"]
    assert result["state"] == "conflict"
    assert result["theirs"]["value"] == "4"
    assert result["theirs"]["who"].startswith("Соколова")
    assert result["cell"]["m"][0][2:4] == ["4", 2]
    assert snapshot(db_session) == before


def test_an_empty_cell_filled_by_another_tab_is_a_conflict(
    teacher: Client, cast: Cast, put_mark: PutMark, db_session: Session
) -> None:
    course = cast.courses["own"]
    save(teacher, course, put_mark(value="4"))
    before = snapshot(db_session)
    second = save(teacher, course, put_mark(value="3"))
    assert second.status_code == 409
    assert snapshot(db_session) == before


def test_a_replayed_operation_changes_nothing(
    teacher: Client, cast: Cast, put_mark: PutMark, db_session: Session
) -> None:
    one = put_mark()
    first = save(teacher, cast.courses["own"], one)
    before = snapshot(db_session)
    second = save(teacher, cast.courses["own"], one)
    assert second.status_code == 200
    assert second.json["results"][0]["cell"] == first.json["results"][0]["cell"]
    assert snapshot(db_session) == before


@pytest.mark.parametrize(
    ("facts", "status", "words"),
    [
        ({"value": "6"}, 422, "5, 4, 3, 2"),
        ({"value": "зач"}, 422, "5, 4, 3, 2"),
        ({"value": ""}, 422, "5, 4, 3, 2"),
        ({"value": "5" * 1000}, 422, "5, 4, 3, 2"),
        ({"comment": "ы" * 100_000}, 422, "500"),
        ({"pupil": "leaver"}, 422, "20.11"),
        ({"pupil": "stranger_pupil"}, 422, "20.11"),
        ({"pupil": "foreign_pupil"}, 422, "20.11"),
        ({"lesson": "future"}, 423, "23.11"),
        ({"lesson": "locked", "mark": "locked", "base": 1}, 423, "15.11 23:59"),
        ({"lesson": "closed", "mark": "closed", "base": 1}, 423, "29.10"),
        ({"lesson": "same_class"}, 404, ""),
        ({"lesson": "other_class"}, 404, ""),
        ({"lesson": "foreign"}, 404, ""),
        ({"work": "foreign"}, 404, ""),
        ({"lesson": 987_654}, 404, ""),
    ],
)
def test_refusals_say_why_and_change_nothing(
    teacher: Client,
    cast: Cast,
    put_mark: PutMark,
    db_session: Session,
    facts: dict[str, Any],
    status: int,
    words: str,
) -> None:
    named = {"lesson": cast.lessons, "pupil": cast.pupils, "mark": cast.marks, "work": cast.works}
    facts = {
        key: named[key][value] if key in named and isinstance(value, str) else value
        for key, value in facts.items()
    }
    before = snapshot(db_session)
    answer = save(teacher, cast.courses["own"], put_mark(**facts))
    assert answer.status_code == status
    (result,) = answer.json["results"]
    assert result["state"] == "refused"
    assert words in result["message"]
    assert "Чуж" not in answer.text
    assert snapshot(db_session) == before


def test_a_refused_operation_does_not_stop_the_others(
    teacher: Client, cast: Cast, put_mark: PutMark, db_session: Session
) -> None:
    answer = save(
        teacher,
        cast.courses["own"],
        put_mark(value="9"),
        put_mark(pupil=cast.pupils["classmate"], value="4"),
    )
    assert answer.status_code == 207
    assert [one["status"] for one in answer.json["results"]] == [422, 200]
    assert db_session.scalar(select(func.count()).select_from(Mark)) == 6 + 1


def test_the_window_of_a_work_with_long_checking_is_its_own(
    teacher: Client, cast: Cast, put_mark: PutMark, app: Any
) -> None:
    """A контрольная of 18.11 is checked for seven days: to the end of 25.11 (003:113)."""
    facts = {"lesson": cast.lessons["recent"], "mark": cast.marks["recent"], "base": 1}
    app.config["CLOCK"] = lambda: NOW + timedelta(days=5)
    late = save(teacher, cast.courses["own"], put_mark(**facts, value="4"))
    assert late.status_code == 200
    app.config["CLOCK"] = lambda: NOW + timedelta(days=6)
    too_late = save(teacher, cast.courses["own"], put_mark(**facts | {"base": 2}, value="3"))
    assert too_late.status_code == 423
    assert "25.11 23:59" in too_late.json["results"][0]["message"]
    assert "Орлова" in too_late.json["results"][0]["message"]


@pytest.mark.parametrize(
    ("member", "status"),
    [
        ("other_teacher", 403),
        ("class_teacher", 200),
        ("deputy", 403),
        ("director", 403),
        ("administrator", 403),
        ("parent", 403),
        ("pupil", 403),
        ("foreign_administrator", 403),
        ("foreign_teacher", 404),
        ("foreign_parent", 403),
    ],
)
def test_only_the_lessons_teacher_writes(
    login: Login, cast: Cast, put_mark: PutMark, db_session: Session, member: str, status: int
) -> None:
    before = snapshot(db_session)
    answer = save(login(member), cast.courses["own"], put_mark())
    if member == "class_teacher":  # reads the page, holds other lessons: refused in the batch
        assert answer.json["results"][0]["status"] == 403
        assert answer.status_code == 403
    else:
        assert answer.status_code == status
    assert "Ёлкин" not in answer.text
    assert snapshot(db_session) == before


def test_get_is_refused(teacher: Client, cast: Cast) -> None:
    assert teacher.get(f"/journal/{cast.courses['own']}/save").status_code == 405


def test_an_expired_session_is_told_in_json(
    client: Client, cast: Cast, put_mark: PutMark, db_session: Session
) -> None:
    before = snapshot(db_session)
    answer = save(client, cast.courses["own"], put_mark())
    assert answer.status_code == 401
    assert answer.json["login"] == "/login"
    assert answer.json["message"]
    assert "kept" in answer.text or "Войдите" in answer.json["message"]
    assert snapshot(db_session) == before


@pytest.mark.parametrize(
    "body",
    [
        None,
        {},
        {"operations": []},
        {"operations": [{}]},
        {"operations": "5"},
        {"operations": [{"op": "12345678", "kind": "drop_table", "lesson": 1}]},
        {"operations": [{"op": "12345678", "kind": "put_mark", "lesson": "1"}]},
        {"operations": [{"op": "12345678", "kind": "put_mark", "lesson": 2**70}]},
    ],
)
def test_nonsense_is_refused_whole(teacher: Client, cast: Cast, body: Any) -> None:
    answer = teacher.post(f"/journal/{cast.courses['own']}/save", json=body)
    assert answer.status_code == 400


def test_clearing_keeps_what_was_in_the_log(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    mark = cast.marks["recent"]
    facts = {"lesson": cast.lessons["recent"], "pupil": cast.pupils["pupil"], "mark": mark}
    answer = save(teacher, cast.courses["own"], operation("clear_mark", **facts, base=1))
    assert answer.status_code == 200
    assert "m" not in answer.json["results"][0]["cell"]
    assert db_session.get(Mark, mark) is None
    entry = db_session.scalars(select(AuditEntry).where(AuditEntry.object_id == mark)).one()
    assert entry.action == "clear_mark"
    assert entry.before is not None
    assert '"value":"5"' in entry.before


def test_a_refusal_names_a_deputy_who_is_there(
    teacher: Client, cast: Cast, put_mark: Callable[..., dict[str, Any]], db_session: Session
) -> None:
    def told() -> str:
        late = put_mark(lesson=cast.lessons["locked"], pupil=cast.pupils["third"])
        (one,) = save(teacher, cast.courses["own"], late).json["results"]
        assert one["status"] == 423
        return str(one["message"])

    assert "Орлова" in told()
    db_session.get_one(StaffMember, cast["deputy"].staff_id).left_on = TODAY
    db_session.commit()
    assert "Орлова" not in told() and "Зотова" in told()
