"""Lessons of a pupil: the roster as of each date, the same one the journal keeps."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.pupil_facts import PupilLesson
from journal.attendance.pupil_queries import pupil_absences, pupil_lessons
from journal.lessons.models import Lesson
from journal.school.models import Course, MovedDay
from journal.school.queries import rosters
from journal.school.rules import on_roster
from tests.cast import LESSONS_UNTIL, TODAY, YEAR, Cast
from tests.features.diary.school import OwnSchool

MONDAY = date(2026, 11, 16)


def of(session: Session, *pupils: int, first: date = YEAR[0]) -> list[PupilLesson]:
    return pupil_lessons(session, pupils, first=first, before=LESSONS_UNTIL, set_from=first)


def test_a_mover_has_the_lessons_of_both_classes_at_their_dates(
    db_session: Session, cast: Cast, own_school: OwnSchool
) -> None:
    own_school.move("classmate", "other", date(2026, 11, 18))
    found = of(db_session, cast.pupils["classmate"])
    before = {one.course_id for one in found if one.held_on < date(2026, 11, 18)}
    after = {one.course_id for one in found if one.held_on >= date(2026, 11, 18)}
    assert before == {cast.courses[name] for name in ("own", "same_class", "keeper")}
    assert after == {cast.courses["other_class"]}


def test_a_leaver_keeps_what_was(db_session: Session, cast: Cast) -> None:
    found = of(db_session, cast.pupils["leaver"])
    assert found
    assert max(one.held_on for one in found) < date(2026, 10, 12)


def test_a_subgroup_is_only_for_its_members_while_they_are_in_it(
    db_session: Session, cast: Cast, own_school: OwnSchool
) -> None:
    whole, early = (YEAR[0], None), (YEAR[0], date(2026, 11, 18))
    course = own_school.subgroup("1 группа", {"pupil": whole, "classmate": early})
    for day in (date(2026, 11, 17), date(2026, 11, 19)):
        own_school.lesson(course, own_school.teacher(), day, 5)
    days = {
        name: [
            one.held_on.day
            for one in of(db_session, cast.pupils[name], first=MONDAY)
            if one.course_id == course.id
        ]
        for name in ("pupil", "classmate", "third")
    }
    assert days == {"pupil": [17, 19], "classmate": [17], "third": []}


def test_the_roster_is_the_journals(db_session: Session, cast: Cast, own_school: OwnSchool) -> None:
    """The SQL condition against `rosters`, for every pupil and every lesson."""
    own_school.move("classmate", "other", date(2026, 11, 18))
    course = own_school.subgroup("1 группа", {"pupil": (YEAR[0], date(2026, 11, 10))})
    own_school.lesson(course, own_school.teacher(), date(2026, 11, 9), 5)
    own_school.lesson(course, own_school.teacher(), date(2026, 11, 10), 5)
    courses = db_session.execute(
        select(Lesson.id, Lesson.held_on, Course.study_group_id).join(
            Course, Course.id == Lesson.course_id
        )
    ).all()
    entries = rosters(db_session, {one.study_group_id for one in courses})
    for pupil in cast.pupils.values():
        expected = {
            one.id
            for one in courses
            if on_roster(
                [e for e in entries if e.study_group_id == one.study_group_id],
                pupil_id=pupil,
                day=one.held_on,
            )
        }
        assert {one.id for one in of(db_session, pupil)} == expected


def test_several_pupils_at_once(db_session: Session, cast: Cast) -> None:
    ids = [cast.pupils["pupil"], cast.pupils["sibling"]]
    together = of(db_session, *ids)
    assert [one for one in together if one.pupil_id == ids[0]] == of(db_session, ids[0])
    assert [one for one in together if one.pupil_id == ids[1]] == of(db_session, ids[1])


def test_what_happened_to_another_is_not_ones_own(db_session: Session, cast: Cast) -> None:
    lesson = cast.lessons["recent"]
    states = {
        name: next(one for one in of(db_session, cast.pupils[name]) if one.id == lesson)
        for name in ("pupil", "third")
    }
    assert states["pupil"].absence is None
    assert (states["third"].absence, states["third"].late_minutes) == ("o", 10)


def test_off_the_timetable(db_session: Session, cast: Cast, own_school: OwnSchool) -> None:
    own_school.lesson(own_school.course_of("own"), own_school.teacher(), date(2026, 11, 17), 5)
    found = of(db_session, cast.pupils["pupil"], first=MONDAY)
    assert [(one.held_on.day, one.number) for one in found if one.off_timetable] == [(17, 5)]


def test_no_published_timetable_no_remark(
    db_session: Session, cast: Cast, own_school: OwnSchool
) -> None:
    own_school.published().status = "draft"
    db_session.flush()
    assert not any(one.off_timetable for one in of(db_session, cast.pupils["pupil"]))


def test_a_release_covers_its_subject_from_its_day(
    db_session: Session, cast: Cast, own_school: OwnSchool
) -> None:
    own_school.release("pupil", "maths", "practice", date(2026, 11, 18))
    own_school.release("pupil", "maths", "attending", TODAY)
    found = of(db_session, cast.pupils["pupil"], first=MONDAY)
    assert {(one.held_on.day, one.subject): one.exempt for one in found if one.exempt} == {
        (18, "Математика"): "practice",
        (20, "Математика"): "attending",
        (23, "Математика"): "attending",
        (25, "Математика"): "attending",
        (27, "Математика"): "attending",
    }


def test_earlier_lessons_come_for_their_homework_only(
    db_session: Session, cast: Cast, own_school: OwnSchool
) -> None:
    """With a date: due on the first day or later. Without: no lesson of the course in between."""
    held = {
        one.held_on: one
        for one in db_session.scalars(select(Lesson).where(Lesson.course_id == cast.courses["own"]))
    }
    own_school.homework(held[date(2026, 11, 6)], "проект", date(2026, 11, 25))
    own_school.homework(held[date(2026, 11, 11)], "прошло", date(2026, 11, 13))
    own_school.homework(held[date(2026, 11, 9)], "на следующий урок")
    own_school.homework(held[date(2026, 11, 13)], "на понедельник")
    found = pupil_lessons(
        db_session,
        [cast.pupils["pupil"]],
        first=MONDAY,
        before=MONDAY + timedelta(days=7),
        set_from=date(2026, 10, 5),
    )
    earlier = [one.homework_text for one in found if one.held_on < MONDAY]
    assert earlier == ["проект", "на понедельник"]


def test_absences_of_a_cancelled_lesson_do_not_count(db_session: Session, cast: Cast) -> None:
    span = {"first": YEAR[0], "before": YEAR[1]}
    assert len(pupil_absences(db_session, cast.pupils["third"], **span)) == 2
    db_session.get_one(Lesson, cast.lessons["recent"]).status = "cancelled"
    db_session.flush()
    left = pupil_absences(db_session, cast.pupils["third"], **span)
    assert [(one.code, one.held_on) for one in left] == [("b", date(2026, 11, 13))]


def test_a_moved_day_has_no_lessons_off_the_timetable(
    db_session: Session, cast: Cast, own_school: OwnSchool
) -> None:
    saturday = date(2026, 11, 21)
    own = db_session.get_one(Course, cast.courses["own"])
    own_school.lesson(own, own_school.teacher(), saturday, 3)
    (before,) = of(db_session, cast.pupils["pupil"], first=saturday)[:1]
    assert before.off_timetable
    db_session.add(
        MovedDay(
            organisation_id=cast.school,
            academic_year_id=cast.year,
            day=saturday,
            follows_weekday=1,
            grades=frozenset(),
        )
    )
    db_session.flush()
    (after,) = of(db_session, cast.pupils["pupil"], first=saturday)[:1]
    assert (after.held_on, after.off_timetable) == (saturday, False)
