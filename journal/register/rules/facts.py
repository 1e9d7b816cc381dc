"""The facts of a journal page as rows bring them: frozen, free of the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from typing import Any, NamedTuple

from journal.grading.rules import Entry, Figure, RuleSet, plain_average, weighted_average
from journal.school.rules import Span

Cell = tuple[int, int]
Known = dict[Cell, tuple[str, bool]]
"""(lesson, pupil): (code, confirmed) of an excuse."""


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
        if len(self.works) < 2:
            return self.works
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


_WORK, _VALUE, _RETAKE_OF = map(
    itemgetter, map(MarkFacts._fields.index, ("work_id", "value", "retake_of_id"))
)


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


Marks = dict[int, list[MarkFacts]]
Absences = dict[int, AbsenceFacts]


@dataclass(frozen=True, slots=True)
class Facts:
    """Marks and absences by pupil, then by lesson. The marks of a cell are in their order.

    The rows are what they were read from: lesson, pupil, then MarkFacts after the place in the
    cell, or AbsenceFacts. The grid of the browser gets them as they came.
    """

    marks: dict[int, Marks]
    absences: dict[int, Absences]
    mark_rows: list[list[Any]] = field(default_factory=list)
    absence_rows: list[list[Any]] = field(default_factory=list)

    def marks_of(self, cell: Cell) -> list[MarkFacts]:
        """The marks of a (lesson, pupil)."""
        return self.marks.get(cell[1], {}).get(cell[0], [])

    def absence_of(self, cell: Cell) -> AbsenceFacts | None:
        """The absence or lateness of a (lesson, pupil)."""
        return self.absences.get(cell[1], {}).get(cell[0])


class AverageBook:
    """The marks of a page pupil by pupil, as `grading.weighted_average` wants them."""

    def __init__(
        self, lessons: Iterable[LessonFacts], facts: Facts, types: Mapping[int, WorkTypeFacts]
    ) -> None:
        self._marks = facts.marks
        self._order: dict[int, int] = {}
        self._works: dict[int, tuple[date, str]] = {}
        self._weights: dict[int, int] = {}
        for place, lesson in enumerate(lessons):
            self._order[lesson.id] = place
            for work in lesson.works:
                name = work.caption or types[work.type_id].name
                self._works[work.id] = (lesson.held_on, name)
                self._weights[work.id] = work.weight

    def average(self, pupil_id: int, rules: RuleSet) -> Figure:
        """`weighted_average` of the pupil's marks."""
        order = self._order
        cells = self._marks.get(pupil_id, {}).items()
        marks = [mark for lesson_id, cell in cells if lesson_id in order for mark in cell]
        if {None}.issuperset(map(_RETAKE_OF, marks)):
            values = list(map(_VALUE, marks))
            weights = list(map(self._weights.__getitem__, map(_WORK, marks)))
            figure = plain_average(values, weights, lambda: self._whole(pupil_id, rules).explain())
            if figure is not None:
                return figure
        return self._whole(pupil_id, rules)

    def _whole(self, pupil_id: int, rules: RuleSet) -> Figure:
        return weighted_average(self.of(pupil_id), rules)

    def of(self, pupil_id: int) -> list[Entry]:
        """The pupil's marks in order of the lessons."""
        cells, order = self._marks.get(pupil_id, {}), self._order
        lesson_ids = sorted(cells.keys() & order.keys(), key=order.__getitem__)
        return [self._entry(mark) for lesson_id in lesson_ids for mark in cells[lesson_id]]

    def _entry(self, mark: MarkFacts) -> Entry:
        weight = self._weights[mark.work_id]
        return Entry(mark.id, *self._works[mark.work_id], mark.value, weight, mark.retake_of_id)
