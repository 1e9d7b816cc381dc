"""Alerts: whose family hears of an absence, when, how often."""

from __future__ import annotations

from datetime import date, time, timedelta
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from journal.attendance.alerts import telling
from journal.attendance.alerts.models import (
    AbsenceAlert,
    AlertPolicy,
)
from journal.attendance.alerts.queries import waiting_schools
from journal.attendance.models import Absence, Exemption
from journal.core.tenancy import across
from journal.jobs.alarms import Alarms
from journal.lessons.models import Lesson
from tests.cast import NOW, TODAY
from tests.features.attendance.conftest import FIRST, SECOND, THIRD, School


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
