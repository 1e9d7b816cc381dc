"""Thresholds: who is told of pupils who miss much, once for each crossing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from journal.attendance.alerts.models import (
    AbsenceThreshold,
    ThresholdCrossing,
)
from journal.attendance.alerts.queries import open_crossings
from journal.attendance.alerts.telling import crossings_now, tell_crossings
from journal.core.db import db, transaction
from journal.core.tenancy import acting_for
from journal.lessons.models import Lesson
from tests.cast import NOW, TODAY
from tests.features.attendance.conftest import FIRST, SECOND, School


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
