"""Doing one claimed job: its handler, then how it ended. In this process or in one of its own."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

from flask import Flask

from journal.core.clock import utc_now
from journal.core.db import db, transaction
from journal.core.errors import JournalError
from journal.core.jobs import ClaimedJob, claimed_job, fail, finish, put_back, recover_interrupted
from journal.core.messages import N_
from journal.core.tenancy import across, acting_for
from journal.jobs.handlers import HANDLERS, Handler
from journal.jobs.progress import Interrupted, Progress

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 0.5
_END_SECONDS = 15.0
_FAULT = N_("Something went wrong on our side. Nothing was changed; start the work again.")


def do_job(
    job: ClaimedJob,
    handler: Handler,
    *,
    stopping: Event,
    clock: Callable[[], datetime] = utc_now,
) -> None:
    """Run the handler and write how it ended. Needs an application context."""
    session = db.session()
    with acting_for(session, {job.organisation_id}):
        try:
            outcome = handler(session, job, Progress(session, job, stopping))
        except Interrupted:
            with transaction() as writing:
                put_back(writing, job)
        except JournalError as refused:
            with transaction() as writing:
                fail(writing, job, refused.message, now=clock())
        except Exception:
            _log.exception("job %s (%s) failed", job.id, job.kind)
            with transaction() as writing:
                fail(writing, job, _FAULT, now=clock())
        else:
            with transaction() as writing:
                finish(writing, job, outcome, now=clock())


def do_job_apart(job: ClaimedJob, script: Path, *, stopping: Event) -> None:
    """Have `script` do the job in a process of its own.

    An import takes memory that a server would keep, and its parsing would slow the pages of this
    process. The child ends by itself when this process is gone: it reads from the pipe.
    """
    command = [sys.executable, str(script), str(job.id), str(job.attempt)]
    child = subprocess.Popen(command, cwd=script.parent.parent, stdin=subprocess.PIPE)
    assert child.stdin is not None
    while child.poll() is None:
        if stopping.wait(_LOOK_SECONDS):
            child.stdin.close()
            break
    try:
        child.wait(_END_SECONDS if stopping.is_set() else None)
    except subprocess.TimeoutExpired:
        child.kill()  # the next holder repeats the work: nothing was committed
        child.wait()
    if not child.stdin.closed:
        child.stdin.close()
    if child.returncode != 0 and not stopping.is_set():
        with transaction() as session, across(session, "a job whose process died"):
            recover_interrupted(session, repeatable=HANDLERS, now=utc_now())


def do_claimed_job(app: Flask, job_id: int, attempt: int) -> None:
    """What the script does: the job of another process's claim, until the standard input ends."""
    stopping = Event()
    Thread(target=_wait_for_end, args=(stopping,), daemon=True).start()
    with app.app_context():
        session = db.session()
        with across(session, "the job names its organisation"):
            job = claimed_job(session, job_id, attempt)
        session.rollback()
        if job is not None:
            do_job(job, HANDLERS[job.kind], stopping=stopping)


def _wait_for_end(stopping: Event) -> None:
    while os.read(0, 1024):  # not sys.stdin: its lock would be held when the interpreter ends
        continue
    stopping.set()
