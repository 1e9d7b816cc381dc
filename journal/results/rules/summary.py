"""сводная ведомость: the figures of a class at its terms, the year, exams. Pure.

The one place of figures of a class: page, explanation, PDF, workbook and CSV are made from it. At
each place the marks are those of `class_table`; absences those of `attendance.rules.counting`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, Protocol

from journal.attendance.rules.counting import Counted
from journal.attendance.rules.tally import Missed, Tally
from journal.grading.rules.shares import PupilResult, Standing
from journal.results.rules.class_page import ClassCell, ClassRow, ClassTable, Present, SubjectColumn
from journal.results.rules.places import Place
from journal.school.rules import Span

UNPLACED = -1


class Stay(Protocol):
    """A pupil's stay in a class."""

    @property
    def pupil_id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def class_group_id(self) -> int: ...
    @property
    def span(self) -> Span: ...


class Given(Protocol):
    """A decided term mark."""

    @property
    def pupil_id(self) -> int: ...
    @property
    def subject_id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def value(self) -> str: ...


@dataclass(frozen=True, slots=True)
class SheetPupil:
    """A pupil of the class: the first day if he came after its start, and the day after the last
    if he left before its end."""

    pupil_id: int
    name: str
    came_on: date | None
    left_on: date | None


class SheetLine(NamedTuple):
    """A pupil at a place. A mark brought from another class is not `expected`: it is shown here and
    counted there. `counted`: he was in the class on its last day."""

    marks: tuple[ClassCell, ...]
    missed: Missed | None
    result: PupilResult
    counted: bool


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A place with the class's figures there; `unfilled` lessons without a register make absences
    uncertain (None: attendance is not counted here)."""

    place: Place
    table: ClassTable
    unfilled: int | None
    lines: Mapping[int, SheetLine]


@dataclass(frozen=True, slots=True)
class StrayMark:
    """A mark of a subject the class does not have: brought by a pupil who came."""

    pupil_id: int
    subject_id: int
    place: Place
    value: str


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Pupils × places × subjects. Known by identity: what is kept of it is found by it."""

    columns: tuple[SubjectColumn, ...]
    pupils: tuple[SheetPupil, ...]
    places: tuple[SheetPlace, ...]
    strays: tuple[StrayMark, ...]

    @property
    def missing(self) -> int:
        """Marks that are expected and not entered, but for exams, which not everybody sits."""
        return sum(one.table.missing for one in self.places if one.place.kind != "exam")


Attendance = Counted[tuple[int, int], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """What the queries brought. `tables` stand beside `places`; attendance is counted by (pupil,
    index of the term among `places`, UNPLACED between terms)."""

    class_id: int
    today: date
    places: Sequence[Place]
    tables: Sequence[ClassTable]
    stays: Sequence[Stay]
    given: Sequence[Given]
    attendance: Attendance


def place_of_day(places: Sequence[Place], day: date) -> int:
    """The index of the term a day belongs to, UNPLACED for a day between terms."""
    for index, place in enumerate(places):
        if place.term_id is not None and place.span.covers(day):
            return index
    return UNPLACED


def summary(facts: SheetFacts) -> Sheet:
    """The sheet. Its pupils are those who were in the class on the last day of a place, as far as
    the day has come, or are in it today."""
    pupils = sheet_pupils(facts)
    given = {(one.pupil_id, one.subject_id, one.kind, one.number): one.value for one in facts.given}
    places = tuple(
        _place(index, place, table, pupils, given, facts)
        for index, (place, table) in enumerate(zip(facts.places, facts.tables, strict=True))
    )
    columns = facts.tables[0].columns if facts.tables else ()
    return Sheet(columns, pupils, places, _strays(pupils, columns, facts))


def without_absences(sheet: Sheet) -> Sheet:
    """The sheet of a year whose journals are deleted: nothing is known of absences."""
    return replace(sheet, places=tuple(_place_without(one) for one in sheet.places))


def _place_without(one: SheetPlace) -> SheetPlace:
    lines = {pupil: line._replace(missed=None) for pupil, line in one.lines.items()}
    return replace(one, unfilled=None, lines=lines)


def sheet_pupils(facts: SheetFacts) -> tuple[SheetPupil, ...]:
    """Who stands on the sheet, in the order of names."""
    days = {min(place.last_day, facts.today) for place in facts.places}
    mine: dict[int, list[Stay]] = {}
    for stay in facts.stays:
        if stay.class_group_id == facts.class_id:
            mine.setdefault(stay.pupil_id, []).append(stay)
    first = min((place.span.starts_on for place in facts.places), default=facts.today)
    last = max((place.last_day for place in facts.places), default=facts.today)
    return tuple(
        _pupil(own, first, last)
        for own in mine.values()
        if any(stay.span.covers(day) for stay in own for day in days)
    )


def present_at(stays: Iterable[Stay], class_id: int, day: date) -> list[Present]:
    """Who is in the class that day."""
    there = (one for one in stays if one.class_group_id == class_id and one.span.covers(day))
    return list({one.pupil_id: one for one in there}.values())


def _pupil(stays: Sequence[Stay], first: date, last: date) -> SheetPupil:
    came, ends = stays[0].span.starts_on, stays[-1].span.ends_before
    left = ends if ends is not None and ends <= last else None
    return SheetPupil(stays[0].pupil_id, stays[0].name, came if came > first else None, left)


_Values = Mapping[tuple[int, int, str, int], str]


def _place(
    index: int,
    place: Place,
    table: ClassTable,
    pupils: Sequence[SheetPupil],
    given: _Values,
    facts: SheetFacts,
) -> SheetPlace:
    rows = {row.pupil_id: row for row in table.rows}
    missed = missed_at(index, place, facts)
    empty = Missed(Tally(), 0, 0)
    lines = {
        one.pupil_id: _line(
            one.pupil_id,
            rows.get(one.pupil_id),
            place,
            table,
            given,
            None if missed is None else missed.get(one.pupil_id, empty),
        )
        for one in pupils
    }
    return SheetPlace(place, table, _unfilled(index, place, facts), lines)


def _line(
    pupil_id: int,
    row: ClassRow | None,
    place: Place,
    table: ClassTable,
    given: _Values,
    missed: Missed | None,
) -> SheetLine:
    if row is None:
        cells = _brought(pupil_id, [_NOBODY] * len(table.columns), place, table, given)
        return SheetLine(cells, missed, _NO_RESULT, False)
    everywhere = all(cell.expected for cell in row.cells)
    cells = row.cells if everywhere else _brought(pupil_id, row.cells, place, table, given)
    return SheetLine(cells, missed, row.result, True)


_NOBODY = ClassCell(False, None, None)


def _brought(
    pupil_id: int, cells: Sequence[ClassCell], place: Place, table: ClassTable, given: _Values
) -> tuple[ClassCell, ...]:
    """The cells, with the marks he brought where none is expected."""
    keys = ((pupil_id, one.subject_id, place.kind, place.number) for one in table.columns)
    return tuple(
        cell if cell.expected else ClassCell(False, given.get(key), None)
        for cell, key in zip(cells, keys, strict=True)
    )


_NO_RESULT = PupilResult(Standing.UNKNOWN)


def missed_at(index: int, place: Place, facts: SheetFacts) -> dict[int, Missed] | None:
    """By pupil; the year is the sum of its days. None where attendance is not counted: exams,
    final marks, a term that has not begun."""
    if place.kind in ("exam", "final") or place.span.starts_on > facts.today:
        return None
    chosen = None if place.kind == "year" else index
    lessons: dict[int, Tally] = {}
    for (pupil_id, part), found in facts.attendance.tallies.items():
        if chosen in (None, part):
            before = lessons.get(pupil_id)
            lessons[pupil_id] = before + found if before else found
    days, ill_days = Counter[int](), Counter[int]()
    for day in facts.attendance.full_days:
        if chosen in (None, place_of_day(facts.places, day.day)):
            days[day.pupil_id] += 1
            ill_days[day.pupil_id] += day.ill
    return {
        pupil_id: Missed(found, days[pupil_id], ill_days[pupil_id])
        for pupil_id, found in lessons.items()
    }


def _unfilled(index: int, place: Place, facts: SheetFacts) -> int | None:
    if place.kind in ("exam", "final") or place.span.starts_on > facts.today:
        return None
    chosen = None if place.kind == "year" else index
    return sum(
        found.unfilled
        for (class_id, part), found in facts.attendance.classes.items()
        if class_id == facts.class_id and chosen in (None, part)
    )


def _strays(
    pupils: Sequence[SheetPupil], columns: Sequence[SubjectColumn], facts: SheetFacts
) -> tuple[StrayMark, ...]:
    shown = {one.subject_id for one in columns}
    listed = {one.pupil_id for one in pupils}
    places = {(one.kind, one.number): one for one in facts.places}
    return tuple(
        StrayMark(one.pupil_id, one.subject_id, places[one.kind, one.number], one.value)
        for one in facts.given
        if one.pupil_id in listed
        and one.subject_id not in shown
        and (one.kind, one.number) in places
    )
