"""Reads of a pupil's marks, with the lesson and the work each belongs to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from journal.grading.models import Mark, TermMark, Work, WorkType
from journal.grading.pupil_facts import Fresh, PupilMark, PupilTermMark
from journal.lessons.models import Lesson
from journal.school.models import Course, Subject

_MARKS: Any = (
    select(
        Mark.pupil_id,
        Mark.id,
        Mark.value,
        Mark.comment,
        Mark.retake_of_id,
        Mark.deadline,
        Mark.entered_at,
        Work.weight,
        Work.caption,
        WorkType.name,
        Work.lesson_id,
        Lesson.held_on,
        Course.subject_id,
        Subject.name,
    )
    .select_from(Mark)
    .join(Work, Work.id == Mark.work_id)
    .join(WorkType, WorkType.id == Work.work_type_id)
    .join(Lesson, Lesson.id == Work.lesson_id)
    .join(Course, Course.id == Lesson.course_id)
    .join(Subject, Subject.id == Course.subject_id)
    .order_by(Subject.sort_key, Lesson.held_on, Lesson.lesson_number, Mark.number, Mark.id)
)


def pupil_marks(
    session: Session,
    pupil_id: int,
    *,
    first: date,
    before: date,
    news_of: Collection[int] = (),
    fresh: Fresh | None = None,
) -> list[PupilMark]:
    """Marks of lessons in [first, before), by subject, in the order they were earned.

    With `fresh` also the news of the pupils `news_of`: brothers and sisters of the page.
    """
    wanted = and_(Mark.pupil_id == pupil_id, Lesson.held_on >= first, Lesson.held_on < before)
    if fresh is not None and news_of:
        wanted = or_(wanted, _are_new(news_of, fresh))
    return [PupilMark(*row) for row in session.execute(_MARKS.where(wanted))]


def new_marks(session: Session, pupil_ids: Collection[int], fresh: Fresh) -> list[PupilMark]:
    """The news of these pupils, by subject."""
    query = _MARKS.where(_are_new(pupil_ids, fresh))
    return [PupilMark(*row) for row in session.execute(query)]


def _are_new(pupil_ids: Collection[int], fresh: Fresh) -> ColumnElement[bool]:
    return and_(
        Mark.pupil_id.in_(list(pupil_ids)),
        Mark.entered_at >= fresh.entered_since,
        Lesson.held_on >= fresh.held_since,
    )


def pupil_term_marks(
    session: Session, pupil_id: int, *, academic_year_id: int
) -> list[PupilTermMark]:
    """The term marks of a year, subjects in order of their names."""
    rows = session.execute(
        select(TermMark.subject_id, Subject.name, TermMark.kind, TermMark.number, TermMark.value)
        .join(Subject, Subject.id == TermMark.subject_id)
        .where(TermMark.pupil_id == pupil_id, TermMark.academic_year_id == academic_year_id)
        .order_by(Subject.sort_key, TermMark.number)
    )
    return [PupilTermMark(*row) for row in rows]
