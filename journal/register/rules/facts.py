"""The facts of a journal page as rows bring them: frozen, free of the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from journal.grading.rules import Entry
from journal.school.rules import Span

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """A work of a lesson."""

    id: int
    type_id: int
    weight: int
    caption: str | None


@dataclass(frozen=True, slots=True)
class WorkTypeFacts:
    """A kind of work of the school."""

    id: int
    name: str
    short_name: str
    weight: int
    checking_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonFacts:
    """A lesson of the page."""

    id: int
    held_on: date
    number: int
    starts_at: datetime
    ends_at: datetime
    staff_id: int
    replaced_staff_id: int | None
    cancelled: bool
    distance: bool
    kind: str
    topic: str
    taken_at: datetime | None
    version: int
    homework: str
    nothing_set: bool
    minutes: int | None
    works: tuple[WorkFacts, ...]


class MarkFacts(NamedTuple):
    """A mark of a cell."""

    id: int
    work_id: int
    value: str
    version: int
    comment: str | None
    retake_of_id: int | None
    deadline: date | None


class AbsenceFacts(NamedTuple):
    """The absence or lateness of a cell."""

    code: str
    minutes: int | None
    version: int


class TermMarkFacts(NamedTuple):
    """A term mark of a pupil; number 0 for year, exam and final."""

    pupil_id: int
    kind: str
    number: int
    value: str


class Release(NamedTuple):
    """An exemption: kind «attending» or «practice», and its dates."""

    pupil_id: int
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Facts:
    """Marks and absences by (lesson, pupil)."""

    marks: dict[Cell, list[MarkFacts]]
    absences: dict[Cell, AbsenceFacts]


def average_entries(
    pupil_id: int,
    lessons: Iterable[LessonFacts],
    facts: Facts,
    types: dict[int, WorkTypeFacts],
) -> list[Entry]:
    """The pupil's marks in those lessons, as `grading.weighted_average` wants them."""
    found = []
    for lesson in lessons:
        marks = facts.marks.get((lesson.id, pupil_id))
        if not marks:
            continue
        works = {work.id: work for work in lesson.works}
        retaken = {mark.retake_of_id for mark in marks}
        for mark in marks:
            work = works[mark.work_id]
            name = work.caption or types[work.type_id].name
            found.append(
                Entry(mark.id, lesson.held_on, name, mark.value, work.weight, mark.id in retaken)
            )
    return found
