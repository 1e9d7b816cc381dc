"""Saving absences, lateness and «Отсутствующих нет»."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Exemption
from journal.core.audit import AuditEntry
from journal.lessons.models import Lesson
from tests.cast import Cast
from tests.conftest import Client
from tests.features.register.conftest import operation, save


def absence(cast: Cast, **facts: Any) -> dict[str, Any]:
    """н of the pupil in today's lesson; facts may be replaced."""
    plain = {"lesson": cast.lessons["own"], "pupil": cast.pupils["pupil"], "code": "n", "base": 0}
    return operation("put_absence", **(plain | facts))


def snapshot(session: Session) -> tuple[Any, ...]:
    absences = session.execute(
        select(Absence.lesson_id, Absence.pupil_id, Absence.code, Absence.version)
    ).all()
    taken = session.execute(select(Lesson.id, Lesson.attendance_taken_at).order_by(Lesson.id))
    return absences, taken.all(), session.scalar(select(func.count()).select_from(AuditEntry))


def test_an_absence_takes_the_attendance_of_the_lesson(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    answer = save(teacher, cast.courses["own"], absence(cast))
    assert answer.status_code == 200
    result = answer.json["results"][0]
    assert result["cell"]["a"] == ["n", None, 1]
    assert result["lesson"]["taken"] is True
    lesson = db_session.get_one(Lesson, cast.lessons["own"])
    assert lesson.attendance_taken_by == cast["own_teacher"].staff_id
    actions = set(db_session.scalars(select(AuditEntry.action)))
    assert actions == {"put_absence", "take_attendance"}


def test_lateness_has_minutes_and_another_code_forgets_them(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    course = cast.courses["own"]
    save(teacher, course, absence(cast, code="o", minutes=10))
    row = db_session.scalars(select(Absence).where(Absence.lesson_id == cast.lessons["own"])).one()
    assert (row.code, row.minutes) == ("o", 10)
    save(teacher, course, absence(cast, code="b", base=1))
    db_session.refresh(row)
    assert (row.code, row.minutes, row.version) == ("b", None, 2)


def test_nobody_absent_is_one_key_and_idempotent(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    lesson = cast.lessons["own"]
    one = operation("take_attendance", lesson=lesson, base=1)
    assert save(teacher, cast.courses["own"], one).status_code == 200
    taken = db_session.get_one(Lesson, lesson).attendance_taken_at
    assert taken is not None
    again = operation("take_attendance", lesson=lesson, base=1)
    assert save(teacher, cast.courses["own"], again).status_code == 200
    assert db_session.scalar(select(func.count()).select_from(AuditEntry)) == 1


def test_clearing_an_absence_leaves_the_attendance_taken(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    course, lesson, pupil = cast.courses["own"], cast.lessons["own"], cast.pupils["pupil"]
    save(teacher, course, absence(cast))
    answer = save(teacher, course, operation("clear_absence", lesson=lesson, pupil=pupil, base=1))
    assert answer.status_code == 200
    assert "a" not in answer.json["results"][0]["cell"]
    assert db_session.get_one(Lesson, lesson).attendance_taken_at is not None


@pytest.mark.parametrize(
    ("facts", "status", "words"),
    [
        ({"code": "x"}, 422, "н, б, у, п"),
        ({"code": "o", "minutes": 46}, 422, "45"),
        ({"code": "o", "minutes": 0}, 422, "45"),
        ({"pupil": "leaver"}, 422, "20.11"),
        ({"pupil": "stranger_pupil"}, 422, "20.11"),
        ({"lesson": "future"}, 423, "23.11"),
        ({"lesson": "locked"}, 423, "15.11 23:59"),
        ({"lesson": "closed"}, 423, "29.10"),
        ({"base": 3}, 409, ""),
        ({"lesson": "other_class"}, 404, ""),
    ],
)
def test_refusals_change_nothing(
    teacher: Client, cast: Cast, db_session: Session, facts: dict[str, Any], status: int, words: str
) -> None:
    named = {"lesson": cast.lessons, "pupil": cast.pupils}
    facts = {key: named[key][value] if key in named else value for key, value in facts.items()}
    before = snapshot(db_session)
    answer = save(teacher, cast.courses["own"], absence(cast, **facts))
    assert answer.status_code == status
    assert words in answer.json["results"][0]["message"]
    assert snapshot(db_session) == before


def test_one_released_from_attending_cannot_be_absent(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    db_session.add(
        Exemption(
            organisation_id=cast.school,
            pupil_id=cast.pupils["pupil"],
            subject_id=cast.subjects["maths"],
            kind="attending",
            starts_on=date(2026, 11, 1),
        )
    )
    db_session.commit()
    before = snapshot(db_session)
    answer = save(teacher, cast.courses["own"], absence(cast))
    assert answer.status_code == 422
    assert snapshot(db_session) == before


def test_a_cancelled_lesson_takes_no_entries(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    db_session.get_one(Lesson, cast.lessons["own"]).status = "cancelled"
    db_session.commit()
    answer = save(teacher, cast.courses["own"], absence(cast))
    assert answer.status_code == 423
    assert "20.11" in answer.json["results"][0]["message"]
