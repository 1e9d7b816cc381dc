"""Alerts: whose family hears of an absence, when, how often; who is told of a threshold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.alerts import telling
from journal.attendance.alerts.models import (
    AbsenceAlert,
    AbsenceThreshold,
    AlertPolicy,
    ThresholdCrossing,
)
from journal.attendance.alerts.queries import Place, open_crossings, waiting_schools
from journal.attendance.alerts.telling import crossings_now, tell_absences, tell_crossings
from journal.attendance.models import Absence, Excuse, Exemption
from journal.core.db import db, transaction
from journal.core.outbox import OutboxEvent
from journal.core.tenancy import across, acting_for
from journal.jobs.alarms import Alarms
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


@pytest.mark.parametrize("code", ["n", "p"])
def test_an_unannounced_absence_is_told_after_the_delay(school: School, code: str) -> None:
    school.take(FIRST, pupil=code)
    assert school.run(14) == 0
    assert school.run(15) == 1
    (event,) = school.events()
    assert event["to"] == {"guardians_of": [school.cast.pupils["pupil"]]}
    assert event["kind"] == "absences"
    assert event["message"]["params"]["pupil"] == "Ёлкин Артём"
    assert event["message"]["params"]["number"] == 1
    assert event["link"]["endpoint"] == "family_excuses.new"


@pytest.mark.parametrize("code", ["b", "u", "o"])
def test_a_known_reason_or_lateness_alarms_nobody(school: School, code: str) -> None:
    school.take(FIRST, pupil=code)
    assert school.run() == 0


def test_once_a_day_however_often_it_runs(school: School) -> None:
    school.take(FIRST, pupil="n")
    school.take(SECOND, pupil="n")
    assert [school.run(minutes) for minutes in (15, 15, 60, 120)] == [1, 0, 0, 0]
    assert len(school.events()) == 1


def test_two_processes_at_once_tell_once(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second read what is due before the first had committed."""
    school.take(FIRST, pupil="n")
    due = telling._due(school.session, school.place, NOW + timedelta(minutes=15))
    school.session.rollback()
    assert len(due) == 1
    assert school.run() == 1
    monkeypatch.setattr(telling, "_due", lambda *_: due)
    assert school.run() == 0
    assert len(school.events()) == 1


@pytest.mark.parametrize("status", ["submitted", "asked", "endorsed", "confirmed"])
def test_an_announced_absence_is_silent(school: School, status: str) -> None:
    school.take(FIRST, pupil="n")
    school.excuse(status)
    assert school.run() == 0


@pytest.mark.parametrize("status", ["refused", "withdrawn"])
def test_a_refused_excuse_silences_nothing(school: School, status: str) -> None:
    school.take(FIRST, pupil="n")
    school.excuse(status)
    assert school.run() == 1


def test_an_excuse_of_another_day_silences_nothing(school: School) -> None:
    school.take(FIRST, pupil="n")
    school.excuse("confirmed", TODAY - timedelta(days=1))
    assert school.run() == 1


def test_a_released_lesson_is_not_the_first(school: School) -> None:
    school.session.add(
        Exemption(
            organisation_id=school.cast.school,
            pupil_id=school.cast.pupils["pupil"],
            subject_id=school.cast.subjects["reading"],
            kind="attending",
            starts_on=date(2026, 9, 1),
        )
    )
    school.take(FIRST, pupil="n")
    assert school.run() == 0
    school.take(SECOND, pupil="n")
    assert school.run() == 1


def test_who_came_to_the_first_lesson_alarms_nobody_later(school: School) -> None:
    school.take(FIRST)
    school.take(SECOND, pupil="n")
    assert school.run() == 0


def test_a_cancelled_or_unfilled_first_lesson_says_nothing(school: School) -> None:
    school.session.get_one(Lesson, school.cast.lessons[FIRST]).status = "cancelled"
    school.take(FIRST, pupil="n")
    assert school.run() == 0
    school.take(THIRD, pupil="n")  # the second register is not filled: the third is the first known
    assert school.run() == 1
    assert school.events()[0]["message"]["params"]["number"] == 3


def test_an_entry_withdrawn_in_time_alarms_nobody(school: School) -> None:
    school.take(FIRST, pupil="n")
    assert school.run(10) == 0
    school.session.delete(school.session.scalars(entry(school)).one())
    school.session.commit()
    assert school.run(30) == 0


def entry(school: School) -> Any:
    return select(Absence).where(
        Absence.lesson_id == school.cast.lessons[FIRST],
        Absence.pupil_id == school.cast.pupils["pupil"],
    )


@pytest.mark.parametrize(("late", "word"), [(True, "late"), (False, "taken back")])
def test_a_mistake_that_was_told_is_put_right_once(school: School, late: bool, word: str) -> None:
    school.take(FIRST, pupil="n")
    assert school.run(15) == 1
    row = school.session.scalars(entry(school)).one()
    if late:
        row.code, row.minutes = "o", 20
    else:
        school.session.delete(row)
    school.session.commit()
    assert [school.run(20), school.run(25)] == [1, 0]
    assert word in school.events()[1]["message"]["key"]


def test_a_reason_found_later_is_no_mistake(school: School) -> None:
    school.take(FIRST, pupil="n")
    school.run()
    school.session.scalars(entry(school)).one().code = "b"
    school.session.commit()
    assert school.run(30) == 0


@pytest.mark.parametrize(
    ("policy", "minutes", "told"),
    [
        ({"tells_families": False}, 15, 0),
        ({"delay_minutes": 0}, 0, 1),
        ({"delay_minutes": 60}, 59, 0),
        ({"until": time(10, 57)}, 15, 0),  # 10:42 and the delay
        ({"until": time(10, 58)}, 15, 1),
        ({"until": time(18, 0)}, 8 * 60, 0),  # the job comes late, in the evening
    ],
)
def test_the_school_sets_it(
    school: School, policy: dict[str, Any], minutes: int, told: int
) -> None:
    usual = {"tells_families": True, "delay_minutes": 15, "until": time(18, 0)}
    school.session.add(AlertPolicy(organisation_id=school.cast.school, **(usual | policy)))
    school.take(FIRST, pupil="n")
    assert school.run(minutes) == told


def test_the_job_finds_the_schools_that_wait(app: Flask, school: School) -> None:
    with across(school.session, "both schools"):
        assert waiting_schools(school.session, now=NOW) == []
        school.take(FIRST, pupil="n")
        assert waiting_schools(school.session, now=NOW) == [school.place]
    job = Alarms(app, clock=lambda: NOW + timedelta(minutes=20), stopping=Event())
    job.tell()
    job.tell()
    school.session.rollback()
    alert = school.session.scalars(select(AbsenceAlert)).one()
    assert (alert.pupil_id, alert.day) == (school.cast.pupils["pupil"], TODAY)


def threshold(school: School, **more: Any) -> int:
    usual = {"measure": "lessons", "bound": 2, "window_days": 28, "codes": "np"}
    row = AbsenceThreshold(organisation_id=school.cast.school, **(usual | more))
    school.session.add(row)
    school.session.commit()
    return row.id


def check(school: School, at: datetime = NOW) -> int:
    with acting_for(school.session, {school.cast.school}):
        found = crossings_now(school.session, school.place, now=at)
        school.session.rollback()
    with acting_for(db.session(), {school.cast.school}), transaction() as writing:
        return tell_crossings(writing, school.place, found, now=at)


def test_a_crossing_is_told_once_to_class_teacher_and_specialists(school: School) -> None:
    row_id = threshold(school)
    school.take(FIRST, pupil="n")
    assert check(school) == 0
    school.take(SECOND, pupil="p", classmate="p")
    assert [check(school), check(school)] == [1, 0]
    teacher, specialist = school.events()
    assert teacher["to"] == {"class_teachers_of": [school.cast.classes["own"]]}
    assert specialist["to"] == {"may": "read_risk"}
    assert teacher["message"]["params"]["names"] == "Ёлкин Артём, 5А: 2/4"
    assert list(open_crossings(school.session)) == [(row_id, school.cast.pupils["pupil"])]


def test_a_second_crossing_is_told_again(school: School) -> None:
    threshold(school)
    school.take(FIRST, pupil="n")
    school.take(SECOND, pupil="n")
    assert check(school) == 1
    assert check(school, NOW + timedelta(days=40)) == 0  # out of the window: the crossing is over
    school.session.rollback()
    crossing = school.session.scalars(select(ThresholdCrossing)).one()
    assert crossing.ended_on == TODAY + timedelta(days=40)
    school.session.rollback()
    assert check(school) == 1


def test_reasons_that_are_not_counted(school: School) -> None:
    threshold(school, codes="b")
    school.take(FIRST, pupil="n")
    school.take(SECOND, pupil="n")
    assert check(school) == 0


def test_a_per_cent_needs_ten_lessons(school: School) -> None:
    threshold(school, measure="percent", bound=10)
    school.take(FIRST, pupil="n")
    school.take(SECOND, pupil="n")
    assert check(school) == 0  # two of four
    held = school.session.scalars(
        select(Lesson).where(Lesson.course_id == school.cast.courses["own"], Lesson.ends_at <= NOW)
    ).all()
    for lesson in held:
        lesson.attendance_taken_at = lesson.ends_at
    school.session.commit()
    assert check(school) == 1
