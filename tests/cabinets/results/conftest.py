"""The second quarter with its days of entering open, and marks enough for proposals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from journal.grading.models import TermMark
from journal.lessons.models import Lesson
from journal.people.models import Pupil
from journal.school.models import Term
from tests.cast import NOW, Cast
from tests.conftest import Client
from tests.factories import SchoolBuilder

AT = "quarter-2"
DAYS = (date(2026, 11, 6), date(2026, 11, 9), date(2026, 11, 11))


@pytest.fixture
def open_days(cast: Cast, db_session: Session) -> Term:
    """Marks of the second quarter are entered from the 16th on."""
    term = db_session.scalars(select(Term).where(Term.number == 2)).one()
    term.marks_from = date(2026, 11, 16)
    db_session.commit()
    return term


@pytest.fixture
def marked(cast: Cast, db_session: Session, open_days: Term) -> None:
    """The pupil gets three 5 more (4.86 → «5»), the classmate three 3 (3·3 + 5 + 2·3)/7 = 2.86."""
    school = SchoolBuilder.of(db_session, cast.school)
    for day in DAYS:
        lesson = db_session.scalars(
            select(Lesson).where(Lesson.course_id == cast.courses["own"], Lesson.held_on == day)
        ).one()
        lesson.attendance_taken_at = lesson.ends_at
        work = school.work(lesson)
        for name, value in (("pupil", "5"), ("classmate", "3")):
            pupil = db_session.get_one(Pupil, cast.pupils[name])
            school.mark(work, pupil, value, lesson.ends_at)
    db_session.commit()


def given(session: Session) -> dict[int, TermMark]:
    """Results of the second quarter by pupil."""
    marks = session.scalars(select(TermMark).where(TermMark.number == 2))
    return {mark.pupil_id: mark for mark in marks}


Enter = Callable[..., TestResponse]


@pytest.fixture
def enter(cast: Cast) -> Enter:
    """`enter(browser, pupil="5", classmate=("4", "исправил"))`: post a column."""

    def posted(
        browser: Client, *, course: str = "own", at: str = AT, base: int = 0, **typed: Any
    ) -> TestResponse:
        form: dict[str, Any] = {}
        for name, one in typed.items():
            value, reason = one if isinstance(one, tuple) else (one, "")
            pupil = cast.pupils[name]
            form |= {f"value-{pupil}": value, f"reason-{pupil}": reason, f"base-{pupil}": base}
        return browser.post(f"/results/courses/{cast.courses[course]}/enter?at={at}", data=form)

    return posted


def mark_of(cast: Cast, session: Session, name: str, value: str, **facts: Any) -> TermMark:
    """A result of mathematics that is there already."""
    where: Mapping[str, Any] = {"kind": "quarter", "number": 2} | facts
    mark = TermMark(
        organisation_id=cast.school,
        pupil_id=cast.pupils[name],
        subject_id=cast.subjects["maths"],
        academic_year_id=cast.year,
        value=value,
        entered_at=NOW,
        version=1,
        **where,
    )
    session.add(mark)
    session.commit()
    return mark
