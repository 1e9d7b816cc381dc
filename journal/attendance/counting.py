"""What attendance is counted from, read for a whole school or some classes in five statements.

Columns, not entities: a year of thirty classes is forty thousand lessons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, bindparam, or_, select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Excuse, Exemption
from journal.attendance.rules.counting import CountedLesson, Facts, KnownExcuse, Release
from journal.lessons.models import Lesson
from journal.lessons.queries.agenda import DISTANCE, Days
from journal.school.models import Course, StudyGroupClass
from journal.school.queries import rosters
from journal.school.rules import Span


def attendance_facts(
    session: Session,
    *,
    span: Days,
    now: datetime,
    class_ids: Collection[int] | None = None,
    course_ids: Collection[int] | None = None,
    taken_only: bool = False,
) -> Facts:
    """Lessons of the span that have ended, with everything that decides who was there.

    Of the whole school, of the groups that draw from these classes (then with all of such a
    group's pupils), or of these courses. `taken_only` leaves out lessons without a register.
    """
    chosen = _Chosen(class_ids is not None, course_ids is not None, taken_only)
    values = {
        "starts_on": span.starts_on,
        "ends_before": span.ends_before,
        "now": now,
        "class_ids": list(class_ids or ()),
        "course_ids": list(course_ids or ()),
    }
    lessons = [CountedLesson._make(row) for row in session.execute(_lessons(chosen), values)]
    return Facts(
        lessons=lessons,
        roster=rosters(session, {lesson.group_id for lesson in lessons}),
        releases=releases(session),
        absences=_absences_of(session.execute(_absences(chosen), values)),
        excuses=[] if taken_only else _excuses_of(session.execute(_excuses(), values)),
    )


class _Chosen(NamedTuple):
    """What narrows the lessons: a statement is built once for each combination."""

    of_classes: bool
    of_courses: bool
    taken_only: bool

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """Of a statement with Course and Lesson joined."""
        yield Lesson.held_on >= bindparam("starts_on")
        yield Lesson.held_on < bindparam("ends_before")
        yield Lesson.ends_at <= bindparam("now")
        if self.of_classes:
            drawn = StudyGroupClass.class_group_id.in_(bindparam("class_ids", expanding=True))
            groups = select(StudyGroupClass.study_group_id).where(drawn)
            yield Course.study_group_id.in_(groups)
        if self.of_courses:
            yield Course.id.in_(bindparam("course_ids", expanding=True))
        if self.taken_only:
            yield Lesson.attendance_taken_at.is_not(None)


_LESSON: tuple[Any, ...] = (
    Lesson.id,
    Lesson.held_on,
    Lesson.lesson_number,
    Course.study_group_id,
    Lesson.course_id,
    Course.subject_id,
    Lesson.status == "cancelled",
    Lesson.mode == DISTANCE,
    Lesson.attendance_taken_at.is_not(None),
)


@cache
def _lessons(chosen: _Chosen) -> Any:
    return (
        select(*_LESSON)
        .join(Course, Course.id == Lesson.course_id)
        .where(*chosen.conditions())
        .order_by(Lesson.held_on, Lesson.lesson_number, Lesson.id)
    )


@cache
def _absences(chosen: _Chosen) -> Any:
    return (
        select(Absence.lesson_id, Absence.pupil_id, Absence.code)
        .join(Lesson, Lesson.id == Absence.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .where(*chosen.conditions(), Lesson.status != "cancelled")
    )


def _absences_of(rows: Iterable[Any]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for lesson_id, pupil_id, code in rows:
        found[lesson_id][pupil_id] = code
    return found


@cache
def _excuses() -> Any:
    starts_on: Any = bindparam("starts_on", type_=Date)
    return select(Excuse.pupil_id, Excuse.starts_on, Excuse.ends_before, Excuse.code).where(
        Excuse.status == "confirmed",
        Excuse.starts_on < bindparam("ends_before"),
        or_(Excuse.ends_before.is_(None), Excuse.ends_before > starts_on),
    )


def _excuses_of(rows: Iterable[Any]) -> list[KnownExcuse]:
    return [KnownExcuse(row[0], Span(row[1], row[2]), row[3]) for row in rows]


def releases(session: Session) -> list[Release]:
    """Every release «от посещения»."""
    return [Release(row[0], row[1], Span(row[2], row[3])) for row in session.execute(_releases())]


@cache
def _releases() -> Any:
    return select(
        Exemption.pupil_id, Exemption.subject_id, Exemption.starts_on, Exemption.ends_before
    ).where(Exemption.kind == "attending")
