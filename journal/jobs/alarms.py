"""Alerts about absences, as jobs: families within minutes, the staff every night."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event

from flask import Flask
from sqlalchemy.orm import Session

from journal.attendance.alerts.queries import Place, waiting_schools
from journal.attendance.alerts.telling import (
    any_absence_due,
    crossings_now,
    tell_absences,
    tell_crossings,
)
from journal.core.clock import utc_now
from journal.core.db import db, transaction
from journal.core.jobs import ClaimedJob, Outcome
from journal.core.messages import N_
from journal.core.tenancy import across, acting_for
from journal.jobs.progress import Progress
from journal.people.queries import organisation_card

_log = logging.getLogger(__name__)
_WHY = "absences of every school are told to its families"
STEPS = 2  # counted, told


class Alarms:
    """Tells families of unannounced absences, as long as nobody stops it."""

    def __init__(self, app: Flask, *, clock: Callable[[], datetime], stopping: Event) -> None:
        self._app, self._clock, self._stopping = app, clock, stopping

    def tell(self) -> None:
        """Every school with an absence that waits. A fault of one school stops no other."""
        now = self._clock()
        with self._app.app_context():
            session = db.session()
            with across(session, _WHY):
                places = waiting_schools(session, now=now)
            session.rollback()
            for place in places:
                if not self._stopping.is_set():
                    self._tell_school(session, place, now)

    def _tell_school(self, session: Session, place: Place, now: datetime) -> None:
        """Nothing is locked where nobody is to be told: the usual case of a school that waits."""
        try:
            with acting_for(session, {place.organisation_id}):
                due = any_absence_due(session, place, now=now)
                session.rollback()
                if due:
                    with transaction() as writing:
                        tell_absences(writing, place, now=now)
        except Exception:
            session.rollback()
            _log.exception("families of organisation %s were not told", place.organisation_id)


def check_absences(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    """Who went over a threshold is told of; counted outside of the transaction."""
    progress(0, STEPS)
    now = utc_now()
    zone = organisation_card(session, job.organisation_id).time_zone
    place = Place(job.organisation_id, zone)
    found = crossings_now(session, place, now=now)
    progress(1, STEPS)
    with transaction() as writing:
        told = tell_crossings(writing, place, found, now=now)
    return Outcome(message=N_("Pupils newly over a threshold: %(count)s.", count=told))
