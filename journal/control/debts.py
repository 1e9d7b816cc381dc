"""What a teacher has left behind: lessons of past days that lack something, by deadline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from journal.control.words import LACKS, ends_today, moment_words
from journal.core.clock import local_date
from journal.core.messages import N_, Message
from journal.lessons.queries.agenda import AgendaRow
from journal.lessons.queries.calendar import SchoolCalendar
from journal.lessons.queries.unlocks import UnlockRow
from journal.lessons.rules import EntryKind, Grant, last_minute
from journal.lessons.rules.filling import Gap
from journal.lessons.rules.unlocks import NamedLesson, UnlockState, wanted_lessons


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """Gaps of one lesson that share a fate: `open` ones by the deadline, closed ones together.

    `when` is the last minute in words; `granted` ones are open under an unlock until then.
    `waits` says that an unlock was asked for; `unlockable` that asking can help.
    """

    row: AgendaRow
    term_id: int | None
    kinds: tuple[EntryKind, ...]
    what: tuple[Message, ...]
    until: datetime | None
    when: Message
    state: str
    open: bool
    granted: bool
    waits: bool
    unlockable: bool


def grants_of_course(unlocks: Iterable[UnlockRow], course_id: int) -> tuple[Grant, ...]:
    """What is open in the course under unlocks."""
    grants = (one.grant for one in unlocks if one.course_id == course_id)
    return tuple(grant for grant in grants if grant is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtBook:
    """What debts are decided from."""

    calendar: SchoolCalendar
    unlocks: Sequence[UnlockRow]
    staff_id: int
    now: datetime

    def debts(self, rows: Iterable[AgendaRow]) -> tuple[Debt, ...]:
        """Open gaps first, the nearest deadline on top; then the closed ones, the latest on top."""
        return tuple(sorted((debt for row in rows for debt in self._of(row)), key=_order))

    def _of(self, row: AgendaRow) -> Iterator[Debt]:
        grants = grants_of_course(self.unlocks, row.course_id)
        gaps = self.calendar.gaps(row, now=self.now, staff_id=self.staff_id, grants=grants)
        for until in sorted({gap.until for gap in gaps if gap.open and gap.until}):
            yield self._open(row, until, [gap for gap in gaps if gap.open and gap.until == until])
        closed = [gap for gap in gaps if not gap.open]
        if closed:
            yield self._closed(row, closed)

    def _open(self, row: AgendaRow, until: datetime, gaps: Sequence[Gap]) -> Debt:
        granted = any(gap.granted for gap in gaps)
        last = until if granted else last_minute(until)
        soon = ends_today(until, now=self.now, zone=self.calendar.zone)
        return Debt(
            row=row,
            term_id=self._term_id(row),
            kinds=tuple(gap.kind for gap in gaps),
            what=tuple(LACKS[gap.kind] for gap in gaps),
            until=until,
            when=moment_words(last, now=self.now, zone=self.calendar.zone),
            state="ok" if granted else ("warn" if soon else "plain"),
            open=True,
            granted=granted,
            waits=False,
            unlockable=False,
        )

    def _closed(self, row: AgendaRow, gaps: Sequence[Gap]) -> Debt:
        kinds = tuple(gap.kind for gap in gaps)
        until = max((gap.until for gap in gaps if gap.until), default=None)
        when = N_("closed %(when)s", when=last_minute(until)) if until else N_("the term is closed")
        return Debt(
            row=row,
            term_id=self._term_id(row),
            kinds=kinds,
            what=tuple(LACKS[kind] for kind in kinds),
            until=until,
            when=when,
            state="locked",
            open=False,
            granted=False,
            waits=self._waits(row, kinds),
            unlockable=any(gap.unlockable for gap in gaps),
        )

    def _waits(self, row: AgendaRow, kinds: Sequence[EntryKind]) -> bool:
        named = NamedLesson(row.lesson_id, row.held_on, row.number)
        wanted = wanted_lessons(kinds, [named])
        return any(
            one.state is UnlockState.PENDING
            and one.course_id == row.course_id
            and one.wanted.overlaps(wanted)
            for one in self.unlocks
        )

    def _term_id(self, row: AgendaRow) -> int | None:
        today = local_date(self.now, self.calendar.zone)
        return self.calendar.term_to_name(row.grade, row.held_on, today)


def _order(debt: Debt) -> tuple[bool, float, int]:
    held = debt.row.starts_at.timestamp()
    if debt.open and debt.until is not None:
        return (False, debt.until.timestamp(), int(held))
    return (True, -held, 0)
