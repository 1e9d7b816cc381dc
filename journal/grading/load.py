"""The load guard asked before saving: what speaks against a work or a homework in a lesson."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import select

from journal.core.messages import Message
from journal.grading.load_queries import (
    assessments,
    class_lessons,
    classes_of_group,
    homework_due,
)
from journal.grading.models import WorkType
from journal.grading.rules.load import (
    APART,
    Assessment,
    DueHomework,
    assessment_warnings,
    homework_warnings,
)
from journal.lessons.desk import Desk, LessonRow
from journal.lessons.service import next_lesson_day
from journal.school.class_names import class_names


def load_warnings(
    desk: Desk,
    *,
    lesson_id: int,
    work_type_ids: Collection[int],
    minutes: int | None,
    due_on: date | None,
) -> list[Message]:
    """What the teacher is told, never refused: works of these types in the lesson, and homework of
    so many minutes (due on the next lesson unless a day is chosen)."""
    lesson = desk.lesson(lesson_id)
    class_ids = classes_of_group(desk.session, desk.head.group_id)
    found: list[Message] = []
    assessed = _assessed(desk, work_type_ids)
    if assessed and not desk.head.subgroup and not lesson.cancelled:
        found += _of_assessment(desk, lesson, class_ids, assessed)
    due = due_on or next_lesson_day(desk, lesson)
    if minutes and due:
        found += _of_homework(desk, lesson, class_ids, minutes, due)
    return found


def _assessed(desk: Desk, work_type_ids: Collection[int]) -> str | None:
    """The name of the first type that counts as an assessment."""
    wanted = (WorkType.id.in_(list(work_type_ids)), WorkType.assessment)
    return desk.session.scalar(select(WorkType.name).where(*wanted).order_by(WorkType.id))


def _of_assessment(
    desk: Desk, lesson: LessonRow, class_ids: Collection[int], work: str
) -> list[Message]:
    around = {"first": lesson.held_on - APART, "before": lesson.held_on + APART + timedelta(days=1)}
    others = assessments(desk.session, class_ids, **around)
    day = class_lessons(desk.session, class_ids, day=lesson.held_on)
    found = []
    for name in class_names(desk.session, class_ids):
        planned = Assessment(
            lesson_id=lesson.id,
            class_name=name,
            held_on=lesson.held_on,
            number=lesson.lesson_number,
            subject_id=desk.head.subject_id,
            subject=desk.head.subject,
            teacher="",
            work=work,
        )
        found += assessment_warnings(planned, others, day)
    return found


def _of_homework(
    desk: Desk, lesson: LessonRow, class_ids: Collection[int], minutes: int, due: date
) -> list[Message]:
    others = homework_due(desk.session, class_ids, day=due)
    found = []
    for name in class_names(desk.session, class_ids):
        planned = DueHomework(
            class_name=name,
            grade=desk.head.grade,
            lesson_id=lesson.id,
            subject=desk.head.subject,
            subgroup=desk.head.subgroup,
            minutes=minutes,
        )
        found += homework_warnings(planned, others, due)
    return found
