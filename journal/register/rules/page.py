"""The journal page as the template shows it: nothing is computed there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from journal.lessons.rules import CourseHead, LessonWindows, Window
from journal.register.rules.facts import Facts, Known, LessonFacts, WorkTypeFacts
from journal.school.rules import Span, TermSpan

HEAVY = 3


class CellMark(NamedTuple):
    """One mark of a cell: css class m5…m2, whether it was retaken, whether it waits (•)."""

    text: str
    css: str
    retaken: bool = False
    deadline: date | None = None


class CellState(NamedTuple):
    """What a cell looks like. Equal states are rendered once a page (a tuple hashes fast).

    `gap` says why a cell is none of the pupil's: «out» (not on the roster) or «released». `known`
    is what an excuse says before the lesson is taken: (code, confirmed).
    """

    css: str
    readonly: bool
    marks: tuple[CellMark, ...] = ()
    absence: str | None = None
    minutes: int | None = None
    comment: str | None = None
    gap: str | None = None
    known: tuple[str, bool] | None = None


class Windows(NamedTuple):
    """The four edit windows of a lesson, and whether the actor may write in it at all.

    `lesson` is the four as one: what is said of it is kept by its identity.
    """

    own: bool
    lesson: LessonWindows
    marks: Window
    attendance: Window
    topic: Window
    homework: Window
    works: dict[int, Window]

    @property
    def marks_open(self) -> bool:
        """Some work's window (or the lesson's own) lets marks in."""
        return self.own and (self.marks.open or any(w.open for w in self.works.values()))

    @property
    def attendance_open(self) -> bool:
        """Whether attendance may be written."""
        return self.own and self.attendance.open

    @property
    def until(self) -> datetime | None:
        """The latest instant (exclusive) until which a mark may be entered, if one is open."""
        windows = [self.marks, *self.works.values()]
        return max((w.until for w in windows if w.open and w.until), default=None)


class Column(NamedTuple):
    """A lesson as a column head. `writable`: marks or attendance may be written."""

    lesson: LessonFacts
    windows: Windows
    begun: bool
    today: bool
    first_of_month: bool
    kind_short: str
    kind_title: str
    weight: int
    writable: bool

    @property
    def heavy(self) -> bool:
        """A test or another work of great weight: its column is tinted."""
        return self.weight >= HEAVY

    @property
    def locked(self) -> bool:
        """Begun and closed to this actor: tinted, with a lock."""
        return self.begun and not self.writable


@dataclass(frozen=True, slots=True)
class Month:
    """A band of columns: the first day of its month and how many columns it spans."""

    day: date
    span: int


@dataclass(frozen=True, slots=True)
class WindowBand:
    """A run of columns with the same state in the row «запись до»: locked, open or future."""

    state: str
    span: int
    until: datetime | None
    lesson_id: int
    day: date


class Row(NamedTuple):
    """A pupil's line. `missed` counts absences (not lateness) among the page's held lessons;
    `offer` is what the rules propose while there is no term mark."""

    pupil_id: int
    number: int
    name: str
    joined_on: date | None
    left_on: date | None
    class_name: str
    spans: tuple[Span, ...]
    cells: Sequence[CellState]
    average: str | None
    missed: int
    past: tuple[str | None, ...]
    term_mark: str | None
    offer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPage:
    """Everything the page shows. `term` None means the whole year; `known` is what excuses say of
    cells of lessons that are not taken."""

    head: CourseHead
    term: TermSpan | None
    span: Span
    today: date
    columns: tuple[Column, ...]
    months: tuple[Month, ...]
    bands: tuple[WindowBand, ...]
    past_terms: tuple[TermSpan, ...]
    rows: tuple[Row, ...]
    facts: Facts
    known: Known
    types: tuple[WorkTypeFacts, ...]
    can_write: bool
    has_classes: bool

    @property
    def term_id(self) -> int:
        """The term in the page's address, 0 for the whole year."""
        return self.term.id if self.term else 0

    @property
    def current(self) -> Column | None:
        """The column the page opens at: today's last begun lesson, else the last begun."""
        begun = [column for column in self.columns if column.begun]
        return begun[-1] if begun else None
