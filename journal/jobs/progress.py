"""How far a job is, written beside the work in short transactions of its own."""

from __future__ import annotations

import time
from threading import Event

from sqlalchemy.orm import Session

from journal.core.db import begin_writing, db
from journal.core.jobs import ClaimedJob, note_progress
from journal.core.tenancy import bind

PAUSE_SECONDS = 1.0


class Interrupted(Exception):
    """The process is stopping: the work is dropped and waits for the next holder."""


class Progress:
    """Called by the work with (steps done, steps in all); cheap to call often.

    While the work itself holds the write lock of SQLite nothing is written: it would wait for
    itself. Raises Interrupted when the process is asked to stop and nothing is being written.
    """

    def __init__(self, work: Session, job: ClaimedJob, stopping: Event) -> None:
        self._work = work
        self._job = job
        self._stopping = stopping
        self._last = 0.0

    def __call__(self, done: int, of: int) -> None:
        if self._is_writing():
            return
        if self._stopping.is_set():
            raise Interrupted
        if time.monotonic() - self._last < PAUSE_SECONDS and done != of:
            return
        self._last = time.monotonic()
        with Session(db.engine) as beside:
            bind(beside, {self._job.organisation_id})
            begin_writing(beside)
            note_progress(beside, self._job, done=done, of=of)
            beside.commit()

    def _is_writing(self) -> bool:
        if not self._work.in_transaction():
            return False
        return bool(self._work.connection().get_execution_options().get("writer"))
