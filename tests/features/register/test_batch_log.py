"""A batch logs its changes together: in their order, each once, and nothing of what was refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry, Change, verify_chain
from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.lessons.desk import open_desk
from journal.people.actors import load_actor
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Client, Login
from tests.counting import counted
from tests.features.register.conftest import operation, save


def test_what_was_refused_is_not_logged(
    teacher: Client, cast: Cast, put_mark: Callable[..., dict[str, Any]], db_session: Session
) -> None:
    lesson, pupil = cast.lessons["own"], cast.pupils["pupil"]
    batch = [
        put_mark(value="4"),
        operation("put_absence", lesson=lesson, pupil=pupil, code="n", base=7),
        put_mark(value="17"),
        operation("take_attendance", lesson=lesson, base=1),
        operation("take_attendance", lesson=lesson, base=1),
    ]
    answer = save(teacher, cast.courses["own"], *batch)
    assert [one["status"] for one in answer.json["results"]] == [200, 409, 422, 200, 200]
    logged = db_session.execute(
        select(AuditEntry.action, AuditEntry.object_id).order_by(AuditEntry.seq)
    ).all()
    actions = [action for action, _ in logged]
    assert actions == ["put_mark", "take_attendance"]
    assert all(object_id for _, object_id in logged)
    assert verify_chain(db_session, cast.school)[1] is None


def test_what_was_logged_before_a_refusal_is_forgotten(cast: Cast, db_session: Session) -> None:
    actor = load_actor(
        db_session,
        account_id=cast["own_teacher"].account_id,
        session_epoch=1,
        now=NOW,
        organisation_id=None,
        client_address=None,
    )
    assert actor is not None
    desk = open_desk(
        db_session,
        actor,
        course_id=cast.courses["own"],
        lesson_ids=[cast.lessons["own"]],
        pupil_ids=[],
        now=NOW,
    )
    with desk.batch():
        desk.log(Change(action="first", object_type="lesson"))
        with pytest.raises(RuleViolation), desk.attempt():
            desk.log(Change(action="refused", object_type="lesson"))
            raise RuleViolation("x", N_("No."))
        desk.log(Change(action="last", object_type="lesson"))
    desk.log(Change(action="alone", object_type="lesson"))
    logged = db_session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq))
    assert list(logged) == ["first", "last", "alone"]


def test_the_log_of_a_batch_takes_three_statements(app: Flask, teacher: Client, cast: Cast) -> None:
    lesson = cast.lessons["own"]
    take = operation("take_attendance", lesson=lesson, base=1)
    pupils = [cast.pupils[name] for name in ("pupil", "sibling") if name in cast.pupils]
    late = [
        operation("put_absence", lesson=lesson, pupil=pupil, code="o", minutes=5, base=0)
        for pupil in pupils
    ]
    with counted(app) as seen:
        assert save(teacher, cast.courses["own"], take, *late).status_code in (200, 207)
    assert sum("INTO audit_entry" in one for one in seen) == 1
    assert sum(one.startswith("UPDATE audit_head") for one in seen) == 1


def test_the_day_of_a_class_is_logged_together_in_its_order(
    app: Flask, login: Login, cast: Cast, db_session: Session
) -> None:
    """Lessons of two courses, a refusal between them: one piece of the log."""
    pupil = cast.pupils["pupil"]
    batch = [
        operation("put_absence", lesson=cast.lessons["own"], pupil=pupil, code="n", base=0),
        operation("put_absence", lesson=cast.lessons["keeper"], pupil=pupil, code="q", base=0),
        operation("put_absence", lesson=cast.lessons["keeper"], pupil=pupil, code="b", base=0),
    ]
    keeper = login("class_teacher")
    address = f"/classes/{cast.classes['own']}/days/{TODAY.isoformat()}/save"
    with counted(app) as seen:
        answer = keeper.post(address, json={"operations": batch})
    assert [one["status"] for one in answer.json["results"]] == [200, 422, 200]
    assert sum("INTO audit_entry" in one for one in seen) == 1
    rows = db_session.execute(select(AuditEntry.action, AuditEntry.within_id))
    places = [cast.lessons["own"], cast.lessons["keeper"]]
    assert [tuple(row) for row in rows] == [("put_absence", one) for one in places]
    assert verify_chain(db_session, cast.school)[1] is None


def test_what_stood_before_the_word_of_a_whole_day_stands_before_it_in_the_log(
    login: Login, cast: Cast, db_session: Session
) -> None:
    """Н is entered, then the day is excused: the log tells it in that order, to its end."""
    lesson, pupil = cast.lessons["own"], cast.pupils["pupil"]
    batch = [
        operation("put_absence", lesson=lesson, pupil=pupil, code="n", base=0),
        operation("put_day", lesson=lesson, pupil=pupil, code="b"),
    ]
    address = f"/classes/{cast.classes['own']}/days/{TODAY.isoformat()}/save"
    answer = login("class_teacher").post(address, json={"operations": batch})
    assert answer.status_code == 200
    query = select(AuditEntry.action, AuditEntry.after).order_by(AuditEntry.seq)
    logged = [(action, json.loads(after)["code"]) for action, after in db_session.execute(query)]
    assert logged == [("put_absence", "n"), ("load_excuse", "b"), ("put_absence", "b")]
