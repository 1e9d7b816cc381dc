"""The teacher's desk: the lessons of a day with what each lacks, and what is left behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.control.debts import Debt, DebtBook, grants_of_course
from journal.control.words import day_words, gap_words
from journal.core.clock import local_date
from journal.core.messages import N_, Message
from journal.lessons.queries.agenda import AgendaRow, Days
from journal.lessons.queries.calendar import SchoolCalendar, school_calendar
from journal.lessons.queries.staff_agenda import desk_lessons, next_lessons
from journal.lessons.queries.unlocks import UnlockRow, unlocks_of_staff
from journal.lessons.rules.filling import Gap

LOOK_BACK = timedelta(days=14)
LOOK_AHEAD = timedelta(days=8)
RECENT_UNLOCKS = timedelta(days=3)


class Stage(StrEnum):
    """Where a lesson stands for its teacher."""

    AHEAD = "ahead"
    NOW = "now"
    ENDED = "ended"
    CANCELLED = "cancelled"
    GIVEN_AWAY = "given_away"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLesson:
    """A lesson of the list. `chips` are what it lacks: words and state."""

    row: AgendaRow
    term_id: int | None
    stage: Stage
    chips: tuple[tuple[Message, str], ...]
    note: Message | None

    @property
    def fallen(self) -> bool:
        """Whether there is nothing to do in it."""
        return self.stage in (Stage.CANCELLED, Stage.GIVEN_AWAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """News of the timetable: which lesson, and what is different."""

    when: Message
    number: int
    title: str
    what: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherDay:
    """The page. `asked` is the day of the address, `day` the one shown: they differ on a day
    without lessons; `day` is None when there are none ahead either."""

    asked: date
    today: date
    day: date | None
    lessons: tuple[DayLesson, ...]
    begun: int
    filled: int
    now_on: AgendaRow | None
    focus: AgendaRow | None
    debts: tuple[Debt, ...]
    changes: tuple[Change, ...]
    unlocks: tuple[UnlockRow, ...]

    @property
    def previous(self) -> date:
        """The day before the one asked for."""
        return self.asked - timedelta(days=1)

    @property
    def next(self) -> date:
        """The day after it."""
        return self.asked + timedelta(days=1)


def teacher_day(session: Session, actor: Actor, *, asked: date | None, now: datetime) -> TeacherDay:
    """The desk of the actor at that day (today by default): five queries at most."""
    zone, staff_id = actor.current.time_zone, actor.current.staff_id or 0
    today = local_date(now, zone)
    wanted = asked or today
    lacking = Days(today - LOOK_BACK, today + timedelta(days=wanted != today))
    rows, day = _rows(session, staff_id, wanted, lacking)
    since = now - RECENT_UNLOCKS
    desk = _Desk(
        staff_id=staff_id,
        now=now,
        today=today,
        calendar=school_calendar(session, day=today, zone=zone),
        unlocks=unlocks_of_staff(session, staff_id=staff_id, now=now, since=since),
    )
    return desk.page(rows, asked=wanted, day=day, lacking=lacking)


def _rows(
    session: Session, staff_id: int, wanted: date, lacking: Days
) -> tuple[list[AgendaRow], date | None]:
    """The lessons of the page and the day that is shown: the wanted one when anything is planned
    on it, else the next one with a lesson to hold."""
    today = lacking.starts_on + LOOK_BACK
    changes = Days(today, today + LOOK_AHEAD)
    rows = desk_lessons(session, staff_id=staff_id, day=wanted, changes=changes, lacking=lacking)
    if any(row.held_on == wanted for row in rows):
        return rows, wanted
    ahead = next_lessons(session, staff_id=staff_id, after=wanted)
    known = {row.lesson_id for row in rows}
    rows += [row for row in ahead if row.lesson_id not in known]
    return sorted(rows, key=lambda row: row.starts_at), ahead[0].held_on if ahead else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What the page is decided from, once read."""

    staff_id: int
    now: datetime
    today: date
    calendar: SchoolCalendar
    unlocks: Sequence[UnlockRow]

    def page(
        self, rows: Sequence[AgendaRow], *, asked: date, day: date | None, lacking: Days
    ) -> TeacherDay:
        """The page from its rows, purely."""
        lessons = tuple(self._lesson(row) for row in rows if row.held_on == day)
        begun = [one for one in lessons if one.stage in (Stage.NOW, Stage.ENDED)]
        behind = [row for row in rows if lacking.covers(row.held_on) and row.held_on != day]
        book = DebtBook(
            calendar=self.calendar, unlocks=self.unlocks, staff_id=self.staff_id, now=self.now
        )
        now_on = next((one.row for one in lessons if one.stage is Stage.NOW), None)
        return TeacherDay(
            asked=asked,
            today=self.today,
            day=day,
            lessons=lessons,
            begun=len(begun),
            filled=sum(not one.chips for one in begun),
            now_on=now_on,
            focus=now_on or _focus(lessons),
            debts=book.debts(row for row in behind if row.staff_id == self.staff_id),
            changes=tuple(self._changes(rows)),
            unlocks=tuple(self.unlocks),
        )

    def _lesson(self, row: AgendaRow) -> DayLesson:
        stage = self._stage(row)
        gaps: tuple[Gap, ...] = ()
        if stage in (Stage.NOW, Stage.ENDED):
            grants = grants_of_course(self.unlocks, row.course_id)
            gaps = self.calendar.gaps(row, now=self.now, staff_id=self.staff_id, grants=grants)
        zone = self.calendar.zone
        return DayLesson(
            row=row,
            term_id=self.calendar.term_to_name(row.grade, row.held_on, self.today),
            stage=stage,
            chips=tuple(gap_words(gap, now=self.now, zone=zone) for gap in gaps),
            note=self._note(row),
        )

    def _stage(self, row: AgendaRow) -> Stage:
        if row.cancelled:
            return Stage.CANCELLED
        if row.staff_id != self.staff_id:
            return Stage.GIVEN_AWAY
        if self.now < row.starts_at:
            return Stage.AHEAD
        return Stage.NOW if self.now < row.ends_at else Stage.ENDED

    def _note(self, row: AgendaRow) -> Message | None:
        if row.cancelled:
            return N_("The lesson is cancelled")
        if row.staff_id != self.staff_id:
            return N_("substitution: %(name)s instead of you", name=row.teacher)
        if row.planned_teacher:
            return N_("substitution, planned: %(name)s", name=row.planned_teacher)
        return None

    def _changes(self, rows: Iterable[AgendaRow]) -> Iterable[Change]:
        for row in rows:
            note = self._note(row)
            if note is not None and row.held_on >= self.today:
                yield Change(
                    when=day_words(row.held_on, self.today),
                    number=row.number,
                    title=row.title,
                    what=note,
                )


def _focus(lessons: Sequence[DayLesson]) -> AgendaRow | None:
    """The journal page to open first: the next lesson of the day, else its last one."""
    ahead = [one.row for one in lessons if one.stage is Stage.AHEAD]
    held = [one.row for one in lessons if one.stage is Stage.ENDED]
    return ahead[0] if ahead else (held[-1] if held else None)
