"""The school's day: classes down, lesson numbers across, with what is changed and what lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.clock import local_date
from journal.lessons.queries.agenda import AgendaRow, school_lessons
from journal.lessons.rules.filling import missing
from journal.school.calendar import year_to_open, years
from journal.school.directory import class_choices


class CellState(StrEnum):
    """What a cell of the day says."""

    AHEAD = "ahead"
    FILLED = "filled"
    LACKING = "lacking"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class CellLesson:
    """A lesson in a cell of the table."""

    row: AgendaRow
    state: CellState

    @property
    def substituted(self) -> bool:
        """Whether somebody else holds it."""
        return self.row.planned_teacher is not None and self.state is not CellState.CANCELLED


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class and its lessons by the columns of the table; subgroups share a cell."""

    class_id: int
    name: str
    cells: tuple[tuple[CellLesson, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolDay:
    """The table and its sums. `lacking` counts lessons that have begun and lack something."""

    day: date
    today: date
    numbers: tuple[int, ...]
    lines: tuple[ClassLine, ...]
    lessons: int
    begun: int
    lacking: int
    changes: tuple[CellLesson, ...]

    @property
    def previous(self) -> date:
        """The day before."""
        return self.day - timedelta(days=1)

    @property
    def next(self) -> date:
        """The day after."""
        return self.day + timedelta(days=1)


def school_day(session: Session, actor: Actor, *, asked: date | None, now: datetime) -> SchoolDay:
    """The day asked for (today by default). Three queries."""
    today = local_date(now, actor.current.time_zone)
    day = asked or today
    year = year_to_open(years(session), day)
    choices = class_choices(session, year.id) if year else []
    return build_day(school_lessons(session, day=day), choices, day=day, today=today, now=now)


def build_day(
    rows: Iterable[AgendaRow],
    classes: Sequence[tuple[int, str]],
    *,
    day: date,
    today: date,
    now: datetime,
) -> SchoolDay:
    """The table, purely. A lesson of a cross-class group stands in every one of its classes."""
    lessons = [CellLesson(row, _state(row, now)) for row in rows]
    numbers = tuple(sorted({one.row.number for one in lessons}))
    held = [one for one in lessons if one.state is not CellState.CANCELLED]
    return SchoolDay(
        day=day,
        today=today,
        numbers=numbers,
        lines=_lines(lessons, classes, numbers),
        lessons=len(held),
        begun=sum(one.state is not CellState.AHEAD for one in held),
        lacking=sum(one.state is CellState.LACKING for one in held),
        changes=tuple(
            one for one in lessons if one.substituted or one.state is CellState.CANCELLED
        ),
    )


def _lines(
    lessons: Iterable[CellLesson], classes: Sequence[tuple[int, str]], numbers: Sequence[int]
) -> tuple[ClassLine, ...]:
    cells: dict[tuple[str, int], list[CellLesson]] = {}
    for one in lessons:
        for name in one.row.classes_key.split(","):
            cells.setdefault((name, one.row.number), []).append(one)
    return tuple(
        ClassLine(class_id, name, tuple(tuple(cells.get((name, number), ())) for number in numbers))
        for class_id, name in classes
    )


def _state(row: AgendaRow, now: datetime) -> CellState:
    if row.cancelled:
        return CellState.CANCELLED
    if now < row.starts_at:
        return CellState.AHEAD
    return CellState.LACKING if missing(row, now) else CellState.FILLED
