"""Pure rules of versions: what a new one does to those published before, and what would change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from journal.office.rules.publishing import ExistingLesson, Plan, PlannedLesson
from journal.school.rules import Span


class Fate(StrEnum):
    """What becomes of a version that a new one overlaps."""

    REPLACED = "replaced"
    ENDS_EARLIER = "ends_earlier"
    BEGINS_LATER = "begins_later"
    SPLIT = "split"


def fate_of(older: Span, newer: Span) -> Fate | None:
    """What the newer version does to an older one; None where they do not meet.

    Afterwards no two published versions overlap: the newer holds in all of its days.
    """
    assert older.ends_before is not None and newer.ends_before is not None
    if older.starts_on >= newer.ends_before or newer.starts_on >= older.ends_before:
        return None
    begins_before = older.starts_on < newer.starts_on
    ends_after = older.ends_before > newer.ends_before
    if begins_before and ends_after:
        return Fate.SPLIT
    if begins_before:
        return Fate.ENDS_EARLIER
    return Fate.BEGINS_LATER if ends_after else Fate.REPLACED


@dataclass(frozen=True, slots=True)
class Moved:
    """A lesson of a course that changes its place inside a week."""

    course_id: int
    was: tuple[date, int]
    becomes: tuple[date, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """What publishing would change, for a person to read before it is done."""

    added: tuple[PlannedLesson, ...]
    moved: tuple[Moved, ...]
    corrected: tuple[PlannedLesson, ...]
    dropped: tuple[ExistingLesson, ...]
    kept_back: tuple[ExistingLesson, ...]


def difference(plan: Plan, existing: Iterable[ExistingLesson]) -> Difference:
    """The plan in words of lessons: what goes and comes in one week of a course is a move."""
    known = {one.id: one for one in existing}
    gone: dict[tuple[int, tuple[int, int]], list[ExistingLesson]] = defaultdict(list)
    for lesson_id in plan.drop:
        gone[_week(known[lesson_id].key)].append(known[lesson_id])
    added, moved = [], []
    for lesson in plan.add:
        left = gone.get(_week(lesson.key))
        if left:
            was = left.pop(0)
            moved.append(Moved(lesson.course_id, was.key[1:], lesson.key[1:]))
        else:
            added.append(lesson)
    return Difference(
        added=tuple(added),
        moved=tuple(moved),
        corrected=tuple(target for _, target in plan.correct),
        dropped=tuple(one for lessons in gone.values() for one in lessons),
        kept_back=tuple(known[lesson_id] for lesson_id in plan.kept_back),
    )


def _week(key: tuple[int, date, int]) -> tuple[int, tuple[int, int]]:
    """The course and the week of a lesson."""
    calendar = key[1].isocalendar()
    return key[0], (calendar.year, calendar.week)


def courses_of(plan: Plan, existing: Mapping[int, ExistingLesson]) -> frozenset[int]:
    """The courses whose lessons would change."""
    return frozenset(
        [one.course_id for one in plan.add]
        + [target.course_id for _, target in plan.correct]
        + [existing[lesson_id].key[0] for lesson_id in plan.drop]
    )
