"""The page of a class: pupils × subjects at one place, with its figures. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

from journal.grading.rules.shares import (
    PupilResult,
    Share,
    Tally,
    attainment_by_pupils,
    pupil_result,
    quality_by_pupils,
    tally,
)


class Expected(Protocol):
    """A pupil on the roster of a course, and his mark there, if any."""

    @property
    def course_id(self) -> int: ...
    @property
    def pupil_id(self) -> int: ...
    @property
    def value(self) -> str | None: ...


class Taught(Protocol):
    """A course as a column names it."""

    @property
    def course_id(self) -> int: ...
    @property
    def subject_id(self) -> int: ...
    @property
    def subject(self) -> str: ...
    @property
    def subject_short(self) -> str: ...
    @property
    def scale(self) -> str: ...
    @property
    def group_name(self) -> str: ...


class Present(Protocol):
    """A pupil of the class."""

    @property
    def pupil_id(self) -> int: ...
    @property
    def name(self) -> str: ...


class ClassCell(NamedTuple):
    """A pupil in a subject: `expected` here, with `value`; the course is where it is entered.
    `offer` is what the rules propose as long as there is no value."""

    expected: bool
    value: str | None
    course_id: int | None
    offer: str | None = None

    @property
    def missing(self) -> bool:
        """Expected and not entered."""
        return self.expected and self.value is None


@dataclass(frozen=True, eq=False)
class SubjectColumn:
    """A subject with its courses: (id, subgroup). Each figure is made once."""

    subject_id: int
    name: str
    short: str
    scale: str
    courses: tuple[tuple[int, str], ...]
    tally: Tally

    @property
    def missing(self) -> int:
        """How many have no mark yet."""
        return self.tally.without

    @cached_property
    def attainment(self) -> Share:
        """успеваемость; зачтено in a зачёт subject."""
        return self.tally.passed if self.scale == "pass_fail" else self.tally.attainment

    @cached_property
    def quality(self) -> Share | None:
        """качество, not of a зачёт subject."""
        return None if self.scale == "pass_fail" else self.tally.quality

    @cached_property
    def level(self) -> Share | None:
        """СОУ, not of a зачёт subject."""
        return None if self.scale == "pass_fail" else self.tally.level()


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A pupil with his cells in the order of the columns."""

    pupil_id: int
    name: str
    cells: tuple[ClassCell, ...]
    result: PupilResult

    @property
    def missing(self) -> int:
        """In how many subjects a mark lacks."""
        return sum(cell.missing for cell in self.cells)


@dataclass(frozen=True, eq=False)
class ClassTable:
    """Pupils × subjects, and the class by pupils. Each figure is made once."""

    columns: tuple[SubjectColumn, ...]
    rows: tuple[ClassRow, ...]

    @cached_property
    def attainment(self) -> Share:
        """успеваемость by pupils."""
        return attainment_by_pupils(row.result for row in self.rows)

    @cached_property
    def quality(self) -> Share:
        """качество by pupils."""
        return quality_by_pupils(row.result for row in self.rows)

    @cached_property
    def offered(self) -> bool:
        """Whether anything is proposed."""
        return any(cell.offer for row in self.rows for cell in row.cells)

    @cached_property
    def missing(self) -> int:
        """Marks that are not there yet."""
        return sum(row.missing for row in self.rows)


def class_table(
    pupils: Sequence[Present],
    courses: Iterable[Taught],
    expected: Iterable[Expected],
    offers: Mapping[tuple[int, int], str] | None = None,
) -> ClassTable:
    """Subjects in the order of the courses; whom nobody expects is left empty. `offers` by (pupil,
    subject)."""
    offers = offers or {}
    courses = list(courses)
    subject_of = {one.course_id: one.subject_id for one in courses}
    cells = {
        key: ClassCell(True, one.value, one.course_id, offers.get(key))
        for one in expected
        if one.course_id in subject_of
        for key in [(one.pupil_id, subject_of[one.course_id])]
    }
    by_subject: dict[int, list[Taught]] = {}
    for course in courses:
        by_subject.setdefault(course.subject_id, []).append(course)
    columns = tuple(_column(mine, pupils, cells) for mine in by_subject.values())
    return ClassTable(columns, tuple(_row(pupil, columns, cells) for pupil in pupils))


_NOBODY = ClassCell(False, None, None)
_Cells = dict[tuple[int, int], ClassCell]


def _column(courses: list[Taught], pupils: Iterable[Present], cells: _Cells) -> SubjectColumn:
    first = courses[0]
    mine = (cells.get((one.pupil_id, first.subject_id), _NOBODY) for one in pupils)
    return SubjectColumn(
        first.subject_id,
        first.subject,
        first.subject_short,
        first.scale,
        tuple((one.course_id, one.group_name) for one in courses),
        tally(cell.value for cell in mine if cell.expected),
    )


def _row(pupil: Present, columns: Iterable[SubjectColumn], cells: _Cells) -> ClassRow:
    mine = tuple(cells.get((pupil.pupil_id, one.subject_id), _NOBODY) for one in columns)
    result = pupil_result(cell.value for cell in mine if cell.expected)
    return ClassRow(pupil.pupil_id, pupil.name, mine, result)
