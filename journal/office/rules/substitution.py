"""Pure rules of substitutions: who may take a fallen lesson, and in which order to ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from journal.core.messages import N_, Message
from journal.school.rules import Span

LAST_PRIMARY = 4


class Way(StrEnum):
    """How a fallen lesson is saved, the best way first."""

    SAME_SUBJECT = "same"
    FREE = "free"
    OWN_SUBJECT = "own"
    MERGE = "merge"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLesson:
    """A lesson of the school's day as these rules see it. `group` is empty for a whole class."""

    id: int
    held_on: date
    number: int
    starts_at: datetime
    ends_at: datetime
    staff_id: int
    subject_id: int
    classes: frozenset[str]
    group: str
    group_id: int = 0

    def meets(self, other: DayLesson) -> bool:
        """Whether both are on at the same time."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCourse:
    """What a colleague teaches to whom: he may give it in the hour of a fallen lesson."""

    course_id: int
    subject_id: int
    subject: str
    classes: frozenset[str]
    group: str
    group_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who could take a lesson: what and whom he teaches, when he is away himself."""

    staff_id: int
    name: str
    subjects: frozenset[int]
    classes: frozenset[str]
    courses: tuple[OwnCourse, ...] = ()
    away: tuple[Span, ...] = ()

    def is_away(self, day: date) -> bool:
        """Whether he is absent that day."""
        return any(span.covers(day) for span in self.away)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to save a lesson: who takes it (nobody where it is cancelled), and why he.

    `course_id`: of the own subject that he gives instead.
    """

    way: Way
    staff_id: int | None
    name: str
    notes: tuple[Message, ...] = ()
    course_id: int | None = None

    @property
    def code(self) -> str:
        """What a form sends: «same:12», «own:12:340» (with the course), «merge:7», «cancel»."""
        parts = (self.way.value, self.staff_id, self.course_id)
        return ":".join(str(one) for one in parts if one is not None)


Days = Mapping[date, Sequence[DayLesson]]
Members = Callable[[int, date], frozenset[int]]
"""The pupils of a subgroup (by id) on a day."""


def nobody(group_id: int, day: date) -> frozenset[int]:
    """Where subgroups are not known."""
    return frozenset()


CANCEL = Proposal(Way.CANCEL, None, "")


def proposals(
    lesson: DayLesson, days: Days, colleagues: Iterable[Colleague], members: Members = nobody
) -> tuple[Proposal, ...]:
    """The same subject and free, then free, then free with a subject of his own in this hour, then
    merged subgroups, then cancelled.

    Inside each: who teaches the class, then who teaches pupils of that age (primary or not), then
    who is in the school that day, then who has least.
    """
    there = [one for one in days.get(lesson.held_on, ()) if one.id != lesson.id]
    present = [one for one in colleagues if one.staff_id != lesson.staff_id]
    present = [one for one in present if not one.is_away(lesson.held_on)]
    ranked = []
    for one in present:
        his = [other for other in there if other.staff_id == one.staff_id]
        if not any(other.meets(lesson) for other in his):
            ranked.append((_rank(lesson, one, his), _free(lesson, one, his), one))
    ranked.sort(key=lambda found: found[0])
    own = [
        Proposal(Way.OWN_SUBJECT, one.staff_id, one.name, (_gives(course),), course.course_id)
        for *_, one in ranked
        for course in one.courses
        if _fits(lesson, course, there, members)
    ]
    merges = _merges(lesson, there, present)
    return (*(proposal for _, proposal, _ in ranked), *own, *merges, CANCEL)


def _fits(
    lesson: DayLesson, course: OwnCourse, there: Iterable[DayLesson], members: Members
) -> bool:
    """Whether the pupils of the course are those of the lesson, or free then."""
    if course.classes != lesson.classes or course.subject_id == lesson.subject_id:
        return False
    if course.group:
        pupils = members(course.group_id, lesson.held_on)
        return bool(pupils) and pupils <= members(lesson.group_id, lesson.held_on)
    return not any(one.classes & lesson.classes and one.meets(lesson) for one in there)


def _gives(course: OwnCourse) -> Message:
    return N_("gives %(subject)s", subject=course.subject)


def _rank(
    lesson: DayLesson, one: Colleague, his: Sequence[DayLesson]
) -> tuple[bool, bool, bool, bool, int, str]:
    return (
        lesson.subject_id not in one.subjects,
        not (one.classes & lesson.classes),
        _primary(one.classes).isdisjoint(_primary(lesson.classes)),
        not his,
        len(his),
        one.name,
    )


def _primary(classes: Iterable[str]) -> set[bool]:
    """Whether classes are of the primary school, by the number in their names; «Кадеты» are not."""
    numbers = (re.match(r"\d+", name) for name in classes)
    return {found is not None and int(found[0]) <= LAST_PRIMARY for found in numbers}


def _free(lesson: DayLesson, one: Colleague, his: Sequence[DayLesson]) -> Proposal:
    way = Way.SAME_SUBJECT if lesson.subject_id in one.subjects else Way.FREE
    notes = []
    if one.classes & lesson.classes:
        notes.append(N_("teaches the class"))
    if his:
        numbers = ", ".join(str(number) for number in sorted({other.number for other in his}))
        notes.append(N_("lessons that day: %(numbers)s", numbers=numbers))
    else:
        notes.append(N_("no lessons that day"))
    return Proposal(way, one.staff_id, one.name, tuple(notes))


def _merges(
    lesson: DayLesson, there: Iterable[DayLesson], present: Iterable[Colleague]
) -> list[Proposal]:
    """Whoever teaches another subgroup of the same subject and class at the same time."""
    names = {one.staff_id: one.name for one in present}
    if not lesson.group:
        return []
    return [
        Proposal(Way.MERGE, other.staff_id, names[other.staff_id], (_together(other),))
        for other in there
        if other.group
        and other.subject_id == lesson.subject_id
        and other.classes & lesson.classes
        and other.staff_id in names
        and other.meets(lesson)
    ]


def _together(other: DayLesson) -> Message:
    return N_("together with %(group)s", group=other.group)


def choose_all(
    fallen: Iterable[DayLesson],
    days: Days,
    colleagues: Sequence[Colleague],
    members: Members = nobody,
) -> dict[int, tuple[Proposal, ...]]:
    """The proposals of each lesson in order of time, as if the first of each were accepted.

    A colleague chosen for one lesson is busy for the next: the first proposals never contradict.
    """
    running = {day: list(lessons) for day, lessons in days.items()}
    found: dict[int, tuple[Proposal, ...]] = {}
    for lesson in sorted(fallen, key=lambda one: (one.starts_at, one.id)):
        found[lesson.id] = proposals(lesson, running, colleagues, members)
        first = found[lesson.id][0]
        there = running.setdefault(lesson.held_on, [])
        there[:] = [one for one in there if one.id != lesson.id]
        if first.staff_id is not None:
            there.append(replace(lesson, staff_id=first.staff_id))
    return found
