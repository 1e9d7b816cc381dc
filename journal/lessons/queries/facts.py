"""What a lesson is, in a few words: for logs and reports that name many of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.lessons.models import Lesson
from journal.school.models import Course, StudyGroup, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonName:
    """A lesson to be named: its day, number, subject and group."""

    lesson_id: int
    course_id: int
    held_on: date
    lesson_number: int
    subject: str
    classes: str
    group_name: str


def lesson_names(session: Session, lesson_ids: Collection[int]) -> dict[int, LessonName]:
    """The lessons of a page by id. One query."""
    rows = session.execute(
        select(
            Lesson.id.label("lesson_id"),
            Lesson.course_id,
            Lesson.held_on,
            Lesson.lesson_number,
            Subject.name.label("subject"),
            StudyGroup.classes_key.label("classes"),
            StudyGroup.name.label("group_name"),
        )
        .join(Course, Course.id == Lesson.course_id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .where(Lesson.id.in_(list(lesson_ids)))
    )
    return {row["lesson_id"]: LessonName(**row) for row in rows.mappings()}
