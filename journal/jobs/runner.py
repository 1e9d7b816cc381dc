"""The runner: a scheduler inside every server process, of which the holder of the lease works."""

from __future__ import annotations

import atexit
import os
import secrets
import socket
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from threading import Event

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from config import Settings
from journal.core.clock import utc_now
from journal.core.db import db, transaction
from journal.core.errors import JournalError
from journal.core.jobs import (
    ClaimedJob,
    JobState,
    any_waiting,
    claim_next,
    enqueue,
    fail,
    finish,
    prune,
    put_back,
    recent_jobs,
    recover_interrupted,
)
from journal.core.leases import release_lease, take_lease
from journal.core.messages import N_
from journal.core.tenancy import across, acting_for
from journal.jobs.handlers import HANDLERS, Handler
from journal.jobs.progress import Interrupted, Progress
from journal.people.queries import organisation_ids
from journal.webkit.job_kinds import VERIFY_AUDIT

LEASE = "jobs"
LASTS = timedelta(seconds=60)
BEAT_SECONDS = 15
WORK_SECONDS = 2
NIGHTLY_UTC_HOUR = 22  # one in the morning in Moscow
_WHY = "jobs serve every organisation"
_FAULT = N_("Something went wrong on our side. Nothing was changed; start the work again.")


class Runner:
    """Takes the lease, runs waiting jobs one by one, checks the audit chains at night."""

    def __init__(
        self,
        app: Flask,
        *,
        handlers: Mapping[str, Handler] = HANDLERS,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._app = app
        self._handlers = handlers
        self._clock = clock
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._held_until: datetime | None = None
        self._stopping = Event()
        self._scheduler: BackgroundScheduler | None = None

    def start(self) -> None:
        """Begin to beat and to work in threads of this process; ends with the process."""
        scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(3)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        first = self._clock()
        scheduler.add_job(self.beat, "interval", seconds=BEAT_SECONDS, next_run_time=first)
        scheduler.add_job(self.work, "interval", seconds=WORK_SECONDS)
        scheduler.add_job(self.enqueue_nightly, "cron", hour=NIGHTLY_UTC_HOUR)
        scheduler.start()
        self._scheduler = scheduler
        atexit.register(self.stop)

    def stop(self) -> None:
        """Stop taking work; a job in its reading phase is put back, a writing one is let end."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        atexit.unregister(self.stop)
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=True)
        if self.holds():
            with self._app.app_context(), transaction() as session:
                release_lease(session, name=LEASE, holder=self._holder)

    def holds(self) -> bool:
        """Whether this process may work now."""
        return self._held_until is not None and self._clock() < self._held_until

    def beat(self) -> None:
        """Take or prolong the lease; a new holder first mends what a dead one left running."""
        now = self._clock()
        with self._app.app_context(), transaction() as session, across(session, _WHY):
            held = take_lease(session, name=LEASE, holder=self._holder, now=now, lasts=LASTS)
            if held and not self.holds():
                recover_interrupted(session, repeatable=self._handlers, now=now)
        self._held_until = now + LASTS if held else None

    def work(self) -> None:
        """Run every waiting job, one after another, while the lease is held."""
        while self.holds() and not self._stopping.is_set():
            with self._app.app_context():
                job = self._claim()
                if job is None:
                    return
                self._run(job)

    def enqueue_nightly(self) -> None:
        """A check of the audit chain for every organisation; old files of jobs are dropped."""
        if not self.holds():
            return
        now = self._clock()
        with self._app.app_context(), transaction() as session, across(session, _WHY):
            prune(session, now=now)
            for organisation_id in organisation_ids(session):
                waiting = recent_jobs(
                    session,
                    organisation_id=organisation_id,
                    kinds=[VERIFY_AUDIT],
                    states=[JobState.WAITING],
                    limit=1,
                )
                if not waiting:
                    enqueue(session, organisation_id=organisation_id, kind=VERIFY_AUDIT, now=now)

    def _claim(self) -> ClaimedJob | None:
        session = db.session()
        with across(session, _WHY):
            waiting = any_waiting(session)
        session.rollback()
        if not waiting:
            return None  # the usual case: nothing was locked
        with transaction() as writing, across(writing, _WHY):
            return claim_next(writing, kinds=self._handlers, now=self._clock())

    def _run(self, job: ClaimedJob) -> None:
        session = db.session()
        progress = Progress(session, job, self._stopping)
        with acting_for(session, {job.organisation_id}):
            try:
                outcome = self._handlers[job.kind](session, job, progress)
            except Interrupted:
                with transaction() as writing:
                    put_back(writing, job)
            except JournalError as refused:
                with transaction() as writing:
                    fail(writing, job, refused.message, now=self._clock())
            except Exception:
                self._app.logger.exception("job %s (%s) failed", job.id, job.kind)
                with transaction() as writing:
                    fail(writing, job, _FAULT, now=self._clock())
            else:
                with transaction() as writing:
                    finish(writing, job, outcome, now=self._clock())


def start_jobs(app: Flask) -> Runner | None:
    """Called once in each server process after the fork; None where settings say no."""
    settings: Settings = app.config["SETTINGS"]
    if not settings.run_jobs or settings.testing:
        return None
    runner = Runner(app)
    runner.start()
    app.extensions["jobs"] = runner
    return runner


def stop_jobs(app: Flask) -> None:
    """Called by the server when the process is about to end, before its threads are waited for."""
    runner: Runner | None = app.extensions.pop("jobs", None)
    if runner is not None:
        runner.stop()
