"""Pure rules of publishing: which dated lessons a year's timetables mean, and what must change.

A lesson with entries is never touched (domain.md, «Substitution, planning, load»).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from journal.core.clock import instant
from journal.school.rules import Span, intersect, week_kind
from journal.timetable.rules import OtherBells, bells_on


@dataclass(frozen=True, slots=True)
class Break:
    """Days without lessons; empty grades = everybody."""

    span: Span
    grades: frozenset[int]


@dataclass(frozen=True, slots=True)
class Moved:
    """A day that follows the timetable of another weekday; empty grades = everybody."""

    day: date
    follows_weekday: int
    grades: frozenset[int]

    def concerns(self, grade: int) -> bool:
        """Whether the parallel keeps it."""
        return not self.grades or grade in self.grades


@dataclass(frozen=True, slots=True)
class Slot:
    """A weekly lesson of one dated timetable, with the bells of its group."""

    span: Span
    course_id: int
    grade: int
    staff_id: int
    room_id: int | None
    weekday: int
    week_kind: str
    lesson_number: int
    bell_schedule_id: int | None


@dataclass(frozen=True, slots=True)
class PlannedLesson:
    """A dated lesson as the timetable wants it. Natural key: course, day, number."""

    course_id: int
    held_on: date
    lesson_number: int
    starts_at: datetime
    ends_at: datetime
    staff_id: int
    room_id: int | None

    @property
    def key(self) -> tuple[int, date, int]:
        """Course, day, number."""
        return self.course_id, self.held_on, self.lesson_number


@dataclass(frozen=True, slots=True)
class ExistingLesson:
    """A lesson that is there, and whether anything was entered in it."""

    id: int
    key: tuple[int, date, int]
    staff_id: int
    room_id: int | None
    starts_at: datetime
    ends_at: datetime
    has_entries: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing does: lessons to add, to correct (existing id), to drop; `kept` stay.

    `kept_back` are those of them that differ from the plan and stay because something is entered.
    """

    add: tuple[PlannedLesson, ...]
    correct: tuple[tuple[int, PlannedLesson], ...]
    drop: tuple[int, ...]
    kept: int
    kept_back: tuple[int, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.add or self.correct or self.drop)


Bells = Mapping[tuple[int, int], tuple[time, time]]


def planned_lessons(
    slots: Iterable[Slot],
    breaks: Iterable[Break],
    bells: Bells,
    *,
    year: Span,
    zone: str,
    moved: Iterable[Moved] = (),
    others: Sequence[OtherBells] = (),
) -> dict[tuple[int, date, int], PlannedLesson]:
    """All dated lessons of these slots inside `year`, by natural key."""
    breaks, moved = list(breaks), list(moved)
    found = {}
    for slot in slots:
        for day in _days(slot, year, moved):
            if not any(_frees(one, day, slot.grade) for one in breaks):
                lesson = _lesson(slot, day, bells, zone, others)
                found[lesson.key] = lesson
    return found


def _days(slot: Slot, year: Span, moved: Sequence[Moved]) -> Iterable[date]:
    """The weekly days, without those that follow another weekday, with those that follow this."""
    ours = [one for one in moved if one.concerns(slot.grade)]
    elsewhere = {one.day for one in ours}
    weekly = (day for day in _weekly_days(slot, year) if day not in elsewhere)
    here = intersect(slot.span, year)
    coming = (one.day for one in ours if one.follows_weekday == slot.weekday)
    for day in (*weekly, *coming):
        in_week = slot.week_kind in ("every", week_kind(day, year.starts_on))
        if in_week and here is not None and here.covers(day):
            yield day


def _weekly_days(slot: Slot, year: Span) -> Iterable[date]:
    ends = [end for end in (slot.span.ends_before, year.ends_before) if end is not None]
    day = max(slot.span.starts_on, year.starts_on)
    day += timedelta(days=(slot.weekday - 1 - day.weekday()) % 7)
    while day < min(ends):
        yield day
        day += timedelta(days=7)


def _frees(one: Break, day: date, grade: int) -> bool:
    return one.span.covers(day) and (not one.grades or grade in one.grades)


def _lesson(
    slot: Slot, day: date, bells: Bells, zone: str, others: Sequence[OtherBells]
) -> PlannedLesson:
    schedule = slot.bell_schedule_id
    if schedule is not None and others:
        schedule = bells_on(schedule, day, slot.weekday, slot.grade, others)
    starts_at, ends_at = lesson_times(day, slot.lesson_number, schedule, bells, zone)
    return PlannedLesson(
        slot.course_id, day, slot.lesson_number, starts_at, ends_at, slot.staff_id, slot.room_id
    )


def lesson_times(
    day: date, number: int, bell_schedule_id: int | None, bells: Bells, zone: str
) -> tuple[datetime, datetime]:
    """The instants of a lesson; the whole day where no bell rings for its number."""
    times = bells.get((bell_schedule_id, number)) if bell_schedule_id is not None else None
    if times is None:
        return instant(day, time.min, zone), instant(day + timedelta(days=1), time.min, zone)
    return instant(day, times[0], zone), instant(day, times[1], zone)


def rings(lesson: PlannedLesson) -> bool:
    """Whether a bell rings for it: it does not last the whole day."""
    return lesson.ends_at - lesson.starts_at < timedelta(days=1)


def plan_changes(
    planned: Mapping[tuple[int, date, int], PlannedLesson], existing: Iterable[ExistingLesson]
) -> Plan:
    """Compare what is wanted with what is there."""
    wanted = dict(planned)
    correct, drop, kept_back, kept = [], [], [], 0
    for lesson in existing:
        target = wanted.pop(lesson.key, None)
        if lesson.has_entries:
            kept += 1
            if target is None or _differs(lesson, target):
                kept_back.append(lesson.id)
        elif target is None:
            drop.append(lesson.id)
        elif _differs(lesson, target):
            correct.append((lesson.id, target))
        else:
            kept += 1
    return Plan(tuple(wanted.values()), tuple(correct), tuple(drop), kept, tuple(kept_back))


def _differs(lesson: ExistingLesson, target: PlannedLesson) -> bool:
    there = (lesson.staff_id, lesson.room_id, lesson.starts_at, lesson.ends_at)
    return there != (target.staff_id, target.room_id, target.starts_at, target.ends_at)
