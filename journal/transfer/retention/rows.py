"""Which rows are the journals of a year, and which its summary sheets; in the order they may go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, delete, func, select
from sqlalchemy.orm import Session

from journal.attendance.alerts.models import AbsenceAlert
from journal.attendance.models import Absence, DayLook, Excuse, ExcuseFile
from journal.core.messages import N_, Message
from journal.grading.models import CouncilDecision, Mark, TermMark, Work
from journal.lessons.models import (
    Homework,
    HomeworkFile,
    IndividualHomework,
    IndividualHomeworkPupil,
    Lesson,
)
from journal.office.models import Substitution
from journal.reports.certifying.models import CertifiedSheet
from journal.reports.weekly.models import HandedSheet
from journal.school.calendar import YearSpan
from journal.school.models import ClassGroup, Course
from journal.school.retention.rules import Kept


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table that go together; `name` is the key of ROW_NAMES."""

    name: str
    model: Any
    which: ColumnElement[bool]


ROW_NAMES: dict[str, Message] = {
    "lessons": N_("Lessons"),
    "marks": N_("Marks"),
    "works": N_("Works"),
    "absences": N_("Absences and latenesses"),
    "homework": N_("Homework"),
    "own_homework": N_("Tasks of single pupils"),
    "homework_files": N_("Files of homework"),
    "excuses": N_("Excuses"),
    "substitutions": N_("Substitutions"),
    "alerts": N_("Messages on absences"),
    "handed": N_("Notes on weekly sheets"),
    "term_marks": N_("Marks for terms and years"),
    "council": N_("Decisions of the teachers' council"),
    "certified": N_("Certified summary sheets"),
}


def rows_of(year: YearSpan, what: Kept) -> Sequence[Rows]:
    """Everything that is deleted with `what`, what refers before what it refers to."""
    return _journals(year) if what is Kept.JOURNALS else _sheets(year.id)


def _journals(year: YearSpan) -> Sequence[Rows]:
    courses = select(Course.id).where(Course.academic_year_id == year.id)
    lessons = select(Lesson.id).where(Lesson.course_id.in_(courses))
    works = select(Work.id).where(Work.lesson_id.in_(lessons))
    homework = select(Homework.id).where(Homework.lesson_id.in_(lessons))
    own = select(IndividualHomework.id).where(IndividualHomework.lesson_id.in_(lessons))
    files = HomeworkFile.homework_id.in_(homework) | HomeworkFile.individual_id.in_(own)
    moved = Substitution.lesson_id.in_(lessons) | Substitution.made_lesson_id.in_(lessons)
    return (
        Rows("alerts", AbsenceAlert, AbsenceAlert.lesson_id.in_(lessons)),
        Rows("marks", Mark, Mark.work_id.in_(works)),
        Rows("works", Work, Work.lesson_id.in_(lessons)),
        Rows("absences", Absence, Absence.lesson_id.in_(lessons)),
        *_excuses(year),
        Rows("homework_files", HomeworkFile, files),
        Rows("", IndividualHomeworkPupil, IndividualHomeworkPupil.homework_id.in_(own)),
        Rows("own_homework", IndividualHomework, IndividualHomework.lesson_id.in_(lessons)),
        Rows("homework", Homework, Homework.lesson_id.in_(lessons)),
        Rows("substitutions", Substitution, moved),
        Rows("handed", HandedSheet, _within(HandedSheet.monday, year)),
        Rows("", DayLook, _within(DayLook.day, year)),
        Rows("lessons", Lesson, Lesson.course_id.in_(courses)),
    )


def _within(column: Any, year: YearSpan) -> ColumnElement[bool]:
    inside: ColumnElement[bool] = (column >= year.starts_on) & (column < year.ends_before)
    return inside


def _excuses(year: YearSpan) -> Sequence[Rows]:
    """Those of days inside the year; one that reaches over its end is the next year's too."""
    inside = (Excuse.starts_on >= year.starts_on) & (Excuse.ends_before <= year.ends_before)
    files = ExcuseFile.excuse_id.in_(select(Excuse.id).where(inside))
    return (Rows("", ExcuseFile, files), Rows("excuses", Excuse, inside))


def _sheets(year_id: int) -> Sequence[Rows]:
    classes = select(ClassGroup.id).where(ClassGroup.academic_year_id == year_id)
    return (
        Rows("certified", CertifiedSheet, CertifiedSheet.class_group_id.in_(classes)),
        Rows("council", CouncilDecision, CouncilDecision.academic_year_id == year_id),
        Rows("term_marks", TermMark, TermMark.academic_year_id == year_id),
    )


def count_rows(session: Session, year: YearSpan, what: Kept) -> dict[str, int]:
    """How many of what there are; nothing is changed. What is not there is left out."""
    named = [one for one in rows_of(year, what) if one.name]
    counts = [select(func.count()).select_from(one.model).where(one.which) for one in named]
    found = {one.name: session.scalar(query) for one, query in zip(named, counts, strict=True)}
    return {name: found[name] or 0 for name in ROW_NAMES if found.get(name)}


def delete_rows(session: Session, year: YearSpan, what: Kept) -> dict[str, int]:
    """Delete them; how many of what went. The triggers of the database refuse what may not go."""
    found: dict[str, int] = {}
    for one in rows_of(year, what):
        gone = session.execute(
            delete(one.model).where(one.which).execution_options(synchronize_session=False)
        )
        if one.name:
            found[one.name] = cast("CursorResult[Any]", gone).rowcount
    return {name: found[name] for name in ROW_NAMES if found.get(name)}


def last_lesson(session: Session, year: YearSpan) -> date | None:
    """The day of the year's last lesson: the year's dates may have been entered wrongly."""
    courses = select(Course.id).where(Course.academic_year_id == year.id)
    return session.scalar(select(func.max(Lesson.held_on)).where(Lesson.course_id.in_(courses)))
