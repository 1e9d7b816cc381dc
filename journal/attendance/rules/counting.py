"""The one place where attendance is counted (monitoring-mp1.md §4; domain.md, «Attendance»).

The unit is the pupil-lesson: a lesson and one pupil of its roster of that day. Every pupil-lesson
has one state; whatever is shown of attendance is a sum over states: a pupil's, a class's (of the
class of the date), a course's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

from journal.attendance.rules.states import (
    ILL,
    MISSED,
    NOT_HELD,
    PRESENT,
    RELEASED,
)
from journal.attendance.rules.tally import Tallies, Tally
from journal.school.rules import RosterEntry, Span


class CountedLesson(NamedTuple):
    """A lesson whose end has passed. `taken`: its register is filled."""

    id: int
    day: date
    number: int
    group_id: int
    course_id: int
    subject_id: int
    cancelled: bool
    distance: bool
    taken: bool


@dataclass(frozen=True, slots=True)
class Release:
    """освобождение «от посещения»; no subject = from everything."""

    pupil_id: int
    subject_id: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class KnownExcuse:
    """A confirmed excuse: it tells the reason of lessons whose register is not filled."""

    pupil_id: int
    span: Span
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is counted. `lessons` stand in order of days; `absences` by lesson and pupil."""

    lessons: Sequence[CountedLesson]
    roster: Sequence[RosterEntry]
    releases: Sequence[Release] = ()
    absences: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    excuses: Sequence[KnownExcuse] = ()


class PupilState(NamedTuple):
    """One pupil-lesson: PRESENT, NOT_HELD, RELEASED or a code of Absence (LATE was present)."""

    lesson: CountedLesson
    pupil_id: int
    class_group_id: int
    state: str


class FullDay(NamedTuple):
    """A day all of whose obligatory lessons the pupil missed; `ill`: each of them by illness."""

    pupil_id: int
    class_group_id: int
    day: date
    ill: bool


@dataclass(frozen=True, slots=True)
class ClassLessons:
    """Lessons, not pupil-lessons, of a class: `held` counts places in the timetable (two subgroups
    at once are one), `unfilled` lessons without a register (two subgroups are two)."""

    held: int = 0
    unfilled: int = 0


K = TypeVar("K", bound=Hashable)
P = TypeVar("P", bound=Hashable)


class Seating:
    """Who sits in a group on a day: (pupil, class of that day), each pupil once."""

    def __init__(self, entries: Iterable[RosterEntry]) -> None:
        self._entries: dict[int, list[RosterEntry]] = defaultdict(list)
        for entry in entries:
            self._entries[entry.study_group_id].append(entry)
        self._known: dict[tuple[int, date], tuple[tuple[int, int], ...]] = {}

    def on(self, group_id: int, day: date) -> tuple[tuple[int, int], ...]:
        """The roster of the group that day."""
        found = self._known.get((group_id, day))
        if found is None:
            there = (e for e in self._entries.get(group_id, ()) if e.span.covers(day))
            found = tuple({e.pupil_id: (e.pupil_id, e.class_group_id) for e in there}.values())
            self._known[group_id, day] = found
        return found


class Entries:
    """Absences, releases and excuses, ready to be asked for one lesson at a time; of the wanted, or
    of everybody."""

    def __init__(self, facts: Facts, wanted: Collection[int] | None = None) -> None:
        self._absences = facts.absences
        self._releases = _by_pupil(facts.releases, wanted)
        self._excuses = _by_pupil(facts.excuses, wanted)

    def unusual(self, lesson: CountedLesson, *, alone: bool) -> Mapping[int, str]:
        """States other than present of a lesson that was held: a release outdoes an entry, an entry
        outdoes an excuse.

        A release never frees from a group whose only member is the pupil: individual tuition.
        """
        absences = self._absences.get(lesson.id, {})
        if (lesson.taken or not self._excuses) and (alone or not self._releases):
            return absences
        found: dict[int, str] = {}
        if not lesson.taken:
            for pupil_id, excuses in self._excuses.items():
                code = next((one.code for one in excuses if one.span.covers(lesson.day)), None)
                if code is not None:
                    found[pupil_id] = code
        found.update(absences)
        if not alone:
            found.update(
                (pupil_id, RELEASED)
                for pupil_id, releases in self._releases.items()
                if any(_frees(one, lesson) for one in releases)
            )
        return found


def _frees(release: Release, lesson: CountedLesson) -> bool:
    return release.subject_id in (None, lesson.subject_id) and release.span.covers(lesson.day)


Dated = TypeVar("Dated", Release, KnownExcuse)


def _by_pupil(dated: Iterable[Dated], wanted: Collection[int] | None) -> dict[int, list[Dated]]:
    """By pupil; excuses with illness first, because a certificate says more than a request."""
    found: dict[int, list[Dated]] = defaultdict(list)
    for one in sorted(dated, key=lambda one: getattr(one, "code", "")):
        if wanted is None or one.pupil_id in wanted:
            found[one.pupil_id].append(one)
    return found


def states_by_day(
    facts: Facts, *, only: Collection[int] | None = None
) -> Iterator[list[PupilState]]:
    """Every pupil-lesson, a list for each day with lessons; with `only` those of these pupils."""
    wanted = None if only is None else frozenset(only)
    seating, entries = Seating(facts.roster), Entries(facts, wanted)
    for _, lessons in groupby(facts.lessons, key=lambda lesson: lesson.day):
        yield [state for one in lessons for state in _states(one, seating, entries, wanted)]


def _states(
    lesson: CountedLesson, seating: Seating, entries: Entries, wanted: frozenset[int] | None
) -> list[PupilState]:
    """The states of everybody, or of the wanted, on the lesson's roster."""
    seats = seating.on(lesson.group_id, lesson.day)
    usual = NOT_HELD if lesson.cancelled else PRESENT
    unusual = {} if lesson.cancelled else entries.unusual(lesson, alone=len(seats) == 1)
    if wanted is not None:
        seats = tuple(seat for seat in seats if seat[0] in wanted)
    return [
        PupilState(lesson, pupil_id, class_id, unusual.get(pupil_id, usual))
        for pupil_id, class_id in seats
    ]


@dataclass(frozen=True, slots=True)
class Counted(Generic[K, P]):
    """Tallies of pupil-lessons by key, full days, and lessons of classes by (class, part)."""

    tallies: Mapping[K, Tally]
    full_days: tuple[FullDay, ...]
    classes: Mapping[tuple[int, P], ClassLessons]


def tallies(
    facts: Facts, *, key: Callable[[PupilState], K], only: Collection[int] | None = None
) -> dict[K, Tally]:
    """Pupil-lessons added up; `key` says whose tally one goes to."""
    found: Tallies[K] = Tallies()
    for states in states_by_day(facts, only=only):
        found.add(states, key)
    return found.frozen()


def count(
    facts: Facts,
    *,
    key: Callable[[PupilState], K],
    part: Callable[[int, date], P],
    only: Collection[int] | None = None,
) -> Counted[K, P]:
    """The same with full days and the lessons of classes, in one pass. `part` says to which part of
    the span (a half-year) a day of a class belongs."""
    found: Tallies[K] = Tallies()
    lessons = _ClassCounter(part)
    full: list[FullDay] = []
    for states in states_by_day(facts, only=only):
        found.add(states, key)
        lessons.add(states)
        full.extend(full_days(states))
    return Counted(found.frozen(), tuple(full), lessons.frozen())


def full_days(states: Collection[PupilState]) -> Iterator[FullDay]:
    """Of one day: who missed every obligatory lesson (held, not released). A lesson whose register
    is not filled makes the day not fully missed, whatever an excuse says."""
    absent = {one.pupil_id for one in states if one.state in MISSED}
    days: dict[int, list[PupilState]] = defaultdict(list)
    for one in states:
        if one.pupil_id in absent and one.state not in (NOT_HELD, RELEASED):
            days[one.pupil_id].append(one)
    for pupil_id, own in days.items():
        if all(one.state in MISSED and one.lesson.taken for one in own):
            ill = all(one.state == ILL for one in own)
            yield FullDay(pupil_id, own[0].class_group_id, own[0].lesson.day, ill)


class _ClassCounter(Generic[P]):
    """Lessons of classes while they are counted, a day at a time."""

    def __init__(self, part: Callable[[int, date], P]) -> None:
        self._part = part
        self._held: dict[tuple[int, P], int] = defaultdict(int)
        self._unfilled: dict[tuple[int, P], int] = defaultdict(int)

    def add(self, states: Iterable[PupilState]) -> None:
        """One day."""
        seen = {(one.class_group_id, one.lesson) for one in states if not one.lesson.cancelled}
        for class_id, (day, _) in {(c, (lesson.day, lesson.number)) for c, lesson in seen}:
            self._held[class_id, self._part(class_id, day)] += 1
        for class_id, lesson in seen:
            if not lesson.taken:
                self._unfilled[class_id, self._part(class_id, lesson.day)] += 1

    def frozen(self) -> dict[tuple[int, P], ClassLessons]:
        """What was counted."""
        return {
            key: ClassLessons(held, self._unfilled.get(key, 0)) for key, held in self._held.items()
        }
