"""What the database holds of a year's journal, in the shape of the history files.

A lesson is named by its «Урок» of the import it came from, else by its day, number and course
(«журнал-02.11.2026-1-5f0c…»): a name that another copy of the school gives to the same lesson.
Days after the last lesson that has ended, was arranged otherwise or holds anything are left out:
the timetable tells them. A day is told whole, for an import takes what a told day lacks to have
been dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from journal.attendance.models import Absence, Exemption
from journal.grading.models import Mark, TermMark, Work, WorkType
from journal.lessons.models import Homework, Lesson
from journal.office.queries import stands_for_another
from journal.people.models import Pupil, StaffMember
from journal.school.models import AcademicYear, Course, StudyGroup, Subject
from journal.transfer.history.rows import (
    AbsenceRow,
    ExemptionRow,
    HistoryPackage,
    LessonRow,
    MarkRow,
    PeriodMarkRow,
)
from journal.transfer.store.teaching import class_tuple

NOTHING_SET = "не задано"
OWN = "журнал-"
FILES = ("lessons.csv", "marks.csv", "attendance.csv", "exemptions.csv", "period_marks.csv")
MarkKey = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class HeldHistory:
    """The package, and ids by natural keys; `lesson_ids` by the lesson's name."""

    package: HistoryPackage
    lesson_ids: dict[str, int]
    lesson_ends: dict[str, datetime]
    mark_ids: dict[MarkKey, int]
    absence_ids: dict[tuple[str, str], int]
    exemption_ids: dict[tuple[object, ...], int]
    term_mark_ids: dict[tuple[object, ...], int]


def gather_history(session: Session, year_id: int, *, now: datetime) -> HeldHistory:
    """The year's journal in seven queries. Needs the session bound."""
    found = _told_lessons(session, year_id, now)
    lessons = _lessons(found)
    names = {row_id: lesson.key for row_id, lesson in lessons}
    marks = _marks(session, year_id, names)
    absences = _absences(session, year_id, names)
    exemptions = _exemptions(session)
    term_marks = _term_marks(session, year_id)
    package = HistoryPackage(
        lessons=tuple(lesson for _, lesson in lessons),
        marks=tuple(row for _, row in marks),
        absences=tuple(row for _, row in absences),
        exemptions=tuple(row for _, row in exemptions),
        period_marks=tuple(row for _, row in term_marks),
        files=frozenset(FILES),
    )
    return HeldHistory(
        package,
        {lesson.key: row_id for row_id, lesson in lessons},
        {names[row.id]: row.ends_at for row in found},
        {(row.lesson, row.personal_file, row.number): row_id for row_id, row in marks},
        {(row.lesson, row.personal_file): row_id for row_id, row in absences},
        {exemption_key(row): row_id for row_id, row in exemptions},
        {term_mark_key(row): row_id for row_id, row in term_marks},
    )


def exemption_key(row: ExemptionRow) -> tuple[object, ...]:
    """The natural key of a release."""
    return row.personal_file, row.subject, row.kind, row.starts_on


def term_mark_key(row: PeriodMarkRow) -> tuple[object, ...]:
    """The natural key of a period mark."""
    return row.personal_file, row.subject, row.year, row.kind, row.number


_TEACHER, _REPLACED = aliased(StaffMember), aliased(StaffMember)
_LESSON = (
    Lesson.id,
    Lesson.external_key,
    Lesson.held_on,
    Lesson.lesson_number,
    StudyGroup.classes_key,
    StudyGroup.name.label("subgroup"),
    Subject.name.label("subject"),
    _TEACHER.personnel_number.label("teacher"),
    _REPLACED.personnel_number.label("replaced"),
    Lesson.status,
    Lesson.mode,
    Lesson.topic,
    Homework.text.label("homework"),
    Homework.nothing_set,
    Lesson.attendance_taken_at,
    Lesson.ends_at,
)


def _told_lessons(session: Session, year_id: int, now: datetime) -> Sequence[Row[Any]]:
    """The lessons up to the last day that is told."""
    last = session.scalar(_last_told(year_id, now))
    return session.execute(_lessons_query(year_id, last)).all() if last else ()


def _lessons_query(year_id: int, last: date) -> Any:
    return (
        select(*_LESSON)
        .join(Course, Course.id == Lesson.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(_TEACHER, _TEACHER.id == Lesson.staff_id)
        .outerjoin(_REPLACED, _REPLACED.id == Lesson.replaced_staff_id)
        .outerjoin(Homework, Homework.lesson_id == Lesson.id)
        .where(Course.academic_year_id == year_id, Lesson.held_on <= last)
        .order_by(Lesson.held_on, Lesson.lesson_number, StudyGroup.grade, Lesson.id)
    )


def _last_told(year_id: int, now: datetime) -> Any:
    return (
        select(func.max(Lesson.held_on))
        .join(Course, Course.id == Lesson.course_id)
        .where(Course.academic_year_id == year_id, _told(now))
    )


def _told(now: datetime) -> ColumnElement[bool]:
    """Ended, arranged otherwise than the timetable has it, or holding anything at all."""
    return or_(
        Lesson.ends_at <= now,
        Lesson.external_key.is_not(None),
        Lesson.topic.is_not(None),
        Lesson.attendance_taken_at.is_not(None),
        Lesson.status == "cancelled",
        Lesson.mode != "on_site",
        Lesson.replaced_staff_id.is_not(None),
        stands_for_another(),
        exists().where(Homework.lesson_id == Lesson.id),
        exists().where(Work.lesson_id == Lesson.id),
        exists().where(Absence.lesson_id == Lesson.id),
    )


def _lessons(found: Sequence[Any]) -> list[tuple[int, LessonRow]]:
    taken = {row.external_key for row in found}
    return [(row.id, _lesson(row, taken)) for row in found]


def _own_name(row: Any, taken: Collection[str | None]) -> str:
    """A lesson moved away since an import may have left its name behind."""
    course = sha256(f"{row.classes_key};{row.subgroup};{row.subject}".encode()).hexdigest()[:8]
    name = f"{OWN}{row.held_on:%d.%m.%Y}-{row.lesson_number}-{course}"
    return f"{name}-{row.id}" if name in taken else name


def _lesson(row: Any, taken: Collection[str | None]) -> LessonRow:
    return LessonRow(
        row.external_key or _own_name(row, taken),
        row.held_on,
        row.lesson_number,
        class_tuple(row.classes_key),
        row.subgroup,
        row.subject,
        row.teacher,
        row.replaced,
        row.status == "cancelled",
        row.mode,
        row.topic,
        NOTHING_SET if row.nothing_set else row.homework or None,
        row.attendance_taken_at is not None,
    )


_ORIGINAL = aliased(Mark)
_MARK = (
    Mark.id,
    Work.lesson_id,
    Pupil.personal_file,
    WorkType.name,
    Mark.value,
    Work.weight,
    Mark.comment,
    Work.caption,
    Mark.number,
    _ORIGINAL.number.label("retake_of"),
    Mark.deadline,
)


def _marks(session: Session, year_id: int, names: dict[int, str]) -> list[tuple[int, MarkRow]]:
    rows = session.execute(
        select(*_MARK)
        .join(Work, Work.id == Mark.work_id)
        .join(WorkType, WorkType.id == Work.work_type_id)
        .join(Lesson, Lesson.id == Work.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .join(Pupil, Pupil.id == Mark.pupil_id)
        .outerjoin(_ORIGINAL, _ORIGINAL.id == Mark.retake_of_id)
        .where(Course.academic_year_id == year_id)
        .order_by(Work.lesson_id, Work.id, Mark.pupil_id, Mark.number)
    )
    return [(row[0], MarkRow(names[row[1]], *row[2:])) for row in rows]


def _absences(
    session: Session, year_id: int, names: dict[int, str]
) -> list[tuple[int, AbsenceRow]]:
    rows = session.execute(
        select(Absence.id, Absence.lesson_id, Pupil.personal_file, Absence.code, Absence.minutes)
        .join(Lesson, Lesson.id == Absence.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .join(Pupil, Pupil.id == Absence.pupil_id)
        .where(Course.academic_year_id == year_id)
        .order_by(Absence.lesson_id, Absence.pupil_id)
    )
    return [(row[0], AbsenceRow(names[row[1]], row[2], row[3], row[4])) for row in rows]


def _exemptions(session: Session) -> list[tuple[int, ExemptionRow]]:
    rows = session.execute(
        select(
            Exemption.id,
            Pupil.personal_file,
            Subject.name,
            Exemption.kind,
            Exemption.starts_on,
            Exemption.ends_before,
            Exemption.order_text,
        )
        .join(Pupil, Pupil.id == Exemption.pupil_id)
        .outerjoin(Subject, Subject.id == Exemption.subject_id)
        .order_by(Exemption.id)
    )
    return [(row[0], ExemptionRow(*row[1:])) for row in rows]


def _term_marks(session: Session, year_id: int) -> list[tuple[int, PeriodMarkRow]]:
    rows = session.execute(
        select(
            TermMark.id,
            Pupil.personal_file,
            Subject.name,
            AcademicYear.name,
            TermMark.kind,
            TermMark.number,
            TermMark.value,
        )
        .join(Pupil, Pupil.id == TermMark.pupil_id)
        .join(Subject, Subject.id == TermMark.subject_id)
        .join(AcademicYear, AcademicYear.id == TermMark.academic_year_id)
        .where(TermMark.academic_year_id == year_id)
        .order_by(TermMark.id)
    )
    return [(row[0], PeriodMarkRow(*row[1:])) for row in rows]
