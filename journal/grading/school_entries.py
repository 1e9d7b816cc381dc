"""Every mark of a span in the school, pupil by subject: for figures over everybody at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.grading.models import Mark, Work, WorkType
from journal.grading.rules import Entry
from journal.lessons.models import Lesson
from journal.school.models import AcademicYear, Course, StudyGroup, Subject


@dataclass(slots=True)
class SubjectEntries:
    """A pupil's marks of a subject, with its scale and his grade there."""

    subject_id: int
    subject: str
    scale: str
    grade: int
    entries: list[Entry] = field(default_factory=list)


def school_entries(
    session: Session, *, first: date, before: date, pupil_ids: Collection[int] | None = None
) -> dict[tuple[int, int], SubjectEntries]:
    """By (pupil, subject), marks in the order they were earned; of these pupils. One query."""
    query = (
        select(
            *(Mark.pupil_id, Course.subject_id, Subject.name, Subject.scale, StudyGroup.grade),
            *(Mark.id, Lesson.held_on, func.coalesce(Work.caption, WorkType.name)),
            *(Mark.value, Work.weight, Mark.retake_of_id),
        )
        .join(Work, Work.id == Mark.work_id)
        .join(WorkType, WorkType.id == Work.work_type_id)
        .join(Lesson, Lesson.id == Work.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .where(Lesson.held_on >= first, Lesson.held_on < before)
        .order_by(Lesson.held_on, Lesson.lesson_number, Mark.number, Mark.id)
    )
    if pupil_ids is not None:
        query = query.where(Mark.pupil_id.in_(list(pupil_ids)))
    return _by_subject(session.execute(query))


def _by_subject(rows: Iterable[Any]) -> dict[tuple[int, int], SubjectEntries]:
    found: dict[tuple[int, int], SubjectEntries] = {}
    for pupil_id, subject_id, subject, scale, grade, *facts in rows:
        key = (pupil_id, subject_id)
        if key not in found:
            found[key] = SubjectEntries(subject_id, subject, scale, grade)
        found[key].entries.append(Entry(*facts))
    return found


class CourseSubject(NamedTuple):
    """What a course is marked by."""

    subject_id: int
    subject: str
    scale: str
    grade: int


def course_subjects(session: Session, day: date) -> dict[int, CourseSubject]:
    """By course, of the academic year the day lies in. One query."""
    rows = session.execute(
        select(Course.id, Subject.id, Subject.name, Subject.scale, StudyGroup.grade)
        .join(Subject, Subject.id == Course.subject_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(AcademicYear, AcademicYear.id == Course.academic_year_id)
        .where(AcademicYear.starts_on <= day, AcademicYear.ends_before > day)
    )
    return {row[0]: CourseSubject(*row[1:]) for row in rows}
