"""The class teacher's desk: who is absent, with what reason, and what the day still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.absence_lists import AbsenceRow, absences_of_lessons
from journal.attendance.excuses.queries import ExcuseView, excuses_of_class_day
from journal.attendance.rules import ABSENCE_LETTERS
from journal.attendance.rules.excuses import REASONS
from journal.control.birthdays import Birthday, birthdays
from journal.control.words import LACKS
from journal.core.clock import local_date
from journal.core.messages import N_, Message
from journal.lessons.queries.agenda import AgendaRow, class_lessons
from journal.lessons.rules.filling import missing
from journal.school.class_desk import DayPupil, OwnClass, own_classes, pupils_on

UNEXPLAINED = "n"
LATE = "o"
BIRTHDAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Cell:
    """A pupil in one lesson number: the code, its letter, minutes of a lateness."""

    code: str
    letter: str
    minutes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsentPupil:
    """A pupil with any entry of the day or an excuse for it. `cells` stand under `numbers`;
    `unexplained` has a lesson with no reason and no excuse, `waiting` an excuse to confirm."""

    pupil_id: int
    name: str
    cells: tuple[Cell | None, ...]
    unexplained: bool
    waiting: bool
    missed: int
    note: Message | None


@dataclass(frozen=True, slots=True)
class LessonHead:
    """A column: the lesson number and whether the attendance of all its lessons is taken."""

    number: int
    taken: bool
    begun: bool


@dataclass(frozen=True, slots=True)
class DayGap:
    """A lesson of the day that has begun and lacks something."""

    row: AgendaRow
    what: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassDay:
    """The page. `absent` are those who missed anything or are excused, unexplained ones first;
    `late` only came late; `waiting` are excuses to confirm."""

    group: OwnClass
    groups: tuple[OwnClass, ...]
    day: date
    today: date
    pupils: int
    lessons: tuple[AgendaRow, ...]
    numbers: tuple[LessonHead, ...]
    absent: tuple[AbsentPupil, ...]
    late: tuple[AbsentPupil, ...]
    gaps: tuple[DayGap, ...]
    birthdays: tuple[Birthday, ...]
    waiting: tuple[ExcuseView, ...]

    @property
    def known(self) -> bool:
        """Whether anything is known of the day's attendance: else a zero would be a lie."""
        return bool(self.absent) or any(head.taken for head in self.numbers)

    @property
    def unexplained(self) -> int:
        """How many have no reason stated."""
        return sum(one.unexplained for one in self.absent)

    @property
    def previous(self) -> date:
        """The day before."""
        return self.day - timedelta(days=1)

    @property
    def next(self) -> date:
        """The day after."""
        return self.day + timedelta(days=1)


def class_day(
    session: Session, actor: Actor, *, class_id: int | None, asked: date | None, now: datetime
) -> ClassDay:
    """The desk of the actor's class on that day (today by default): six queries."""
    today = local_date(now, actor.current.time_zone)
    group, groups = own_classes(session, actor, class_id=class_id, today=today)
    day = asked or today
    lessons = class_lessons(session, class_group_id=group.id, day=day)
    entries = absences_of_lessons(session, [row.lesson_id for row in lessons])
    pupils = pupils_on(session, class_group_id=group.id, day=day)
    excuses = excuses_of_class_day(session, class_group_id=group.id, day=day)
    absent = absent_pupils(pupils, lessons, entries, excuses, now=now, day=day)
    return ClassDay(
        group=group,
        groups=tuple(groups),
        day=day,
        today=today,
        pupils=len(pupils),
        lessons=tuple(lessons),
        numbers=lesson_heads(lessons, now),
        absent=tuple(one for one in absent if one.missed or one.note),
        late=tuple(one for one in absent if not (one.missed or one.note)),
        gaps=tuple(_gaps(lessons, now)),
        birthdays=birthdays(((one.name, one.born_on) for one in pupils), day, BIRTHDAYS),
        waiting=tuple(one for one in excuses if one.status == "submitted"),
    )


def lesson_heads(lessons: Sequence[AgendaRow], now: datetime) -> tuple[LessonHead, ...]:
    """The lesson numbers of the day; subgroups at one time are one column."""
    held: dict[int, list[AgendaRow]] = {}
    for row in lessons:
        if not row.cancelled:
            held.setdefault(row.number, []).append(row)
    return tuple(
        LessonHead(
            number,
            taken=all(row.attendance_taken for row in held[number]),
            begun=any(row.starts_at <= now for row in held[number]),
        )
        for number in sorted(held)
    )


def absent_pupils(
    pupils: Iterable[DayPupil],
    lessons: Sequence[AgendaRow],
    entries: Iterable[AbsenceRow],
    excuses: Iterable[ExcuseView],
    *,
    now: datetime,
    day: date,
) -> list[AbsentPupil]:
    """Everybody with an entry or an excuse of the day: first those without any reason, then those
    whose excuse waits for confirmation, then the others; each by name."""
    numbers = lesson_heads(lessons, now)
    number_of = {row.lesson_id: row.number for row in lessons if not row.cancelled}
    cells: dict[int, dict[int, Cell]] = {}
    for entry in entries:
        if entry.lesson_id in number_of:
            cell = Cell(entry.code, ABSENCE_LETTERS[entry.code], entry.minutes)
            cells.setdefault(entry.pupil_id, {})[number_of[entry.lesson_id]] = cell
    excused = {one.pupil_id: one for one in excuses if one.span.covers(day)}
    found = [
        _absent(pupil, cells.get(pupil.pupil_id, {}), excused.get(pupil.pupil_id), numbers)
        for pupil in pupils
        if pupil.pupil_id in cells or pupil.pupil_id in excused
    ]
    return sorted(found, key=lambda one: (not one.unexplained, not one.waiting))  # stable


def _absent(
    pupil: DayPupil,
    cells: dict[int, Cell],
    excuse: ExcuseView | None,
    numbers: Sequence[LessonHead],
) -> AbsentPupil:
    codes = [cell.code for cell in cells.values()]
    return AbsentPupil(
        pupil_id=pupil.pupil_id,
        name=pupil.name,
        cells=tuple(cells.get(head.number) for head in numbers),
        unexplained=UNEXPLAINED in codes and excuse is None,
        waiting=excuse is not None and excuse.waiting,
        missed=sum(code != LATE for code in codes),
        note=_excuse_words(excuse) if excuse else None,
    )


def _excuse_words(excuse: ExcuseView) -> Message:
    reason, last = REASONS[excuse.code], excuse.last
    if excuse.waiting:
        if last is None:
            return N_("not confirmed: %(reason)s", reason=reason)
        return N_("not confirmed, until %(day)s: %(reason)s", day=last, reason=reason)
    if last is None:
        return N_("excused until further word: %(reason)s", reason=reason)
    return N_("excused until %(day)s: %(reason)s", day=last, reason=reason)


def _gaps(lessons: Iterable[AgendaRow], now: datetime) -> Iterable[DayGap]:
    for row in lessons:
        lacks = missing(row, now)
        if lacks:
            yield DayGap(row, tuple(LACKS[kind] for kind in lacks))
