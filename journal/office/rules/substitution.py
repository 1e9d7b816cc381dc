"""Pure rules of substitutions: who may take a fallen lesson, and in which order to ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
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

    def meets(self, other: DayLesson) -> bool:
        """Whether both are on at the same time."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who could take a lesson: what and whom he teaches, when he is away himself."""

    staff_id: int
    name: str
    subjects: frozenset[int]
    classes: frozenset[str]
    away: tuple[Span, ...] = ()

    def is_away(self, day: date) -> bool:
        """Whether he is absent that day."""
        return any(span.covers(day) for span in self.away)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to save a lesson: who takes it (nobody where it is cancelled), and why he."""

    way: Way
    staff_id: int | None
    name: str
    notes: tuple[Message, ...] = ()

    @property
    def code(self) -> str:
        """What a form sends: «same:12», «merge:7», «cancel»."""
        return self.way.value if self.staff_id is None else f"{self.way.value}:{self.staff_id}"


Days = Mapping[date, Sequence[DayLesson]]
CANCEL = Proposal(Way.CANCEL, None, "")


def proposals(
    lesson: DayLesson, days: Days, colleagues: Iterable[Colleague]
) -> tuple[Proposal, ...]:
    """The same subject and free, then free, then merged subgroups, then cancelled.

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
            ranked.append((_rank(lesson, one, his), _free(lesson, one, his)))
    ranked.sort(key=lambda pair: pair[0])
    return (*(proposal for _, proposal in ranked), *_merges(lesson, there, present), CANCEL)


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
    fallen: Iterable[DayLesson], days: Days, colleagues: Sequence[Colleague]
) -> dict[int, tuple[Proposal, ...]]:
    """The proposals of each lesson in order of time, as if the first of each were accepted.

    A colleague chosen for one lesson is busy for the next: the first proposals never contradict.
    """
    running = {day: list(lessons) for day, lessons in days.items()}
    found: dict[int, tuple[Proposal, ...]] = {}
    for lesson in sorted(fallen, key=lambda one: (one.starts_at, one.id)):
        found[lesson.id] = proposals(lesson, running, colleagues)
        first = found[lesson.id][0]
        there = running.setdefault(lesson.held_on, [])
        there[:] = [one for one in there if one.id != lesson.id]
        if first.staff_id is not None:
            there.append(replace(lesson, staff_id=first.staff_id))
    return found
