"""Reads of a subject's marks and term marks, and of the windows in which final marks are given."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from journal.core.json_rows import json_rows, rows_of
from journal.grading.models import FinalWindow, Mark, TermMark, Work, WorkType
from journal.grading.rules import Entry
from journal.lessons.models import Lesson
from journal.school.models import Course


def subject_entries(
    session: Session, pupil_ids: Collection[int], *, subject_id: int, academic_year_id: int
) -> dict[int, list[Entry]]:
    """Every mark of the subject in the year by pupil, in the order they were earned.

    Whichever course it was earned in: a mover keeps the marks of his former class.
    """
    values = {"pupil_ids": list(pupil_ids), "subject_id": subject_id, "year_id": academic_year_id}
    found: dict[int, list[Entry]] = {}
    for pupil_id, *facts in session.execute(_entries(), values):
        found.setdefault(pupil_id, []).append(Entry(*facts))
    return found


@cache
def _entries() -> Any:
    return (
        select(
            *(Mark.pupil_id, Mark.id, Lesson.held_on),
            func.coalesce(Work.caption, WorkType.name),
            *(Mark.value, Work.weight, Mark.retake_of_id),
        )
        .join(Work, Work.id == Mark.work_id)
        .join(WorkType, WorkType.id == Work.work_type_id)
        .join(Lesson, Lesson.id == Work.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .where(
            Mark.pupil_id.in_(bindparam("pupil_ids", expanding=True)),
            Course.subject_id == bindparam("subject_id"),
            Course.academic_year_id == bindparam("year_id"),
        )
        .order_by(Lesson.held_on, Lesson.lesson_number, Mark.number, Mark.id)
    )


@dataclass(frozen=True, slots=True)
class GivenMark:
    """A term mark as it was decided; `proposed` is what the rules said then."""

    id: int
    pupil_id: int
    subject_id: int
    kind: str
    number: int
    value: str
    proposed: str | None
    reason: str | None
    version: int
    entered_by: int | None
    entered_at: datetime


def given_marks(
    session: Session,
    pupil_ids: Collection[int],
    *,
    academic_year_id: int,
    subject_id: int | None = None,
) -> list[GivenMark]:
    """Term marks of the year, of one subject or of all."""
    values = {
        "pupil_ids": list(pupil_ids),
        "year_id": academic_year_id,
        "subject_id": subject_id,
    }
    rows = session.execute(_given(of_subject=subject_id is not None), values)
    return [GivenMark(*row) for row in rows]


@cache
def _given(*, of_subject: bool) -> Any:
    query = select(
        *(TermMark.id, TermMark.pupil_id, TermMark.subject_id, TermMark.kind, TermMark.number),
        *(TermMark.value, TermMark.proposed, TermMark.reason, TermMark.version),
        *(TermMark.entered_by, TermMark.entered_at),
    ).where(
        TermMark.pupil_id.in_(bindparam("pupil_ids", expanding=True)),
        TermMark.academic_year_id == bindparam("year_id"),
    )
    return query.where(TermMark.subject_id == bindparam("subject_id")) if of_subject else query


class GivenValue(NamedTuple):
    """A term mark: what stands on a summary sheet."""

    pupil_id: int
    subject_id: int
    kind: str
    number: int
    value: str


def given_text(session: Session, pupil_ids: Collection[int], *, academic_year_id: int) -> str:
    """What `given_of` reads, as the database wrote it: the same text, the same marks."""
    values = {"pupil_ids": list(pupil_ids), "year_id": academic_year_id}
    return session.execute(_given_text(), values).scalar_one() or ""


def given_of(text: str) -> list[GivenValue]:
    """The term marks in `text`."""
    return [GivenValue(*row) for row in rows_of(text)]


@cache
def _given_text() -> Any:
    columns = (TermMark.pupil_id, TermMark.subject_id, TermMark.kind, TermMark.number)
    return select(json_rows(*columns, TermMark.value)).where(
        TermMark.pupil_id.in_(bindparam("pupil_ids", expanding=True)),
        TermMark.academic_year_id == bindparam("year_id"),
    )


@dataclass(frozen=True, slots=True)
class FinalWindowRow:
    """When marks of one kind (year, exam, final) are entered; empty grades = all."""

    id: int
    kind: str
    grades: frozenset[int]
    marks_from: date
    marks_before: date


def final_windows(session: Session, academic_year_id: int) -> list[FinalWindowRow]:
    """The windows of a year by kind."""
    rows = session.execute(_final_windows(), {"year_id": academic_year_id})
    return [FinalWindowRow(*row) for row in rows]


@cache
def _final_windows() -> Any:
    return (
        select(
            FinalWindow.id,
            FinalWindow.kind,
            FinalWindow.grades,
            FinalWindow.marks_from,
            FinalWindow.marks_before,
        )
        .where(FinalWindow.academic_year_id == bindparam("year_id"))
        .order_by(FinalWindow.kind, FinalWindow.grades)
    )
