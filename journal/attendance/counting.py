"""What attendance is counted from, read for a whole school or some classes in five statements.

Columns, not entities: a year of thirty classes is forty thousand lessons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Excuse, Exemption
from journal.attendance.rules.counting import CountedLesson, Facts, KnownExcuse, Release
from journal.lessons.models import Lesson
from journal.lessons.queries.agenda import DISTANCE, Days, within
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
    chosen = _chosen(span, now, class_ids, course_ids)
    if taken_only:
        chosen = (*chosen, Lesson.attendance_taken_at.is_not(None))
    lessons = _lessons(session, chosen)
    return Facts(
        lessons=lessons,
        roster=rosters(session, {lesson.group_id for lesson in lessons}),
        releases=releases(session),
        absences=_absences(session, chosen),
        excuses=[] if taken_only else _excuses(session, span),
    )


def _chosen(
    span: Days,
    now: datetime,
    class_ids: Collection[int] | None,
    course_ids: Collection[int] | None,
) -> tuple[ColumnElement[bool], ...]:
    chosen: tuple[ColumnElement[bool], ...] = (within(span), Lesson.ends_at <= now)
    if class_ids is not None:
        groups = select(StudyGroupClass.study_group_id).where(
            StudyGroupClass.class_group_id.in_(list(class_ids))
        )
        chosen = (*chosen, Course.study_group_id.in_(groups))
    if course_ids is not None:
        chosen = (*chosen, Course.id.in_(list(course_ids)))
    return chosen


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


def _lessons(session: Session, chosen: tuple[ColumnElement[bool], ...]) -> list[CountedLesson]:
    rows = session.execute(
        select(*_LESSON)
        .join(Course, Course.id == Lesson.course_id)
        .where(*chosen)
        .order_by(Lesson.held_on, Lesson.lesson_number, Lesson.id)
    )
    return [CountedLesson._make(row) for row in rows]


def _absences(
    session: Session, chosen: tuple[ColumnElement[bool], ...]
) -> dict[int, dict[int, str]]:
    rows = session.execute(
        select(Absence.lesson_id, Absence.pupil_id, Absence.code)
        .join(Lesson, Lesson.id == Absence.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .where(*chosen, Lesson.status != "cancelled")
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for lesson_id, pupil_id, code in rows:
        found[lesson_id][pupil_id] = code
    return found


def _excuses(session: Session, span: Days) -> list[KnownExcuse]:
    rows = session.execute(
        select(Excuse.pupil_id, Excuse.starts_on, Excuse.ends_before, Excuse.code).where(
            Excuse.status == "confirmed",
            Excuse.starts_on < span.ends_before,
            or_(Excuse.ends_before.is_(None), Excuse.ends_before > span.starts_on),
        )
    )
    return [KnownExcuse(row[0], Span(row[1], row[2]), row[3]) for row in rows]


def releases(session: Session) -> list[Release]:
    """Every release «от посещения»."""
    rows = session.execute(
        select(
            Exemption.pupil_id, Exemption.subject_id, Exemption.starts_on, Exemption.ends_before
        ).where(Exemption.kind == "attending")
    )
    return [Release(row[0], row[1], Span(row[2], row[3])) for row in rows]
