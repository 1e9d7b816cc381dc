"""How the days differ from the timetable: substitutions, cancelled lessons, distance days. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from journal.demo.model import Employee
from journal.demo.school import DemoSchool
from journal.demo.timetables import DatedLesson

_AWAY_CHANCE = 0.013
_FROST_FROM = (1, 19)  # the first school day from then on is too cold for grades 1–4
_DISTANCE = (("6Б", 9, 14, 3), ("3А", 12, 7, 5), ("8А", 2, 8, 4), ("4Б", 4, 12, 3))
_DISTANCE_CLASS = "5Б"  # and this class on the third last school day
_ANYBODY = frozenset({"primary", "director", "administrator", "specialist", "deputy"})


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a lesson. `teacher` holds it, an index; `planned` is set when replaced."""

    teacher: int
    planned: int | None = None
    cancelled: bool = False
    distance: bool = False


class Changes:
    """Answers what became of each lesson of the year."""

    def __init__(self, school: DemoSchool) -> None:
        self._school = school
        self._frost = _frost_day(school)
        self._distance = frozenset(_distance_days(school))
        self._busy: dict[tuple[date, int], set[int]] = defaultdict(set)
        self._last: dict[tuple[str, date], int] = {}
        for lesson in school.lessons:
            self._busy[lesson.day, lesson.number].add(lesson.course.teacher)
            for name in lesson.course.classes:
                self._last[name, lesson.day] = lesson.number
        self._away = _teachers_away(school)
        self._shown = _shown_substitution(school, self._busy, self._away)
        self._cancelled = _shown_cancellation(school, self._last, self._shown)

    @property
    def shown(self) -> DatedLesson | None:
        """The lesson the shown teacher takes over on the shown day."""
        return self._shown

    def of(self, lesson: DatedLesson) -> Change:
        """What became of the lesson; ask in order of the year."""
        course = lesson.course
        distance = any((name, lesson.day) in self._distance for name in course.classes)
        if lesson == self._shown:
            return Change(self._school.shown_teacher, course.teacher, distance=distance)
        if lesson == self._cancelled or (lesson.day == self._frost and course.grade <= 4):
            return Change(course.teacher, cancelled=True)
        if course.teacher not in self._away.get(lesson.day, ()):
            return Change(course.teacher, distance=distance)
        return self._replaced(lesson, distance)

    def is_last(self, lesson: DatedLesson) -> bool:
        """Whether it is the last lesson of its class that day."""
        return lesson.number == self._last[lesson.course.classes[0], lesson.day]

    def _replaced(self, lesson: DatedLesson, distance: bool) -> Change:
        staff, taught = self._school.staff, self._busy[lesson.day, lesson.number]
        planned = lesson.course.teacher
        gone = self._away[lesson.day]
        free = [i for i in range(len(staff)) if i not in taught and i not in gone]
        chosen = _substitute(staff, free, planned, lesson.course.grade)
        if chosen is None or (staff[chosen].key != staff[planned].key and self.is_last(lesson)):
            return Change(planned, cancelled=True)
        taught.add(chosen)
        return Change(chosen, planned, distance=distance)


def _substitute(
    staff: Sequence[Employee], free: Sequence[int], planned: int, grade: int
) -> int | None:
    """A colleague of the same subject, else of the same storey of the school."""
    same = [i for i in free if staff[i].key == staff[planned].key]
    if same:
        return same[0]
    others = [i for i in free if staff[i].subjects and staff[i].key not in _ANYBODY]
    return others[(planned + grade) % len(others)] if others else None


def _teachers_away(school: DemoSchool) -> dict[date, set[int]]:
    """Teachers ill or on a course, day by day; the shown one is always there, and on the shown
    day everybody is: its changes are chosen by hand."""
    days = list(school.calendar.school_days(grade=11, days_per_week=6))
    away: dict[date, set[int]] = defaultdict(set)
    for index, one in enumerate(school.staff):
        rng = Random(f"staff away|{one.number}|{school.calendar.name}")
        if not one.subjects or index == school.shown_teacher:
            continue
        for start, _ in enumerate(days[5:], 5):
            if rng.random() < _AWAY_CHANCE:
                for day in days[start : start + rng.randint(1, 4)]:
                    away[day].add(index)
    if school.shown_day:
        away.pop(school.shown_day, None)
    return away


def _frost_day(school: DemoSchool) -> date:
    from_day = date(school.calendar.first_year + 1, *_FROST_FROM)
    days = school.calendar.school_days(grade=1, days_per_week=5)
    return next(day for day in days if day >= from_day)


def _distance_days(school: DemoSchool) -> Iterator[tuple[str, date]]:
    first = school.calendar.first_year
    for name, month, number, length in _DISTANCE:
        start = date(first + (month < 9), month, number)
        for offset in range(length):
            yield name, start + timedelta(days=offset)
    past = [
        day for day in school.calendar.school_days(grade=5, days_per_week=5) if day < school.today
    ]
    if len(past) >= 3:
        yield _DISTANCE_CLASS, past[-3]


def _shown_substitution(
    school: DemoSchool, busy: dict[tuple[date, int], set[int]], away: dict[date, set[int]]
) -> DatedLesson | None:
    """A lesson of a colleague that the shown teacher can take over on the shown day."""
    me = school.shown_teacher
    possible = [
        lesson
        for lesson in school.lessons
        if lesson.day == school.shown_day
        and lesson.course.grade >= 5
        and me not in busy[lesson.day, lesson.number]
    ]
    key = school.staff[me].key
    possible.sort(key=lambda lesson: school.staff[lesson.course.teacher].key != key)
    return possible[0] if possible else None


def _shown_cancellation(
    school: DemoSchool, last: dict[tuple[str, date], int], shown: DatedLesson | None
) -> DatedLesson | None:
    """The last lesson of some class on the shown day, not of the shown teacher."""
    for lesson in school.lessons:
        course = lesson.course
        if (
            lesson.day == school.shown_day
            and lesson != shown
            and course.grade >= 9
            and not course.subgroup
            and course.teacher != school.shown_teacher
            and lesson.number == last[course.classes[0], lesson.day]
        ):
            return lesson
    return None
