"""What is done at night: the chains are checked, what nobody needs any more is dropped."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.jobs import (
    Job,
    JobState,
    job_view,
    prune,
)
from journal.core.messages import N_
from journal.core.operations import keep_answers, kept_answers
from journal.core.tenancy import across
from journal.jobs import Runner
from journal.webkit.job_kinds import VERIFY_AUDIT
from tests.cast import NOW, Cast
from tests.jobs.test_runner import Clock, put, write_log


def test_the_chains_of_all_schools_are_checked_at_night(
    app: Flask, cast: Cast, db_session: Session
) -> None:
    one = Runner(app, clock=Clock())
    one.enqueue_nightly()
    assert db_session.scalars(select(Job.id)).all() == []
    one.beat()
    one.enqueue_nightly()
    one.enqueue_nightly()  # those of before still wait
    db_session.rollback()
    with across(db_session, "both schools"):
        places = db_session.execute(select(Job.kind, Job.organisation_id)).all()
    assert sorted(map(tuple, places)) == [(VERIFY_AUDIT, 1), (VERIFY_AUDIT, 2)]
    one.work()
    db_session.rollback()
    with across(db_session, "both schools"):
        assert set(db_session.scalars(select(Job.state))) == {"done"}


def test_the_night_drops_old_receipts(app: Flask, cast: Cast, db_session: Session) -> None:
    account_id = cast["own_teacher"].account_id
    for name, days in (("of-yesterday", 1), ("of-spring", 61)):
        at = NOW - timedelta(days=days)
        keep_answers(db_session, account_id=account_id, answers={name: {}}, now=at)
    db_session.commit()
    one = Runner(app, clock=Clock())
    one.beat()
    one.enqueue_nightly()
    db_session.rollback()
    names = ["of-yesterday", "of-spring"]
    kept = kept_answers(db_session, account_id=account_id, operation_ids=names)
    assert set(kept) == {"of-yesterday"}


def test_the_check_says_where_the_log_is_damaged(
    app: Flask, cast: Cast, db_session: Session
) -> None:
    write_log(db_session, cast, 3)
    forged = {"organisation_id": cast.school, "seq": 5, "at": NOW, "actor_name": "x"}
    forged |= {"action": "put_mark", "object_type": "mark", "previous_hash": "", "hash": ""}
    db_session.add(AuditEntry(**forged))  # an entry after a gap
    db_session.commit()
    job_id = put(db_session, cast, VERIFY_AUDIT)
    one = Runner(app, clock=Clock())
    one.beat()
    one.work()
    view = job_view(db_session, job_id)
    assert view.state == JobState.FAILED and view.facts["fault"] == 4
    assert view.message is not None and view.message.params["why"] == N_("an entry is missing")


def test_old_files_and_rows_are_dropped(cast: Cast, db_session: Session) -> None:
    def ended(age: int) -> int:
        job = Job(
            organisation_id=cast.school,
            kind="work",
            state="done",
            output=b"names",
            payload=b"names",
            created_at=NOW,
            finished_at=NOW - timedelta(days=age),
        )
        db_session.add(job)
        db_session.flush()
        return job.id

    fresh, old, very_old = ended(1), ended(8), ended(61)
    prune(db_session, now=NOW)
    db_session.expire_all()
    assert db_session.get_one(Job, fresh).output == b"names"
    assert (db_session.get_one(Job, old).output, db_session.get_one(Job, old).payload) == (
        None,
        None,
    )
    assert db_session.get(Job, very_old) is None
