"""The rows of a journal's history, canonical; `row` is the line of the file (0 = not from one)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from journal.transfer.school.package import GroupKey


def _place() -> int:
    return field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class LessonRow:
    """lessons.csv. `key` is «Урок»; `replaced_teacher` whom the teacher stood in for; mode is
    on_site or distance."""

    key: str
    held_on: date
    lesson_number: int
    classes: tuple[str, ...]
    subgroup: str
    subject: str
    teacher: str
    replaced_teacher: str | None
    cancelled: bool
    mode: str
    topic: str | None
    homework: str | None
    attendance_taken: bool
    row: int = _place()

    @property
    def group(self) -> GroupKey:
        """The course: classes, subject, subgroup."""
        return self.classes, self.subject, self.subgroup


@dataclass(frozen=True, slots=True)
class MarkRow:
    """marks.csv. `number` counts the pupil's marks in the lesson from 1; `retake_of` is the
    number of the mark it retakes; `caption` the name of the work; `deadline` that of a •."""

    lesson: str
    personal_file: str
    work_type: str
    value: str
    weight: int
    comment: str | None
    caption: str | None
    number: int
    retake_of: int | None
    deadline: date | None
    row: int = _place()


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """attendance.csv: code n (Н), b (Б), u (УП), p (НП), o (ОП, with minutes)."""

    lesson: str
    personal_file: str
    code: str
    minutes: int | None
    row: int = _place()


@dataclass(frozen=True, slots=True)
class ExemptionRow:
    """exemptions.csv: kind attending or practice; no subject = all of them."""

    personal_file: str
    subject: str | None
    kind: str
    starts_on: date
    ends_before: date | None
    order_text: str | None
    row: int = _place()


@dataclass(frozen=True, slots=True)
class PeriodMarkRow:
    """period_marks.csv: kind quarter, trimester, half_year, year, exam, final; number 0 for the
    last three."""

    personal_file: str
    subject: str
    year: str
    kind: str
    number: int
    value: str
    row: int = _place()


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPackage:
    """All files. `files` are the names of those that were there: an absent one says nothing."""

    lessons: tuple[LessonRow, ...] = ()
    marks: tuple[MarkRow, ...] = ()
    absences: tuple[AbsenceRow, ...] = ()
    exemptions: tuple[ExemptionRow, ...] = ()
    period_marks: tuple[PeriodMarkRow, ...] = ()
    files: frozenset[str] = field(default=frozenset(), compare=False)
