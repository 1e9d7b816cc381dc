"""The school's day: every lesson of every class by its number, and what was changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.clock import local_date
from journal.core.messages import N_, Message
from journal.lessons.queries.agenda import AgendaRow, school_lessons
from journal.lessons.rules.filling import missing

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DayLesson:
    """A lesson in its place: `state` is cancelled, lacking, filled or ahead; `note` a change."""

    row: AgendaRow
    state: str
    note: Message | None

    @property
    def who(self) -> str:
        """The group, where it is not the whole class, and the teacher."""
        return ", ".join(part for part in (self.row.group, self.row.teacher) if part)


@dataclass(frozen=True, slots=True)
class ClassDay:
    """One class: its lessons by number, in the order of the page's numbers."""

    name: str
    places: tuple[tuple[DayLesson, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolDay:
    """The page. `numbers` are the lesson numbers that occur."""

    day: date
    today: date
    numbers: tuple[int, ...]
    classes: tuple[ClassDay, ...]
    changed: tuple[DayLesson, ...]
    held: int
    lacking: int
    cancelled: int

    @property
    def previous(self) -> date:
        """The school day before."""
        return _step(self.day, -1)

    @property
    def next(self) -> date:
        """The school day after."""
        return _step(self.day, 1)


def school_day(session: Session, actor: Actor, *, asked: date | None, now: datetime) -> SchoolDay:
    """The day asked for, today without it; one query whatever the school's size."""
    today = local_date(now, actor.current.time_zone)
    day = asked or today
    return build_day(school_lessons(session, day=day), day=day, today=today, now=now)


def build_day(rows: Sequence[AgendaRow], *, day: date, today: date, now: datetime) -> SchoolDay:
    """The page from its rows; a cross-class group stands in each of its classes."""
    lessons = [day_lesson(row, now) for row in rows]
    numbers = tuple(sorted({row.number for row in rows}))
    return SchoolDay(
        day=day,
        today=today,
        numbers=numbers,
        classes=_classes(lessons, numbers),
        changed=tuple(one for one in lessons if one.note is not None),
        held=sum(1 for row in rows if not row.cancelled and row.starts_at <= now),
        lacking=sum(one.state == "lacking" for one in lessons),
        cancelled=sum(row.cancelled for row in rows),
    )


def day_lesson(row: AgendaRow, now: datetime) -> DayLesson:
    """A lesson with its state and what was changed in it."""
    if row.cancelled:
        return DayLesson(row, "cancelled", N_("cancelled"))
    note: Message | None = None
    if row.planned_teacher:
        note = N_("%(who)s instead of %(whom)s", who=row.teacher, whom=row.planned_teacher)
    elif row.distance:
        note = N_("remote")
    if now < row.starts_at:
        return DayLesson(row, "ahead", note)
    return DayLesson(row, "lacking" if missing(row, now) else "filled", note)


def _classes(lessons: Iterable[DayLesson], numbers: Sequence[int]) -> tuple[ClassDay, ...]:
    places: dict[tuple[int, str], dict[int, list[DayLesson]]] = {}
    for lesson in lessons:
        for name in lesson.row.classes_key.split(","):
            of_class = places.setdefault((lesson.row.grade, name), {})
            of_class.setdefault(lesson.row.number, []).append(lesson)
    return tuple(
        ClassDay(key[1], tuple(tuple(places[key].get(number, ())) for number in numbers))
        for key in sorted(places)
    )


def _step(day: date, days: int) -> date:
    other = day + timedelta(days=days)
    return other + timedelta(days=days) if other.weekday() > SATURDAY else other
