"""The runner: a scheduler inside every server process, of which the holder of the lease works."""

from __future__ import annotations

import atexit
import logging
import os
import secrets
import socket
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from config import ROOT, Settings
from journal.attendance.alerts.queries import schools_with_thresholds
from journal.core.clock import utc_now
from journal.core.db import db, transaction
from journal.core.files import DirectoryStore, prune_bytes, prune_rows
from journal.core.jobs import (
    ClaimedJob,
    JobState,
    any_waiting,
    claim_next,
    enqueue,
    prune,
    recent_jobs,
    recover_interrupted,
)
from journal.core.leases import held_by_another, release_lease, take_lease
from journal.core.operations import prune_receipts
from journal.core.outbox import prune_outbox
from journal.core.tenancy import across
from journal.exchange.gathering import gather_due, sums_are_due
from journal.jobs.alarms import Alarms
from journal.jobs.delivery import Delivery
from journal.jobs.handlers import HANDLERS, Handler
from journal.jobs.working import do_job, do_job_apart
from journal.messages.mail import forget_texts
from journal.people.queries import organisation_ids
from journal.webkit.job_kinds import CHECK_ABSENCES, VERIFY_AUDIT

LEASE = "jobs"
LASTS = timedelta(minutes=3)
BEAT_SECONDS = 20
WORK_SECONDS = 2
ALARM_SECONDS = 30
SUMS_SECONDS = 60
NIGHTLY_UTC_HOUR = 22  # one in the morning in Moscow
_WHY = "jobs serve every organisation"
_SCRIPT = ROOT / "deploy" / "run_job.py"


class Runner:
    """Takes the lease, runs waiting jobs one by one, delivers messages, checks the log at night."""

    def __init__(
        self,
        app: Flask,
        *,
        handlers: Mapping[str, Handler] = HANDLERS,
        clock: Callable[[], datetime] = utc_now,
        script: Path | None = None,
    ) -> None:
        """`script` does the jobs in processes of their own; without it they run in this one."""
        self._app = app
        self._handlers = handlers
        self._clock = clock
        self._script = script
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._held_until: datetime | None = None
        self._stopping = Event()
        self._scheduler: BackgroundScheduler | None = None
        self._alarms = Alarms(app, clock=clock, stopping=self._stopping)
        self._delivery = Delivery(app, clock=clock, stopping=self._stopping)

    def start(self) -> None:
        """Begin to beat and to work in threads of this process; ends with the process."""
        scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(6)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        first = self._clock()
        scheduler.add_job(self.beat, "interval", seconds=BEAT_SECONDS, next_run_time=first)
        for task in (self.work, self.hand_on, self.send_mail):
            scheduler.add_job(task, "interval", seconds=WORK_SECONDS)
        scheduler.add_job(self.tell_absences, "interval", seconds=ALARM_SECONDS)
        scheduler.add_job(self.add_up, "interval", seconds=SUMS_SECONDS)
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
            self._held_until = None

    def holds(self) -> bool:
        """Whether this process may work now."""
        return self._held_until is not None and self._clock() < self._held_until

    def beat(self) -> None:
        """Take or prolong the lease; a new holder first mends what a dead one left running.

        While a long write holds the database the lease is not prolonged: it lasts longer than any.
        """
        now = self._clock()
        with self._app.app_context():
            waits = held_by_another(db.session(), name=LEASE, holder=self._holder, now=now)
            db.session.rollback()
            try:
                held = not waits and self._take(now)
            except OperationalError as locked:
                self._app.logger.info("the lease of jobs was not prolonged: %s", locked.orig)
                return
        self._held_until = now + LASTS if held else None

    def _take(self, now: datetime) -> bool:
        with transaction() as session, across(session, _WHY):
            held = take_lease(session, name=LEASE, holder=self._holder, now=now, lasts=LASTS)
            if held and not self.holds():
                recover_interrupted(session, repeatable=self._handlers, now=now)
        return held

    def work(self) -> None:
        """Run every waiting job, one after another, while the lease is held."""
        while self.holds() and not self._stopping.is_set():
            with self._app.app_context():
                job = self._claim()
                if job is None:
                    return
                self._run(job)

    def hand_on(self) -> None:
        """Make notifications of what was committed, while the lease is held."""
        if self.holds():
            self._delivery.hand_on()

    def send_mail(self) -> None:
        """Send the letters that are due, while the lease is held."""
        if self.holds():
            self._delivery.send_mail()

    def tell_absences(self) -> None:
        """Tell families of unannounced absences, while the lease is held."""
        if self.holds():
            self._alarms.tell()

    def add_up(self) -> None:
        """Add up what schools have handed in since, while the lease is held."""
        if not self.holds():
            return
        with self._app.app_context():
            if not sums_are_due(db.session()):
                return
            db.session.rollback()
            with transaction() as session:
                gather_due(session)

    def enqueue_nightly(self) -> None:
        """Checks of the audit chain and of the absences of every organisation; what nobody needs is
        dropped."""
        if not self.holds():
            return
        now = self._clock()
        settings: Settings = self._app.config["SETTINGS"]
        with self._app.app_context(), transaction() as session, across(session, _WHY):
            prune(session, now=now)
            prune_rows(session, now=now)
            prune_outbox(session, now=now)
            forget_texts(session, now=now)
            prune_receipts(session, now=now)
            for organisation_id in organisation_ids(session):
                _enqueue_once(session, organisation_id, VERIFY_AUDIT, now)
            for organisation_id in schools_with_thresholds(session):
                _enqueue_once(session, organisation_id, CHECK_ABSENCES, now)
        with self._app.app_context(), across(db.session(), _WHY):
            prune_bytes(db.session(), DirectoryStore(settings.files_dir), now=now)

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
        if self._script is None:
            do_job(job, self._handlers[job.kind], stopping=self._stopping, clock=self._clock)
        else:
            db.session.remove()
            do_job_apart(job, self._script, stopping=self._stopping)


def _enqueue_once(session: Session, organisation_id: int, kind: str, now: datetime) -> None:
    """Unless one is waiting already."""
    waiting = recent_jobs(
        session,
        organisation_id=organisation_id,
        kinds=[kind],
        states=[JobState.WAITING],
        limit=1,
    )
    if not waiting:
        enqueue(session, organisation_id=organisation_id, kind=kind, now=now)


def start_jobs(app: Flask) -> Runner | None:
    """Called once in each server process after the fork; None where settings say no."""
    settings: Settings = app.config["SETTINGS"]
    if not settings.run_jobs or settings.testing:
        return None
    # A tick that finds the last one still working is no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    runner = Runner(app, script=_SCRIPT)
    runner.start()
    app.extensions["jobs"] = runner
    return runner


def stop_jobs(app: Flask) -> None:
    """Called by the server when the process is about to end, before its threads are waited for."""
    runner: Runner | None = app.extensions.pop("jobs", None)
    if runner is not None:
        runner.stop()
