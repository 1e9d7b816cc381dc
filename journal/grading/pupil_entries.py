"""Marks of pupils in a span of days, of all their subjects: for reports and control."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from journal.grading.models import Mark, Work, WorkType
from journal.grading.rules import Entry
from journal.lessons.models import Lesson
from journal.school.models import Course


def entries_of_pupils(
    session: Session, pupil_ids: Collection[int] | None, *, first: date, before: date
) -> dict[tuple[int, int], list[Entry]]:
    """By (pupil, subject) in the order they were earned, whichever course it was in; None is every
    pupil of the school. One query.
    """
    wanted = true() if pupil_ids is None else Mark.pupil_id.in_(list(pupil_ids))
    rows = session.execute(
        select(
            *(Mark.pupil_id, Course.subject_id, Mark.id, Lesson.held_on),
            func.coalesce(Work.caption, WorkType.name),
            *(Mark.value, Work.weight, Mark.retake_of_id),
        )
        .join(Work, Work.id == Mark.work_id)
        .join(WorkType, WorkType.id == Work.work_type_id)
        .join(Lesson, Lesson.id == Work.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .where(wanted, Lesson.held_on >= first, Lesson.held_on < before)
        .order_by(Lesson.held_on, Lesson.lesson_number, Mark.number, Mark.id)
    )
    found: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for row in rows:
        found[row[0], row[1]].append(Entry(*row[2:]))
    return found
