"""Two write at the same moment: the second one waits, and judges what the first has written."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from journal.attendance.service import take_attendance
from journal.lessons.desk import open_desk
from journal.lessons.models import Lesson
from journal.office.service.arranging import substitute
from journal.office.service.office import Office
from tests.at_once import meanwhile
from tests.cabinets.common.test_substitutions import MONDAY, act, lesson_of
from tests.cast import NOW, Cast
from tests.conftest import Login
from tests.factories import SchoolBuilder
from tests.features.exchange.region import actor_of


def test_a_lesson_whose_attendance_is_being_taken_is_not_cancelled(
    app: Flask, login: Login, cast: Cast, db_session: Session
) -> None:
    teacher = actor_of(db_session, cast["own_teacher"].account_id)
    db_session.rollback()
    deputy, lesson_id = login("deputy"), cast.lessons["own"]

    def taken(session: Session) -> None:
        place = {"course_id": cast.courses["own"], "lesson_ids": {lesson_id}}
        desk = open_desk(session, teacher, **place, pupil_ids=(), now=NOW)
        take_attendance(desk, lesson_id=lesson_id)

    answer = meanwhile(app, {cast.school}, taken, lambda: act(deputy, lesson_id, "cancel"))
    assert answer.status_code == 422 and "урок идёт" in answer.text
    assert lesson_of(db_session, cast, "own").status == "scheduled"


def test_two_deputies_do_not_send_one_teacher_into_two_lessons(
    app: Flask, login: Login, cast: Cast, db_session: Session
) -> None:
    school = SchoolBuilder.of(db_session, cast.school)
    course = school.course(
        school.class_group("5Г"), school.subject("Химия"), school.staff("Яковлев Пётр Ильич")
    )
    other = school.lesson(course, school.staff("Юдин Пётр Ильич"), MONDAY, 3).id
    db_session.commit()
    office = actor_of(db_session, cast["administrator"].account_id)
    db_session.rollback()
    deputy, staff_id = login("deputy"), cast["class_teacher"].staff_id
    assert staff_id is not None

    def sent(session: Session) -> None:
        substitute(Office.of(session, office, now=NOW), lesson_id=other, staff_id=staff_id)

    choice = f"free:{staff_id}"
    answer = meanwhile(
        app,
        {cast.school},
        sent,
        lambda: act(deputy, cast.lessons["future"], "accept", choice=choice),
    )
    assert answer.status_code == 422 and "у учителя в это время другой урок" in answer.text
    assert db_session.get_one(Lesson, other).staff_id == staff_id
    assert lesson_of(db_session, cast).staff_id == cast["own_teacher"].staff_id
