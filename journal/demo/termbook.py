"""Marks of terms that have ended: sums of the lessons' marks, and what a teacher makes of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from journal.demo.calendar import TermSpan
from journal.demo.exemptions import ATTENDING
from journal.demo.load import subjects
from journal.demo.model import DemoCourse
from journal.demo.plans import work_kinds
from journal.demo.stories import Journal, Story

_ENOUGH_MARKS = 3
_EXAM_SUBJECTS = {9: ("Русский язык", "Алгебра"), 11: ("Русский язык",)}
_EXAMS_FROM = (6, 20)
_THRESHOLDS = ((460, "5"), (360, "4"), (260, "3"))  # hundredths of the weighted mean
_READY_EARLY = 0.4  # share of courses marked while the term still runs


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMarkNote:
    """One mark of a term; `kind` quarter, half_year, year, exam or final; number 0 for the last
    three."""

    file: str
    subject: str
    kind: str
    number: int
    value: str


@dataclass(slots=True)
class _Sums:
    points: int = 0
    weight: int = 0
    count: int = 0
    lessons: int = 0
    missed: int = 0


class TermBook:
    """Takes the stories as they are told, then gives the term marks."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._school = journal, journal.school
        self._sums: dict[tuple[str, str, int], _Sums] = defaultdict(_Sums)
        self._lessons: dict[tuple[str, int], int] = defaultdict(int)

    def take(self, story: Story) -> None:
        """Count the marks, absences and lessons of one story."""
        course = story.lesson.course
        number = self._term_number(course.grade, story.lesson.day)
        if number is None or story.change.cancelled:
            return
        self._lessons[course.key, number] += 1
        for absence in story.absences:
            if absence.code != "o":
                self._sums[absence.file, course.subject, number].missed += 1
        latest = {(one.file, one.retake_of or one.number): one for one in story.marks}
        for mark in latest.values():
            if mark.value.isdigit():
                sums = self._sums[mark.file, course.subject, number]
                weight = mark.weight or work_kinds()[mark.work].weight
                sums.points += int(mark.value) * weight
                sums.weight += weight
                sums.count += 1

    def _term_number(self, grade: int, day: date) -> int | None:
        for term in self._school.calendar.terms_of(grade):
            if term.starts_on <= day < term.ends_before:
                return term.number
        return None

    def notes(self) -> Iterator[TermMarkNote]:
        """The marks of every term over or nearly over, then of the year."""
        yearly: dict[tuple[str, str, int], list[str]] = defaultdict(list)
        for block in self._school.blocks:
            for course in block.courses:
                for note in self._course_notes(course):
                    yearly[note.file, note.subject, course.grade].append(note.value)
                    yield note
        if self._school.today >= self._school.calendar.ends_before:
            for (file, subject, grade), values in yearly.items():
                yield from self._year_notes(file, subject, grade, values)

    def _course_notes(self, course: DemoCourse) -> Iterator[TermMarkNote]:
        scale = subjects()[course.subject].scale
        if course.grade == 1 or scale == "без отметок":
            return
        for term in self._school.calendar.terms_of(course.grade):
            if self._ready(course, term):
                for file in self._pupils_at_end(course, term):
                    value = self._value(course, term, file, scale)
                    yield TermMarkNote(
                        file=file,
                        subject=course.subject,
                        kind=term.kind,
                        number=term.number,
                        value=value,
                    )

    def _ready(self, course: DemoCourse, term: TermSpan) -> bool:
        today = self._school.today
        if today >= term.ends_before:
            return True
        early = Random(f"early|{course.key}|{term.number}").random() < _READY_EARLY
        return early and (term.ends_before - today).days <= 2

    def _pupils_at_end(self, course: DemoCourse, term: TermSpan) -> tuple[str, ...]:
        """Whoever is in the class and the group on the term's last day, or today if earlier."""
        last = min(date.fromordinal(term.ends_before.toordinal() - 1), self._school.today)
        return self._journal.rosters.on(course, last)

    def _value(self, course: DemoCourse, term: TermSpan, file: str, scale: str) -> str:
        last = date.fromordinal(term.ends_before.toordinal() - 1)
        for one in self._journal.exemptions:
            whole = one.holds(course.subject, term.starts_on) and one.holds(course.subject, last)
            if one.file == file and one.kind == ATTENDING and whole:
                return "осв"
        sums = self._sums[file, course.subject, term.number]
        lessons = max(1, self._lessons[course.key, term.number])
        few = sums.count < _ENOUGH_MARKS
        if few and sums.missed * 2 > lessons:
            return "н/а"
        if scale == "зачёт":
            return "зач"
        return mean_value(sums.points, sums.weight) if sums.weight else "4"

    def _year_notes(
        self, file: str, subject: str, grade: int, values: list[str]
    ) -> Iterator[TermMarkNote]:
        if len(values) < len(self._school.calendar.terms_of(grade)):
            return  # somebody who came in the middle of the year gets it at the teachers' council
        year = _together(values)
        yield TermMarkNote(file=file, subject=subject, kind="year", number=0, value=year)
        final = year
        exams = date(self._school.calendar.first_year + 1, *_EXAMS_FROM)
        if subject in _EXAM_SUBJECTS.get(grade, ()) and self._school.today >= exams:
            exam = _exam(file, subject, year)
            yield TermMarkNote(file=file, subject=subject, kind="exam", number=0, value=exam)
            final = _together([year, exam])
        if grade in _EXAM_SUBJECTS:
            yield TermMarkNote(file=file, subject=subject, kind="final", number=0, value=final)


def mean_value(points: int, weight: int) -> str:
    """The mark a weighted mean stands for, by the default thresholds 4.60, 3.60, 2.60."""
    for threshold, value in _THRESHOLDS:
        if points * 100 >= threshold * weight:
            return value
    return "2"


def _together(values: list[str]) -> str:
    """The half-up mean of numbers; what is no number stands only if there is nothing else."""
    numbers = [int(value) for value in values if value.isdigit()]
    if not numbers:
        return values[-1]
    return str((2 * sum(numbers) + len(numbers)) // (2 * len(numbers)))


def _exam(file: str, subject: str, year: str) -> str:
    if not year.isdigit():
        return year
    better = Random(f"exam|{file}|{subject}").choice((-1, 0, 0, 0, 1))
    return str(min(5, max(3, int(year) + better)))
