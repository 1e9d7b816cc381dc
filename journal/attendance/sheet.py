"""The sheet: what a desk's lessons hold of attendance, read once for a batch and kept true.

It is read under the locks of the lessons, and every entry of the batch is written through it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, or_, select

from journal.attendance.models import Absence, Exemption
from journal.core.rows import delete_row, insert_row, update_row
from journal.lessons.desk import Desk, LessonRow
from journal.school.queries import rosters
from journal.school.rules import RosterEntry, Span

Cell = tuple[int, int]
"""Lesson and pupil."""


class State(NamedTuple):
    """A pupil's state in a lesson as it stands."""

    id: int
    code: str
    minutes: int | None
    version: int
    entered_by: int | None
    entered_at: datetime

    @property
    def facts(self) -> dict[str, object]:
        """As the log tells of it."""
        return {"code": self.code, "minutes": self.minutes}


class Sheet:
    """The states of the lessons by cell; `taken` are lessons the batch itself has taken."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.taken: set[int] = set()
        rows = desk.session.execute(_states_query(), {"lesson_ids": list(desk.lessons)})
        self._states: dict[Cell, State] = {(row[0], row[1]): State(*row[2:]) for row in rows}

    def of(self, cell: Cell) -> State | None:
        """What is entered in the cell, None for nothing."""
        return self._states.get(cell)

    def put(self, cell: Cell, code: str, minutes: int | None, excuse_id: int | None) -> State:
        """Write the state of the cell, a new one or another one."""
        desk, before = self._desk, self._states.get(cell)
        place, session = desk.head.organisation_id, desk.session
        version = before.version + 1 if before else 1
        facts = {
            "code": code,
            "minutes": minutes,
            "excuse_id": excuse_id,
            "version": version,
            "entered_by": desk.actor.account_id,
            "entered_at": desk.now,
        }
        if before:
            number = before.id
            update_row(session, Absence, number, place, **facts)
        else:
            where = {"organisation_id": place, "lesson_id": cell[0], "pupil_id": cell[1]}
            number = insert_row(session, Absence, **where, **facts)
        after = State(number, code, minutes, version, desk.actor.account_id, desk.now)
        self._states[cell] = after
        return after

    def clear(self, cell: Cell) -> None:
        """Remove what is entered in the cell."""
        gone = self._states.pop(cell)
        delete_row(self._desk.session, Absence, gone.id, self._desk.head.organisation_id)


@cache
def _states_query() -> Any:
    """The rows are held too: an excuse that is confirmed meanwhile changes them by itself."""
    return (
        select(
            Absence.lesson_id,
            Absence.pupil_id,
            Absence.id,
            Absence.code,
            Absence.minutes,
            Absence.version,
            Absence.entered_by,
            Absence.entered_at,
        )
        .where(Absence.lesson_id.in_(bindparam("lesson_ids", expanding=True)))
        .order_by(Absence.id)
        .with_for_update()
    )


def everybody(desk: Desk) -> tuple[RosterEntry, ...]:
    """The whole roster of the course's group."""
    return desk.roster if desk.whole else tuple(rosters(desk.session, [desk.head.group_id]))


def there(desk: Desk, lesson: LessonRow) -> set[int]:
    """Everybody on the roster of the lesson's day."""
    entries = desk.keep(everybody)
    return {entry.pupil_id for entry in entries if entry.span.covers(lesson.held_on)}


def released(desk: Desk, lesson: LessonRow, pupil_ids: Collection[int]) -> set[int]:
    """Whom of them an order releases; individual tuition is what its pupil is taught in."""
    named = {one.pupil_id for one in desk.roster}.issuperset(pupil_ids)
    orders = desk.keep(_orders_of_named) if named else _orders(desk, pupil_ids)
    day = lesson.held_on
    chosen = {who for who, span in orders if who in pupil_ids and span.covers(day)}
    return chosen if not chosen or there(desk, lesson) != chosen or len(chosen) > 1 else set()


_Order = tuple[int, Span]


def _orders_of_named(desk: Desk) -> tuple[_Order, ...]:
    return _orders(desk, {one.pupil_id for one in desk.roster})


def _orders(desk: Desk, pupil_ids: Collection[int]) -> tuple[_Order, ...]:
    named = {"pupil_ids": list(pupil_ids), "subject_id": desk.head.subject_id}
    rows = desk.session.execute(_orders_query(), named)
    return tuple((pupil_id, Span(starts_on, before)) for pupil_id, starts_on, before in rows)


@cache
def _orders_query() -> Any:
    ours = Exemption.subject_id == bindparam("subject_id")
    return select(Exemption.pupil_id, Exemption.starts_on, Exemption.ends_before).where(
        Exemption.pupil_id.in_(bindparam("pupil_ids", expanding=True)),
        Exemption.kind == "attending",
        or_(Exemption.subject_id.is_(None), ours),
    )
