"""The school's local act on edit windows (D08): versions, days that count, extensions.

A lesson keeps the version in force on its own day: what was promised to the teacher then («до
14.11 23:59») is not taken back by a later version.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from journal.school.rules import Span

MOST_DAYS = 60


class EntryKind(StrEnum):
    """What is written: each has its own window."""

    MARKS = "marks"
    ATTENDANCE = "attendance"
    TOPIC = "topic"
    HOMEWORK = "homework"

    __hash__ = str.__hash__  # that of enumerations is a function of Python


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One version: days after the lesson's day during which entries may be made (003:113–121).

    `class_attendance_days` are the class teacher's own for attendance of his class (D22).
    `working` counts school days only.
    """

    valid_from: date = date.min
    marks_days: int = 2
    attendance_days: int = 2
    topic_days: int = 2
    homework_days: int = 0
    class_attendance_days: int = 2
    working: bool = False
    mark_with_absence: bool = True

    def days(self, kind: EntryKind, *, class_teacher: bool = False) -> int:
        """The days of one kind; a class teacher's are never fewer than a teacher's."""
        if kind is EntryKind.MARKS:
            return self.marks_days
        if kind is EntryKind.ATTENDANCE:
            own = self.class_attendance_days if class_teacher else 0
            return max(self.attendance_days, own)
        return self.topic_days if kind is EntryKind.TOPIC else self.homework_days


@dataclass(frozen=True, slots=True)
class SchoolWeek:
    """Which days are school days: `days` of the week from Monday on, without the holidays."""

    days: int = 5
    holidays: tuple[Span, ...] = ()

    def works(self, day: date) -> bool:
        """Whether the day is a school day."""
        return day.weekday() < self.days and not any(one.covers(day) for one in self.holidays)

    def after(self, day: date, count: int) -> date:
        """The school day number `count` after the day; the day itself for 0."""
        last = day
        for _ in range(count):
            last += timedelta(days=1)
            while not self.works(last) and last - day < _LONGEST:
                last += timedelta(days=1)
        return last


_LONGEST = timedelta(days=366)  # a calendar without school days ends somewhere


@dataclass(frozen=True, slots=True)
class PolicyBook:
    """All versions in order of `valid_from`, and the week of one parallel."""

    versions: tuple[Policy, ...] = ()
    week: SchoolWeek = SchoolWeek()

    def at(self, day: date) -> Policy:
        """The version in force on the day; the regulation's days before the first one."""
        for version in reversed(self.versions):
            if version.valid_from <= day:
                return version
        return _REGULATION

    def last_day(
        self,
        kind: EntryKind,
        held_on: date,
        *,
        checking_days: int | None = None,
        class_teacher: bool = False,
    ) -> date:
        """The last day of the window of a lesson."""
        policy = self.at(held_on)
        days = policy.days(kind, class_teacher=class_teacher)
        if kind is EntryKind.MARKS and checking_days is not None:
            days = max(days, checking_days)
        if not policy.working:
            return held_on + timedelta(days=days)
        return self.week.after(held_on, days)


_REGULATION = Policy()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """An exception of the administrator: entries of lessons in [from, before) may be made to the
    end of `last_day`. Empty `grades`, no course, no staff mean «all»."""

    id: int
    kinds: frozenset[EntryKind]
    lessons_from: date
    lessons_before: date
    last_day: date
    grades: frozenset[int] = frozenset()
    course_id: int | None = None
    staff_id: int | None = None

    def concerns(self, *, grade: int, course_id: int | None) -> bool:
        """Whether it is about lessons of that parallel and course."""
        return (not self.grades or grade in self.grades) and self.course_id in (None, course_id)

    def opens(self, kind: EntryKind, day: date, *, staff_id: int | None) -> bool:
        """Whether it is about this kind of entry of that day, written by this member of staff."""
        return (
            kind in self.kinds
            and self.lessons_from <= day < self.lessons_before
            and self.staff_id in (None, staff_id)
        )


def extended(
    last_day: date,
    kind: EntryKind,
    held_on: date,
    extensions: Iterable[Extension],
    *,
    staff_id: int | None,
) -> date:
    """The last day with the extensions: they only ever lengthen."""
    longer = [one.last_day for one in extensions if one.opens(kind, held_on, staff_id=staff_id)]
    return max([last_day, *longer]) if longer else last_day
