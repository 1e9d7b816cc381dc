"""The day of a class as a register: its pupils by the lessons of the day (D11, D22)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.day_facts import Altered, DayFacts, DayReader, Entered, Known, day_facts
from journal.attendance.rules.states import MISSED, UNKNOWN
from journal.core.clock import local_date
from journal.lessons.queries.class_day import ClassLesson, lessons_of_class_day
from journal.lessons.queries.class_head import load_class
from journal.lessons.rules import Window
from journal.lessons.rules.class_head import ClassHead
from journal.school.class_desk import DayPupil, pupils_on
from journal.school.queries import rosters
from journal.school.rules import RosterEntry


@dataclass(frozen=True, slots=True)
class DayLesson:
    """A lesson with who of the class sits in it; `mixed`: pupils of other classes sit there too."""

    lesson: ClassLesson
    pupils: frozenset[int]
    mixed: bool
    window: Window
    begun: bool

    @property
    def takable(self) -> bool:
        """Whether a class teacher may say that nobody else is absent."""
        return self.window.open and not self.mixed


@dataclass(frozen=True, slots=True)
class DayColumn:
    """Lessons at one time, none of which shares a pupil with another: subgroups."""

    number: int
    lessons: tuple[DayLesson, ...]

    @property
    def taken(self) -> bool:
        """Whether the attendance of all of them is taken."""
        return all(one.lesson.taken_at for one in self.lessons if not one.lesson.cancelled)


@dataclass(frozen=True, slots=True)
class DayCell:
    """A pupil under a column: his lesson there, if any, and what is entered or known of it."""

    lesson: DayLesson | None = None
    entered: Entered | None = None
    known: Known | None = None
    released: bool = False
    practice: bool = False


@dataclass(frozen=True, slots=True)
class DayRow:
    """A pupil's line; `known` is what an excuse says of the day."""

    pupil: DayPupil
    cells: tuple[DayCell, ...]
    known: Known | None

    @property
    def entries(self) -> tuple[tuple[int, str], ...]:
        """(lesson number, code) of what is entered."""
        held = [(cell.lesson, cell.entered) for cell in self.cells]
        return tuple((one.lesson.number, what.code) for one, what in held if one and what)

    @property
    def unexplained(self) -> bool:
        """Whether he missed a lesson and nobody has said why."""
        missed = any(code == UNKNOWN for _, code in self.entries)
        return missed and self.known is None

    @property
    def waiting(self) -> bool:
        """Whether his family has announced what is not confirmed."""
        return self.known is not None and not self.known.confirmed

    @property
    def absent(self) -> bool:
        """Whether he missed a lesson, or an excuse or an announcement covers the day."""
        return self.known is not None or any(code in MISSED for _, code in self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRegister:
    """The page. `changes` are entries of others since `seen_at`, the reader's last look."""

    head: ClassHead
    day: date
    today: date
    columns: tuple[DayColumn, ...]
    rows: tuple[DayRow, ...]
    changes: tuple[Altered, ...]
    seen_at: datetime | None

    @property
    def absent(self) -> tuple[DayRow, ...]:
        """Who is not there: those nobody has explained, then those announced, then the others."""
        missing = [row for row in self.rows if row.absent]
        return tuple(sorted(missing, key=lambda row: (not row.unexplained, not row.waiting)))

    @property
    def news(self) -> tuple[DayRow, ...]:
        """Those whose excuse was announced or decided since the last look."""
        return tuple(
            row
            for row in self.rows
            if row.known and (not self.seen_at or row.known.at > self.seen_at)
        )

    @property
    def can_write(self) -> bool:
        """Whether the actor is the class teacher."""
        return self.head.writer is not None

    @property
    def previous(self) -> date:
        """The day before."""
        return self.day - timedelta(days=1)

    @property
    def next(self) -> date:
        """The day after."""
        return self.day + timedelta(days=1)


def class_register(
    session: Session,
    actor: Actor,
    *,
    class_id: int,
    asked: date | None,
    now: datetime,
    only: Collection[int] | None = None,
) -> ClassRegister:
    """The class on that day (today by default), or `only` these pupils of it. Five queries."""
    head = load_class(session, actor, class_id)
    today = local_date(now, head.zone)
    day = asked or today
    lessons = lessons_of_class_day(session, head, day=day, now=now)
    pupils = _pupils(session, class_id, day, only)
    facts = _facts(session, DayReader(actor.account_id, class_id), day, lessons, pupils)
    columns = _columns(session, head, lessons, day=day, now=now)
    return ClassRegister(
        head=head,
        day=day,
        today=today,
        columns=columns,
        rows=tuple(day_row(one, columns, facts) for one in pupils),
        changes=tuple(facts.altered),
        seen_at=facts.seen_at,
    )


def lessons_after_save(
    session: Session,
    head: ClassHead,
    *,
    day: date,
    lesson_ids: Collection[int],
    roster: Iterable[RosterEntry],
    now: datetime,
) -> dict[int, DayLesson]:
    """These lessons as the register shows them, for who has the rosters of their groups. One
    query."""
    lessons = lessons_of_class_day(session, head, day=day, now=now, lesson_ids=lesson_ids)
    seated = seats(roster, day)
    held = (day_lesson(head, one, seated.get(one.group_id, {}), now) for one in lessons)
    return {one.lesson.id: one for one in held if one.pupils}


def _pupils(
    session: Session, class_id: int, day: date, only: Collection[int] | None
) -> list[DayPupil]:
    there = pupils_on(session, class_group_id=class_id, day=day)
    return [one for one in there if only is None or one.pupil_id in only]


def _facts(
    session: Session,
    reader: DayReader,
    day: date,
    lessons: Iterable[ClassLesson],
    pupils: Iterable[DayPupil],
) -> DayFacts:
    named, ids = [one.id for one in lessons], [one.pupil_id for one in pupils]
    return day_facts(session, reader, day=day, lesson_ids=named, pupil_ids=ids)


def _columns(
    session: Session, head: ClassHead, lessons: Sequence[ClassLesson], *, day: date, now: datetime
) -> tuple[DayColumn, ...]:
    seated = seats(rosters(session, {one.group_id for one in lessons}), day)
    return day_columns(day_lesson(head, one, seated.get(one.group_id, {}), now) for one in lessons)


Seats = dict[int, dict[int, int]]


def seats(entries: Iterable[RosterEntry], day: date) -> Seats:
    """Group -> pupil -> class of the day, of everybody who sits there that day."""
    found: Seats = {}
    for one in entries:
        if one.span.covers(day):
            found.setdefault(one.study_group_id, {})[one.pupil_id] = one.class_group_id
    return found


def day_lesson(
    head: ClassHead, lesson: ClassLesson, seated: Mapping[int, int], now: datetime
) -> DayLesson:
    """The lesson as the class sees it."""
    own = frozenset(pupil_id for pupil_id, class_id in seated.items() if class_id == head.id)
    return DayLesson(
        lesson=lesson,
        pupils=own,
        mixed=len(own) < len(seated),
        window=head.attendance_window(lesson.course_id, lesson.facts, lesson.grants, now),
        begun=lesson.starts_at <= now,
    )


def day_columns(lessons: Iterable[DayLesson]) -> tuple[DayColumn, ...]:
    """The columns by lesson number. Lessons without a pupil of the class are left out; two of one
    number that share a pupil stand beside each other."""
    columns: list[tuple[int, list[DayLesson]]] = []
    for one in sorted(lessons, key=lambda one: one.lesson.number):
        if not one.pupils:
            continue
        number = one.lesson.number
        free = [there for no, there in columns if no == number and _apart(one, there)]
        if free:
            free[0].append(one)
        else:
            columns.append((number, [one]))
    return tuple(DayColumn(number, tuple(there)) for number, there in columns)


def _apart(one: DayLesson, others: Sequence[DayLesson]) -> bool:
    return all(one.pupils.isdisjoint(other.pupils) for other in others)


def day_row(pupil: DayPupil, columns: Iterable[DayColumn], facts: DayFacts) -> DayRow:
    """The cells of a pupil, one for each column."""
    known = facts.known.get(pupil.pupil_id)
    return DayRow(pupil, tuple(_cell(pupil.pupil_id, one, facts) for one in columns), known)


def _cell(pupil_id: int, column: DayColumn, facts: DayFacts) -> DayCell:
    held = next((one for one in column.lessons if pupil_id in one.pupils), None)
    if held is None:
        return DayCell()
    subject_id = held.lesson.subject_id
    alone = held.pupils == {pupil_id} and not held.mixed
    entered = facts.entered.get((held.lesson.id, pupil_id))
    released = not alone and facts.frees(pupil_id, subject_id)
    waits = held.lesson.taken_at is None and not held.lesson.cancelled and not released
    return DayCell(
        lesson=held,
        entered=entered,
        known=facts.known.get(pupil_id) if waits and entered is None else None,
        released=released,
        practice=facts.frees(pupil_id, subject_id, "practice"),
    )
