"""A server that stops between taking a file and telling the result: the file is processed on."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.core.jobs import Job, JobState
from journal.exchange.queries import attempts, participation, submissions
from journal.jobs import Runner
from journal.jobs.handlers import HANDLERS
from tests.cast import NOW, Cast
from tests.features.exchange.region import region
from tests.features.exchange.test_submission import opened, sent, table, workbook


@pytest.mark.parametrize("settled", [False, True])
def test_a_file_taken_before_a_crash_is_processed_once(
    app: Flask, db_session: Session, cast: Cast, settled: bool
) -> None:
    """The process died while it worked; with `settled` after the form was accepted but before the
    job was ended: the second run finds it so."""
    here = region(db_session, cast)
    app.config["SECRET_KEY"] = "a secret of the instance"
    procedure_id = opened(here)
    sent(here, procedure_id, workbook(here, procedure_id, table()))
    db_session.commit()
    if settled:
        _run(app)
    db_session.execute(update(Job).values(state=JobState.RUNNING, attempts=1, finished_at=None))
    db_session.commit()
    _run(app)
    db_session.expire_all()
    session = here.as_(here.coordinator)
    own = participation(session, here.coordinator, procedure_id).id
    assert [one.state for one in attempts(session, own)] == ["accepted"]
    assert [one.number for one in submissions(session, own)] == [1]
    assert session.scalars(select(Job.state)).all() == [JobState.DONE]


def _run(app: Flask) -> None:
    """A server starts: it takes the lease, what was interrupted waits again, and is done."""
    one = Runner(app, handlers=HANDLERS, clock=lambda: NOW)
    one.beat()
    one.work()
    one.stop()
