"""The pure decision and its twin in SQL agree on every lesson; lists and counts follow them."""

from __future__ import annotations

from datetime import datetime
from itertools import product

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.lessons.models import Homework, Lesson
from journal.lessons.queries.agenda import Days, lacks, lesson_query, lesson_rows
from journal.lessons.queries.lacking import lacking_by_teacher, lacking_lessons
from journal.lessons.rules.filling import missing
from journal.school.models import StudyGroup, Subject
from tests.cast import QUARTERS, TODAY, Cast

SECOND_QUARTER = Days(QUARTERS[1][0], TODAY)


@pytest.mark.parametrize(("grade", "scale"), [(1, "five_point"), (5, "none"), (5, "pass_fail")])
def test_rule_and_statement_agree(
    db_session: Session, cast: Cast, now: datetime, grade: int, scale: str
) -> None:
    for group in db_session.scalars(select(StudyGroup)):
        group.grade = grade
    for subject in db_session.scalars(select(Subject)):
        subject.scale = scale
    vary(db_session, now)
    rows = lesson_rows(db_session.execute(lesson_query().where(Lesson.ends_at <= now)))
    found = db_session.execute(lesson_query().where(Lesson.ends_at <= now, lacks()))
    by_statement = {row.lesson_id for row in lesson_rows(found)}
    assert by_statement == {row.lesson_id for row in rows if missing(row, now)}
    assert 0 < len(by_statement) < len(rows)


def vary(session: Session, now: datetime) -> None:
    """Give past lessons every combination of cancelled, taken, topic (empty too), homework."""
    states = list(product((True, False), (True, False), ("Доли", "", None), (True, False)))
    lessons = session.scalars(select(Lesson).where(Lesson.ends_at <= now).order_by(Lesson.id)).all()
    assert len(lessons) > len(states)
    known = set(session.scalars(select(Homework.lesson_id)))
    for lesson, (cancelled, taken, topic, homework) in zip(lessons, states, strict=False):
        lesson.status = "cancelled" if cancelled else "scheduled"
        lesson.attendance_taken_at = lesson.ends_at if taken else None
        lesson.topic = topic
        if homework and lesson.id not in known:
            session.add(
                Homework(
                    organisation_id=lesson.organisation_id,
                    lesson_id=lesson.id,
                    nothing_set=True,
                    entered_at=now,
                )
            )
    session.flush()


def test_lists_narrow_to_a_class_and_a_teacher(
    db_session: Session, cast: Cast, now: datetime
) -> None:
    every = lacking_lessons(db_session, span=SECOND_QUARTER, now=now)
    own = lacking_lessons(
        db_session, span=SECOND_QUARTER, now=now, staff_id=cast["own_teacher"].staff_id
    )
    class_b = lacking_lessons(
        db_session, span=SECOND_QUARTER, now=now, class_group_id=cast.classes["other"]
    )
    assert {row.teacher for row in own} == {"Соколова\N{NO-BREAK SPACE}А.\N{NO-BREAK SPACE}И."}
    assert {row.classes_key for row in class_b} == {"5Б"}
    assert len(own) + len(class_b) < len(every)


def test_counts_are_those_of_the_list(db_session: Session, cast: Cast, now: datetime) -> None:
    every = lacking_lessons(db_session, span=SECOND_QUARTER, now=now)
    counts = lacking_by_teacher(db_session, span=SECOND_QUARTER, now=now)
    assert sum(one.lessons for one in counts) == len(every)
    for one in counts:
        of_teacher = [row for row in every if row.staff_id == one.staff_id]
        assert one.lessons == len(of_teacher)
        assert one.oldest == min(row.held_on for row in of_teacher)
    assert counts == sorted(counts, key=lambda one: -one.lessons)
