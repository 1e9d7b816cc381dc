"""What a lesson's page still lacks. One decision for the teacher's desk, the class and control.

`missing` is the only place that decides it; `queries.agenda.lacks` is its twin in SQL, and a test
holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from journal.lessons.rules import EntryKind, LessonFacts, WindowContext, edit_window

FIRST_GRADE_WITH_HOMEWORK = 2
NOT_MARKED = "none"


class Filling(Protocol):
    """The facts of a lesson that decide what it lacks."""

    @property
    def lesson_id(self) -> int: ...
    @property
    def course_id(self) -> int: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def held_on(self) -> date: ...
    @property
    def cancelled(self) -> bool: ...
    @property
    def attendance_taken(self) -> bool: ...
    @property
    def has_topic(self) -> bool: ...
    @property
    def has_homework(self) -> bool: ...
    @property
    def grade(self) -> int: ...
    @property
    def scale(self) -> str: ...


def homework_expected(grade: int, scale: str) -> bool:
    """Whether a lesson without any homework entry has a gap.

    In grade 1 homework is not set, and a subject that is not marked (scale «none») asks for none;
    such lessons may have homework, but nobody is reminded of it. Everywhere else the teacher
    writes it or says «не задано» (003:117), which fills the gap as well.
    """
    return grade >= FIRST_GRADE_WITH_HOMEWORK and scale != NOT_MARKED


def missing(lesson: Filling, now: datetime) -> tuple[EntryKind, ...]:
    """What the lesson lacks at the instant `now`, in the order of attendance, topic, homework.

    A cancelled lesson and one that has not begun lack nothing. Attendance is there once it was
    taken explicitly, also with nobody absent; homework once there is any entry, «не задано» too.
    """
    if lesson.cancelled or now < lesson.starts_at:
        return ()
    there = {
        EntryKind.ATTENDANCE: lesson.attendance_taken,
        EntryKind.TOPIC: lesson.has_topic,
        EntryKind.HOMEWORK: lesson.has_homework
        or not homework_expected(lesson.grade, lesson.scale),
    }
    return tuple(kind for kind, filled in there.items() if not filled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something a lesson lacks: until when it may be entered (the first refused instant).

    `until` is None when the term is closed: then neither waiting nor an unlock helps.
    """

    kind: EntryKind
    open: bool
    until: datetime | None
    unlockable: bool = False
    granted: bool = False


def gaps(
    lesson: Filling, context: WindowContext, *, term_closed_on: date | None = None
) -> tuple[Gap, ...]:
    """What the lesson lacks, each with its edit window."""
    facts = LessonFacts(
        lesson_id=lesson.lesson_id,
        held_on=lesson.held_on,
        starts_at=lesson.starts_at,
        cancelled=lesson.cancelled,
        term_closed_on=term_closed_on,
    )
    found = []
    for kind in missing(lesson, context.now):
        window = edit_window(kind, facts, context)
        found.append(
            Gap(
                kind=kind,
                open=window.open,
                until=window.until,
                unlockable=window.unlockable,
                granted=window.grant_id is not None,
            )
        )
    return tuple(found)
