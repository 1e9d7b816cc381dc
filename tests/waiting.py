"""Doing the jobs that wait, as the runner does them beside the server."""

from __future__ import annotations

from threading import Event

from flask import Flask

from journal.core.db import transaction
from journal.core.jobs import claim_next
from journal.core.tenancy import across
from journal.jobs.handlers import HANDLERS
from journal.jobs.working import do_job
from tests.cast import NOW


def work(app: Flask) -> list[str]:
    """Do every waiting job at the moment of the cast; their kinds."""
    done: list[str] = []
    with app.app_context():
        while True:
            with transaction() as session, across(session, "the jobs of the test"):
                job = claim_next(session, kinds=list(HANDLERS), now=NOW)
            if job is None:
                return done
            do_job(job, HANDLERS[job.kind], stopping=Event(), clock=lambda: NOW)
            done.append(job.kind)
