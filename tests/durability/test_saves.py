"""A hundred saves while the server is killed: what was acknowledged is kept, nothing is doubled."""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import column, func, select, table
from sqlalchemy.orm import Session

from bench.server import Browser
from journal.core.audit import AuditEntry, verify_chain
from journal.core.operations import OperationReceipt
from journal.grading.models import Mark, Work
from journal.school.models import ClassGroup
from tests.cast import Cast
from tests.durability.server import Server
from tests.factories import SchoolBuilder

PUPILS, TYPISTS = 50, 3
# Where the server dies by itself; between them it is killed from outside at any moment. Two marks
# go into a save and three saves may be under way: a hundred last for all of these deaths.
DEATHS = ("INSERT INTO mark:9", "COMMIT:9", "", "ACKNOWLEDGE:10", "INSERT INTO operation:6", "")
BUSY = 503
Cell = tuple[int, int]
Send = Callable[[list[dict[str, Any]]], Any]


@dataclass
class Desk:
    """What the typists have to send, and what they were told."""

    waiting: list[dict[str, Any]]
    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict)
    unanswered: list[dict[str, Any]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    problems: list[str] = field(default_factory=list)

    def take(self) -> list[dict[str, Any]]:
        """The next small batch."""
        with self.lock:
            batch, self.waiting[:] = self.waiting[:2], self.waiting[2:]
            return batch

    def told(self, batch: list[dict[str, Any]], answer: Any) -> None:
        """Note what the server says became of a batch."""
        with self.lock:
            for operation, result in zip(batch, answer["results"], strict=True):
                if result["status"] == 200:
                    self.acknowledged[operation["op"]] = operation
                else:
                    self.problems.append(f"{operation}: {result}")

    def lost(self, batch: list[dict[str, Any]]) -> None:
        """Nobody answered: whether it was saved is not known."""
        with self.lock:
            self.unanswered += batch


@pytest.fixture
def server(engine_url: str, tmp_path: Path) -> Iterator[Server]:
    running = Server(engine_url, tmp_path)
    yield running
    running.kill()


@pytest.fixture
def operations(db_session: Session, cast: Cast) -> list[dict[str, Any]]:
    """A new mark for each of fifty pupils in two open lessons."""
    school = SchoolBuilder.of(db_session, cast.school)
    group = db_session.get_one(ClassGroup, cast.classes["own"])
    names = [f"Новиков{chr(ord('а') + n % 25)}{'ин' * (n // 25)} Пётр" for n in range(PUPILS)]
    pupils = [school.pupil(name, group).id for name in names]
    db_session.commit()
    found = [
        {
            "op": f"durable-{lesson}-{pupil}",
            "kind": "put_mark",
            "lesson": cast.lessons[lesson],
            "pupil": pupil,
            "work": cast.works["recent"] if lesson == "recent" else None,
            "mark": None,
            "base": 0,
            "value": "45"[pupil % 2],
        }
        for lesson in ("own", "recent")
        for pupil in pupils
    ]
    random.shuffle(found)
    return found


@contextmanager
def sending(app: Flask, server: Server, cast: Cast) -> Iterator[Send]:
    """The own teacher's browser: sends a batch, returns the answer. A busy server is asked again,
    as the page does."""
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    cookie = serializer.dumps({"_user_id": cast["own_teacher"].session_id, "_fresh": True})
    address = f"/journal/{cast.courses['own']}/save"
    browser = Browser(server.port, f"session={cookie}")

    def send(batch: list[dict[str, Any]]) -> Any:
        while (answer := browser.post(address, {"operations": batch}, token=token)).status == BUSY:
            time.sleep(0.2)
        assert answer.status in (200, 207, 409), server.log.read_text()[-4000:]
        return answer.json

    try:
        token = browser.get("/session").json["csrf"]
        yield send
    finally:
        browser.close()


def typing(app: Flask, server: Server, cast: Cast, desk: Desk) -> None:
    """Send batches until the server is gone."""
    batch: list[dict[str, Any]] = []
    try:
        with sending(app, server, cast) as send:
            while batch := desk.take():
                desk.told(batch, send(batch))
    except (OSError, http.client.HTTPException):
        desk.lost(batch)


def one_life(app: Flask, server: Server, cast: Cast, desk: Desk, death: str) -> None:
    """The typists work until the server dies: at the moment asked for, or killed from outside."""
    server.start(death)
    enough = 1000 if death else len(desk.acknowledged) + random.randint(6, 10)
    arguments = (app, server, cast, desk)
    typists = [threading.Thread(target=typing, args=arguments) for _ in range(TYPISTS)]
    for typist in typists:
        typist.start()
    while any(typist.is_alive() for typist in typists):
        if len(desk.acknowledged) >= enough:
            server.kill()
        typists[0].join(random.uniform(0.001, 0.01))
    if death:
        server.dies()
    server.kill()


def settled(session: Session) -> None:
    """Wait until the database has done with what the dead had begun: a commit that was already
    asked for goes on in PostgreSQL's own process."""
    if session.get_bind().dialect.name != "postgresql":
        return
    names = ("datname", "pid", "state")
    activity = table("pg_stat_activity", *(column(name) for name in names))
    others = select(func.count()).where(
        activity.c.datname == func.current_database(),
        activity.c.pid != func.pg_backend_pid(),
        activity.c.state != "idle",
    )
    while session.scalar(others):
        session.rollback()
        time.sleep(0.01)
    session.rollback()


def written(session: Session, lessons: list[int]) -> dict[Cell, int]:
    """How many marks a pupil has in a lesson."""
    session.rollback()
    rows = session.execute(
        select(Work.lesson_id, Mark.pupil_id, func.count(Mark.id))
        .join(Work, Work.id == Mark.work_id)
        .where(Work.lesson_id.in_(lessons))
        .group_by(Work.lesson_id, Mark.pupil_id)
    )
    return {(lesson, pupil): count for lesson, pupil, count in rows}


def test_a_hundred_saves_outlive_every_death(
    app: Flask,
    cast: Cast,
    db_session: Session,
    server: Server,
    operations: list[dict[str, Any]],
) -> None:
    desk = Desk(list(operations))
    lessons = [cast.lessons["own"], cast.lessons["recent"]]
    before = written(db_session, lessons)
    for death in DEATHS:
        one_life(app, server, cast, desk, death)
        settled(db_session)
        found = written(db_session, lessons)
        assert max(found.values()) == 1
        kept = [(one["lesson"], one["pupil"]) in found for one in desk.acknowledged.values()]
        assert all(kept), f"{kept.count(False)} acknowledged marks are lost after «{death}»"
        assert verify_chain(db_session, cast.school)[1] is None, death
    assert not desk.problems, desk.problems[:3]
    assert desk.unanswered, "no save was caught by a death: they come too late"
    resend_everything(app, server, cast, desk, operations)
    cells = {(one["lesson"], one["pupil"]): 1 for one in operations}
    assert written(db_session, lessons) == before | cells
    assert verify_chain(db_session, cast.school) == (len(operations), None)
    assert logged(db_session) == len(operations)


def resend_everything(
    app: Flask, server: Server, cast: Cast, desk: Desk, operations: list[dict[str, Any]]
) -> None:
    """As the browsers' queues do, in several tabs at once; the acknowledged is sent again too."""
    server.start()

    def resend() -> None:
        with sending(app, server, cast) as send:
            for first in range(0, len(operations), 10):
                batch = operations[first : first + 10]
                desk.told(batch, send(batch))

    tabs = [threading.Thread(target=resend) for _ in range(TYPISTS)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert not desk.problems, desk.problems[:3]
    assert len(desk.acknowledged) == len(operations)


def logged(session: Session) -> int:
    """Audit rows of new marks; each operation has its receipt."""
    session.rollback()
    receipts = session.scalar(select(func.count()).select_from(OperationReceipt))
    marks = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "put_mark")
    found = session.scalar(marks)
    assert receipts == found
    return found or 0
