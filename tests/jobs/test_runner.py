"""Jobs: one holder of the lease, progress beside the work, nothing lost when a process dies."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from config import ROOT
from journal.core.audit import Change, Origin, record_many
from journal.core.db import db, transaction
from journal.core.errors import RuleViolation
from journal.core.jobs import (
    ClaimedJob,
    Job,
    JobState,
    Outcome,
    claim_next,
    enqueue,
    finish,
    job_view,
)
from journal.core.leases import Lease
from journal.core.messages import N_, message_facts, message_from_facts
from journal.core.tenancy import across, bind
from journal.jobs import Runner, start_jobs
from journal.jobs.handlers import HANDLERS, Handler
from journal.jobs.progress import Interrupted, Progress
from journal.webkit.job_kinds import JOB_NAMES, VERIFY_AUDIT
from tests.cast import NOW, Cast


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **time: float) -> None:
        self.at += timedelta(**time)


def nothing(_session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    progress(1, 1)
    return Outcome(
        message=N_("Done with %(name)s.", name=job.params["name"]),
        facts={"lines": [1]},
        output=b"made",
        output_name="made.txt",
    )


def put(session: Session, cast: Cast, kind: str = "work", **more: Any) -> int:
    job_id = enqueue(
        session,
        organisation_id=more.pop("organisation_id", cast.school),
        kind=kind,
        now=NOW,
        params={"name": "x"},
        payload=b"uploaded",
        **more,
    )
    session.commit()
    return job_id


def runner(app: Flask, clock: Clock | None = None, **handlers: Handler) -> Runner:
    return Runner(app, handlers=handlers or {"work": nothing}, clock=clock or Clock())


def write_log(session: Session, cast: Cast, count: int) -> None:
    changes = [Change(action="put_mark", object_type="mark", object_id=n) for n in range(count)]
    origin = Origin(account_id=None, actor_name="test")
    record_many(session, organisation_id=cast.school, origin=origin, changes=changes, now=NOW)
    session.commit()


def row(session: Session, job_id: int) -> Job:
    session.rollback()
    session.expire_all()
    return session.get_one(Job, job_id)


def test_a_waiting_job_is_done(app: Flask, cast: Cast, db_session: Session) -> None:
    job_id = put(db_session, cast, account_id=7)
    one = runner(app)
    one.work()
    assert row(db_session, job_id).state == JobState.WAITING  # the lease is not held yet
    one.beat()
    one.work()
    done = row(db_session, job_id)
    assert (done.state, done.attempts, done.payload, done.output) == ("done", 1, None, b"made")
    assert (done.done_steps, done.all_steps) == (1, 1)
    view = job_view(db_session, job_id)
    assert view.ended and view.message == N_("Done with %(name)s.", name="x")
    assert view.facts == {"lines": [1]} and view.has_output and not view.has_payload


def test_what_people_wait_for_goes_before_the_work_of_the_night(
    cast: Cast, db_session: Session
) -> None:
    """A region of a thousand schools has as many chains to check each night."""
    facts = {"organisation_id": cast.school, "params": {}, "now": NOW}
    mine = cast["deputy"].account_id
    jobs = [
        enqueue(db_session, kind="work", account_id=account, **facts)  # type: ignore[arg-type]
        for account in (None, None, mine, mine)
    ]
    claimed = [claim_next(db_session, kinds=["work"], now=NOW) for _ in jobs]
    assert [one.id for one in claimed if one] == [jobs[2], jobs[3], jobs[0], jobs[1]]


def test_a_job_sees_its_organisation_alone(app: Flask, cast: Cast, db_session: Session) -> None:
    seen: list[frozenset[int]] = []

    def look(session: Session, _job: ClaimedJob, _progress: Progress) -> Outcome:
        seen.append(session.info["organisations"])
        return Outcome(message=N_("Done."))

    with across(db_session, "the neighbour's job"):
        put(db_session, cast, organisation_id=cast.foreign_school)
    one = runner(app, work=look)
    one.beat()
    one.work()
    assert seen == [frozenset({cast.foreign_school})]


@pytest.mark.parametrize("fault", [RuleViolation("file", N_("Too blue.")), ValueError("a bug")])
def test_a_failure_is_told_and_nothing_stays(
    app: Flask, cast: Cast, db_session: Session, fault: Exception
) -> None:
    def spoil(session: Session, job: ClaimedJob, _progress: Progress) -> Outcome:
        session.add(Job(organisation_id=job.organisation_id, kind="left", created_at=NOW))
        session.flush()
        raise fault

    job_id = put(db_session, cast)
    one = runner(app, work=spoil)
    one.beat()
    one.work()
    view = job_view(db_session, job_id)
    assert view.state == JobState.FAILED and view.message is not None
    known = isinstance(fault, RuleViolation)
    assert ("Too blue." if known else "Something went wrong") in view.message.key
    assert "a bug" not in str(view.message)
    assert db_session.scalars(select(Job.kind)).all() == ["work"]


def test_one_process_holds_the_lease(app: Flask, cast: Cast, db_session: Session) -> None:
    clock = Clock()
    first, second = runner(app, clock), runner(app, clock)
    first.beat()
    second.beat()
    assert first.holds() and not second.holds()
    job_id = put(db_session, cast)
    second.work()
    assert row(db_session, job_id).state == JobState.WAITING
    clock.pass_(seconds=45)
    first.beat()  # prolongs
    clock.pass_(seconds=45)
    second.beat()
    assert first.holds() and not second.holds()
    first.stop()
    db_session.rollback()
    assert not db_session.scalars(select(Lease.name)).all()
    second.beat()
    assert second.holds()


def running(session: Session, cast: Cast, kind: str = "work") -> ClaimedJob:
    put(session, cast, kind)
    claimed = claim_next(session, kinds=[kind], now=NOW)
    assert claimed is not None
    session.commit()
    return claimed


def test_the_work_of_a_killed_process_is_repeated_once(
    app: Flask, cast: Cast, db_session: Session
) -> None:
    job = running(db_session, cast)
    clock = Clock()
    runner(app, clock).beat()
    assert row(db_session, job.id).state == JobState.WAITING
    again = claim_next(db_session, kinds=["work"], now=NOW)
    assert again is not None and again.attempt == 2 and again.payload == b"uploaded"
    db_session.commit()
    clock.pass_(minutes=5)
    runner(app, clock).beat()  # it killed two processes: enough
    assert row(db_session, job.id).state == JobState.FAILED
    message = job_view(db_session, job.id).message
    assert message is not None and "interrupted" in message.key
    assert row(db_session, job.id).payload is None


def test_work_that_cannot_be_repeated_fails_with_a_sentence(
    app: Flask, cast: Cast, db_session: Session
) -> None:
    job = running(db_session, cast, kind="unknown")
    runner(app).beat()
    assert job_view(db_session, job.id).state == JobState.FAILED


def test_a_process_that_lost_the_job_cannot_end_it(
    app: Flask, cast: Cast, db_session: Session
) -> None:
    job = running(db_session, cast)
    runner(app).beat()  # the job waits again
    outcome = Outcome(message=N_("Done."))
    assert not finish(db_session, job, outcome, now=NOW)
    assert claim_next(db_session, kinds=["work"], now=NOW) is not None
    assert not finish(db_session, job, outcome, now=NOW)


def test_a_stopping_process_puts_its_job_back(app: Flask, cast: Cast, db_session: Session) -> None:
    def wait(_session: Session, _job: ClaimedJob, progress: Progress) -> Outcome:
        one.stop()
        progress(1, 2)
        raise AssertionError("the work goes on")

    job_id = put(db_session, cast)
    one = runner(app, work=wait)
    one.beat()
    one.work()
    put_back = row(db_session, job_id)
    assert (put_back.state, put_back.attempts, put_back.payload) == ("waiting", 0, b"uploaded")


def test_progress_is_seen_while_the_work_goes_on(
    app: Flask, cast: Cast, db_session: Session
) -> None:
    seen: list[tuple[int, int]] = []

    def steps(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
        progress(1, 3)
        progress(2, 3)  # within the same second: not written
        seen.append((row(beside, job.id).done_steps, row(beside, job.id).all_steps))
        with transaction() as writing:
            writing.get_one(Job, job.id).output_name = "written"
            writing.flush()
            progress(3, 3)  # would wait for itself
        return Outcome(message=N_("Done."))

    put(db_session, cast)
    with app.app_context():
        beside = Session(db.engine)
    bind(beside, {cast.school})
    one = runner(app, work=steps)
    one.beat()
    one.work()
    beside.close()
    assert seen == [(1, 3)]


def test_progress_stops_the_work_of_a_stopping_process(app: Flask, db_session: Session) -> None:
    one = runner(app)
    one.stop()
    job = ClaimedJob(
        id=1, organisation_id=1, kind="", params={}, payload=None, account_id=None, attempt=1
    )
    with pytest.raises(Interrupted):
        Progress(db_session, job, one._stopping)(1, 2)


def test_a_busy_database_costs_no_lease(
    app: Flask, db_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = runner(app)
    one.beat()

    def locked(*_args: object) -> bool:
        raise OperationalError("BEGIN IMMEDIATE", None, Exception("database is locked"))

    monkeypatch.setattr(Runner, "_take", locked)
    one.beat()
    assert one.holds()


def test_a_job_in_a_process_of_its_own(
    app: Flask,
    cast: Cast,
    db_session: Session,
    engine_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_log(db_session, cast, 3)
    job_id = put(db_session, cast, VERIFY_AUDIT)
    monkeypatch.setenv("DATABASE_URL", engine_url)
    one = Runner(app, script=ROOT / "deploy" / "run_job.py")
    one.beat()
    one.work()
    view = job_view(db_session, job_id)
    assert view.state == JobState.DONE and view.facts["entries"] == 3


def test_a_process_that_dies_is_tried_once_more(
    app: Flask, cast: Cast, db_session: Session, tmp_path: Path
) -> None:
    (tmp_path / "deploy").mkdir()
    script = tmp_path / "deploy" / "dies.py"
    script.write_text("raise SystemExit(1)")
    job_id = put(db_session, cast, VERIFY_AUDIT)
    one = Runner(app, script=script)
    one.beat()
    one.work()  # twice: it waits again after the first time
    ended = row(db_session, job_id)
    assert (ended.state, ended.attempts) == ("failed", 2)


def test_a_stopping_server_ends_the_other_process(
    app: Flask, cast: Cast, db_session: Session, tmp_path: Path
) -> None:
    (tmp_path / "deploy").mkdir()
    script = tmp_path / "deploy" / "waits.py"
    script.write_text("import sys; sys.stdin.read()")
    put(db_session, cast, VERIFY_AUDIT)
    one = Runner(app, script=script)
    one.beat()
    stop = Timer(0.5, one.stop)
    stop.start()
    one.work()
    stop.join()
    assert not one.holds()


def test_tests_and_commands_start_no_jobs(app: Flask) -> None:
    assert start_jobs(app) is None


def test_every_kind_of_work_has_a_handler_and_a_name() -> None:
    assert set(HANDLERS) == set(JOB_NAMES)


def test_a_message_survives_the_row() -> None:
    message = N_("%(who)s until %(day)s, %(n)s", who=N_("deputy"), day=date(2026, 11, 20), n=3)
    assert message_from_facts(json.loads(json.dumps(message_facts(message)))) == message
    moment = N_("%(at)s", at=NOW)
    assert message_from_facts(json.loads(json.dumps(message_facts(moment)))) == moment
