"""Which lessons a journal page speaks of: one criterion for every select of the page."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, bindparam, or_

from journal.lessons.models import Lesson


def of_page(*, named: bool) -> tuple[ColumnElement[bool], ...]:
    """Lessons of a course inside a span; with `named` those of lesson_ids (expanding) too.

    Parameters: course_id, starts_on, ends_before.
    """
    within = and_(
        Lesson.held_on >= bindparam("starts_on"), Lesson.held_on < bindparam("ends_before")
    )
    if named:
        within = or_(within, Lesson.id.in_(bindparam("lesson_ids", expanding=True)))
    return Lesson.course_id == bindparam("course_id"), within
