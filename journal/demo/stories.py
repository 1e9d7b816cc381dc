"""The journal up to now, lesson by lesson: what each holds and what is still missing in it. Pure.

Chances come from the lesson alone, so that a lesson filled in a demonstration of today is filled
the same way in one of tomorrow. Most lessons are filled on their day, the rest within two weeks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from journal.demo.absence import UNKNOWN, Away, in_lesson, last_days
from journal.demo.bells import bells
from journal.demo.changes import Change, Changes
from journal.demo.exemptions import DemoExemption, Exempt, make_exemptions
from journal.demo.load import TALK
from journal.demo.marks import MarkNote, Situation, lesson_marks
from journal.demo.plans import PlannedLesson, year_plan
from journal.demo.pupils import DemoPupil
from journal.demo.roster import Rosters
from journal.demo.school import DemoSchool
from journal.demo.timetables import DatedLesson

# days since the lesson -> share of lessons with nothing entered
_EMPTY = ((0, 0.4), (1, 0.12), (2, 0.07), (7, 0.03), (14, 0.012), (366, 0.003))
_PARTLY = 0.012
_FORGETFUL = 4  # one teacher leaves this many times more lessons empty
_LOCKED_AGE = 5  # the shown teacher left her first lesson at least so many days old empty


@dataclass(frozen=True, slots=True)
class AbsenceNote:
    """The state of a pupil in a lesson."""

    file: str
    code: str
    minutes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One lesson of the journal. `topic` and `homework` are empty when not entered; `nothing_set`
    is an explicit «не задано»."""

    lesson: DatedLesson
    change: Change
    topic: str = ""
    homework: str = ""
    nothing_set: bool = False
    taken: bool = False
    absences: tuple[AbsenceNote, ...] = ()
    marks: tuple[MarkNote, ...] = ()


class Journal:
    """Tells the stories of a school's lessons up to its `now`."""

    def __init__(self, school: DemoSchool) -> None:
        self.school = school
        self.changes = Changes(school)
        self.exemptions: tuple[DemoExemption, ...] = make_exemptions(school)
        days = list(school.calendar.school_days(grade=11, days_per_week=6))
        self.away = Away(school.population.pupils, days, school.today)
        self.shown_child_away = last_days(days, school.today)
        self.away.add(school.shown_child, self.shown_child_away)
        self.rosters = Rosters(school.population)
        self._exempt = Exempt(self.exemptions)
        self._pupils: Mapping[str, DemoPupil] = {p.file: p for p in school.population.pupils}
        self._ends = {(one.bell_set, one.number): one.ends_at for one in bells()}
        self._forgetful = max(i for i, one in enumerate(school.staff) if one.key == "geography")
        self._plans: dict[tuple[str, int], tuple[PlannedLesson, ...]] = {}

    def stories(self) -> Iterator[Story]:
        """Every lesson up to today; what has not ended yet holds no entries."""
        held: Counter[str] = Counter()
        left_empty = self._left_empty()
        for lesson in self.school.lessons:
            if lesson.day > self.school.today:
                return
            change = self.changes.of(lesson)
            if change.cancelled or not self.has_ended(lesson):
                yield Story(lesson=lesson, change=change)
                continue
            planned = self._planned(lesson, held[lesson.course.key])
            held[lesson.course.key] += 1
            yield self._story(lesson, change, planned, empty=lesson == left_empty)

    def coming_changes(self) -> Iterator[Story]:
        """What differs from the timetable on the shown day, when that is still to come."""
        for lesson in self.school.lessons:
            if lesson.day == self.school.shown_day and lesson.day > self.school.today:
                change = self.changes.of(lesson)
                if change != Change(lesson.course.teacher):
                    yield Story(lesson=lesson, change=change)

    def has_ended(self, lesson: DatedLesson) -> bool:
        """Whether the lesson is over at the school's `now`."""
        bells = self.school.by_class[lesson.course.classes[0]].bells
        clock = self.school.clock.replace(tzinfo=None)
        return datetime.combine(lesson.day, self._ends[bells, lesson.number]) <= clock

    def _left_empty(self) -> DatedLesson | None:
        """The latest lesson of the shown teacher whose window is over and whose term is open."""
        today = self.school.today
        mine = [
            lesson
            for lesson in self.school.lessons
            if lesson.course.teacher == self.school.shown_teacher
            and lesson.course.subject != TALK
            and (today - lesson.day).days >= _LOCKED_AGE
        ]
        return next((one for one in reversed(mine) if self.school.is_open(one)), None)

    def _planned(self, lesson: DatedLesson, place: int) -> PlannedLesson:
        course = lesson.course
        key = (course.subject, course.grade)
        if key not in self._plans:
            self._plans[key] = year_plan(course.subject, course.grade, course.hours)
        plan = self._plans[key]
        return plan[min(place, len(plan) - 1)]

    def _story(
        self, lesson: DatedLesson, change: Change, planned: PlannedLesson, *, empty: bool
    ) -> Story:
        rng = Random(lesson.key)
        age = (self.school.today - lesson.day).days
        chance, partly = rng.random(), rng.random()
        if empty or self._is_empty(lesson, change, chance, age):
            return Story(lesson=lesson, change=change)
        absences, absent = self._absences(rng, lesson)
        marks = tuple(lesson_marks(rng, self._situation(lesson, planned, absent, age)))
        forgotten = partly > 1 - _PARTLY
        return Story(
            lesson=lesson,
            change=change,
            topic="" if partly < _PARTLY else planned.title,
            homework="" if forgotten else planned.homework,
            nothing_set=not forgotten and not planned.homework,
            taken=not _PARTLY < partly < _PARTLY * 1.5 or bool(absences),
            absences=absences,
            marks=marks,
        )

    def _is_empty(self, lesson: DatedLesson, change: Change, chance: float, age: int) -> bool:
        if change.teacher == self.school.shown_teacher:
            # Hers is the desk the reader tries: today's first lesson is filled, the rest wait.
            return age == 0 and (lesson == self.changes.shown or not self._is_first(lesson))
        share = next(share for days, share in _EMPTY if age <= days)
        if change.teacher == self._forgetful and age <= 14:
            share *= _FORGETFUL
        return chance < share

    def _is_first(self, lesson: DatedLesson) -> bool:
        mine = (
            other
            for other in self.school.lessons
            if other.day == lesson.day and other.course.teacher == lesson.course.teacher
        )
        return next(mine) == lesson

    def _absences(
        self, rng: Random, lesson: DatedLesson
    ) -> tuple[tuple[AbsenceNote, ...], frozenset[str]]:
        away, last = self.away.on(lesson.day), self.changes.is_last(lesson)
        found: list[AbsenceNote] = []
        for file in self._present_by_order(lesson):
            code, minutes = away.get(file, ""), None
            if not code:
                skill = self._pupils[file].skill
                code, minutes = in_lesson(rng, number=lesson.number, last=last, skill=skill)
                if code == UNKNOWN and (self.school.today - lesson.day).days > 3:
                    code = "p"
            if code:
                found.append(AbsenceNote(file, code, minutes))
        return tuple(found), frozenset(one.file for one in found if one.code != "o")

    def _present_by_order(self, lesson: DatedLesson) -> tuple[str, ...]:
        """The roster without those released from attending."""
        roster = self.rosters.on(lesson.course, lesson.day)
        released = self._exempt.from_attending(lesson.course.subject, lesson.day)
        return tuple(file for file in roster if file not in released) if released else roster

    def _situation(
        self, lesson: DatedLesson, planned: PlannedLesson, absent: frozenset[str], age: int
    ) -> Situation:
        roster = [self._pupils[file] for file in self._present_by_order(lesson)]
        return Situation(
            course=lesson.course,
            day=lesson.day,
            planned=planned,
            present=[pupil for pupil in roster if pupil.file not in absent],
            absent=[pupil for pupil in roster if pupil.file in absent],
            released=self._exempt.from_practice(lesson.course.subject, lesson.day),
            age=age,
        )
