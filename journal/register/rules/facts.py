"""The facts of a journal page as rows bring them: frozen, free of the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from journal.grading.rules import Entry, RuleSet
from journal.school.rules import Span

Cell = tuple[int, int]


class WorkFacts(NamedTuple):
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


class LessonFacts(NamedTuple):
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

    @property
    def kinds(self) -> tuple[WorkFacts, ...]:
        """The works, those that look alike once: a retake lies in a twin of what it retakes."""
        looks: dict[object, WorkFacts] = {}
        for work in self.works:
            looks.setdefault((work.type_id, work.weight, work.caption), work)
        return tuple(looks.values())


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


class Announced(NamedTuple):
    """An excuse of a pupil: confirmed, or announced by the family and not confirmed yet."""

    pupil_id: int
    code: str
    confirmed: bool
    span: Span


@dataclass(frozen=True, slots=True)
class SideFacts:
    """What stands beside the cells: kinds of work, term marks, releases, versions of the rules,
    excuses that hold or wait."""

    types: list[WorkTypeFacts]
    term_marks: list[TermMarkFacts]
    releases: list[Release]
    rule_sets: tuple[RuleSet, ...]
    known: list[Announced]


@dataclass(frozen=True, slots=True)
class Facts:
    """Marks and absences by (lesson, pupil)."""

    marks: dict[Cell, list[MarkFacts]]
    absences: dict[Cell, AbsenceFacts]


class AverageBook:
    """The marks of a page pupil by pupil, as `grading.weighted_average` wants them."""

    def __init__(
        self, lessons: Iterable[LessonFacts], facts: Facts, types: Mapping[int, WorkTypeFacts]
    ) -> None:
        self._works: dict[int, tuple[date, str, int]] = {}
        order: dict[int, int] = {}
        for place, lesson in enumerate(lessons):
            order[lesson.id] = place
            for work in lesson.works:
                name = work.caption or types[work.type_id].name
                self._works[work.id] = (lesson.held_on, name, work.weight)
        self._cells: dict[int, list[tuple[int, list[MarkFacts]]]] = {}
        for (lesson_id, pupil_id), marks in facts.marks.items():
            if lesson_id in order:
                self._cells.setdefault(pupil_id, []).append((order[lesson_id], marks))

    def of(self, pupil_id: int) -> list[Entry]:
        """The pupil's marks in order of the lessons."""
        found = []
        for _, marks in sorted(self._cells.get(pupil_id, ())):
            for mark in marks:
                held_on, name, weight = self._works[mark.work_id]
                found.append(Entry(mark.id, held_on, name, mark.value, weight, mark.retake_of_id))
        return found
