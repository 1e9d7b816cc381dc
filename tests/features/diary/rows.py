"""Rows as the database would give them, with everything ordinary filled in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from journal.attendance.pupil_facts import PupilLesson
from journal.diary.rules.days import Diary
from journal.grading.pupil_facts import PupilMark
from journal.school.pupil_facts import Break

MONDAY = date(2026, 11, 16)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=n) for n in range(1, 5))
NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)  # Wednesday noon in Moscow


def lesson(id_: int, day: date, number: int = 1, **changes: Any) -> PupilLesson:
    """Algebra of the pupil 1 by Лебедева Т. А., from 08:30 on."""
    starts = datetime(day.year, day.month, day.day, 4 + number, 30, tzinfo=UTC)
    usual = PupilLesson(
        pupil_id=1,
        id=id_,
        held_on=day,
        number=number,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=45),
        course_id=10,
        cancelled=False,
        distance=False,
        topic=None,
        subject="Алгебра",
        subgroup="",
        room="310",
        surname="Лебедева",
        given_name="Татьяна",
        patronymic="Андреевна",
        planned_surname=None,
        planned_given_name=None,
        planned_patronymic=None,
        homework_id=None,
        homework_text=None,
        nothing_set=None,
        due_on=None,
        homework_minutes=None,
        homework_set_at=None,
        absence=None,
        late_minutes=None,
        exempt=None,
        off_timetable=False,
    )
    return usual._replace(**changes)


def homework(
    text: str = "№ 5",
    due_on: date | None = None,
    minutes: int | None = None,
    *,
    nothing: bool = False,
) -> dict[str, Any]:
    """The homework columns of a lesson."""
    return {
        "homework_id": 1,
        "homework_text": text,
        "nothing_set": nothing,
        "due_on": due_on,
        "homework_minutes": minutes,
    }


def mark(id_: int, value: str, weight: int = 1, **changes: Any) -> PupilMark:
    """A mark of the pupil 1 in algebra on Monday, in the lesson 1."""
    usual = PupilMark(
        pupil_id=1,
        id=id_,
        value=value,
        comment=None,
        retake_of_id=None,
        deadline=None,
        is_new=False,
        weight=weight,
        work="Ответ на уроке",
        lesson_id=1,
        held_on=MONDAY,
        subject_id=7,
        subject="Алгебра",
    )
    return usual._replace(**changes)


def diary(
    *lessons: PupilLesson,
    marks: tuple[PupilMark, ...] = (),
    breaks: tuple[Break, ...] = (),
    now: datetime = NOW,
) -> Diary:
    """Of these rows, on Wednesday."""
    return Diary(
        lessons=lessons,
        marks=marks,
        breaks=breaks,
        zone="Europe/Moscow",
        today=now.date(),
        now=now,
    )
