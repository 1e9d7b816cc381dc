"""5А today for the tests of alerts: registers are taken, pupils absent, the job runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.alerts.queries import Place
from journal.attendance.alerts.telling import tell_absences
from journal.attendance.models import Absence, Excuse
from journal.core.db import db, transaction
from journal.core.outbox import OutboxEvent
from journal.core.tenancy import acting_for
from journal.lessons.models import Lesson
from tests.cast import NOW, TODAY, Cast

FIRST, SECOND, THIRD = "keeper", "same_class", "own"  # the lessons of 5А today, in order


class School:
    """5А today: registers are taken, pupils absent, the job runs at some minute."""

    def __init__(self, session: Session, cast: Cast) -> None:
        self.session, self.cast = session, cast
        self.place = Place(cast.school, "Europe/Moscow")

    def take(self, lesson: str, *, at: datetime = NOW, **absent: str) -> None:
        """The register of a lesson with these pupils absent: `pupil="n"`."""
        row = self.session.get_one(Lesson, self.cast.lessons[lesson])
        row.attendance_taken_at = at
        for name, code in absent.items():
            self.session.add(
                Absence(
                    organisation_id=self.cast.school,
                    lesson_id=row.id,
                    pupil_id=self.cast.pupils[name],
                    code=code,
                    entered_at=at,
                )
            )
        self.session.commit()

    def excuse(self, status: str, first: date = TODAY) -> None:
        self.session.add(
            Excuse(
                organisation_id=self.cast.school,
                pupil_id=self.cast.pupils["pupil"],
                starts_on=first,
                ends_before=first + timedelta(days=1),
                code="b",
                text="",
                submitted_by=self.cast["parent"].person_id,
                submitted_at=NOW,
                status=status,
            )
        )
        self.session.commit()

    def run(self, minutes: int = 15) -> int:
        with acting_for(db.session(), {self.cast.school}), transaction() as writing:
            return tell_absences(writing, self.place, now=NOW + timedelta(minutes=minutes))

    def events(self) -> list[dict[str, Any]]:
        self.session.rollback()
        rows = self.session.scalars(select(OutboxEvent).order_by(OutboxEvent.id))
        return [json.loads(row.facts) for row in rows]


@pytest.fixture
def school(app: Flask, db_session: Session, cast: Cast) -> Iterator[School]:
    with app.app_context():
        yield School(db_session, cast)
