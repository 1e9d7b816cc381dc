"""The demonstration's journal in the shape the importer writes: a HistoryPackage. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from journal.demo.plans import work_kinds
from journal.demo.stories import Journal, Story
from journal.demo.termbook import TermBook, TermMarkNote
from journal.demo.timetables import DatedLesson
from journal.transfer.history.files import FILES
from journal.transfer.history.rows import (
    AbsenceRow,
    ExemptionRow,
    HistoryPackage,
    LessonRow,
    MarkRow,
    PeriodMarkRow,
)

NOTHING_SET = "не задано"


def lesson_keys(journal: Journal) -> dict[DatedLesson, str]:
    """«Урок» of every lesson of the year: the same on whatever day one looks."""
    return {lesson: f"У-{n:05}" for n, lesson in enumerate(journal.school.lessons, 1)}


def history_package(journal: Journal) -> HistoryPackage:
    """Everything entered up to now."""
    keys, book = lesson_keys(journal), TermBook(journal)
    lessons: list[LessonRow] = []
    marks: list[MarkRow] = []
    absences: list[AbsenceRow] = []
    for story in journal.stories():
        key = keys[story.lesson]
        book.take(story)
        lessons.append(_lesson(journal, key, story))
        marks += _marks(key, story)
        absences += (AbsenceRow(key, one.file, one.code, one.minutes) for one in story.absences)
    return HistoryPackage(
        lessons=tuple(lessons),
        marks=tuple(marks),
        absences=tuple(absences),
        exemptions=tuple(_exemptions(journal)),
        period_marks=tuple(_period_mark(journal, note) for note in book.notes()),
        files=frozenset(spec.title for spec in FILES.values()),
    )


def _lesson(journal: Journal, key: str, story: Story) -> LessonRow:
    course, change, staff = story.lesson.course, story.change, journal.school.staff
    return LessonRow(
        key,
        story.lesson.day,
        story.lesson.number,
        course.classes,
        course.subgroup,
        course.subject,
        staff[change.teacher].number,
        None if change.planned is None else staff[change.planned].number,
        change.cancelled,
        "distance" if change.distance else "on_site",
        story.topic or None,
        NOTHING_SET if story.nothing_set else story.homework or None,
        story.taken,
    )


def _marks(key: str, story: Story) -> Iterator[MarkRow]:
    for one in story.marks:
        yield MarkRow(
            key,
            one.file,
            one.work,
            one.value,
            one.weight or work_kinds()[one.work].weight,
            one.comment,
            one.caption,
            one.number,
            one.retake_of,
            one.deadline,
        )


def _exemptions(journal: Journal) -> Iterator[ExemptionRow]:
    for one in journal.exemptions:
        yield ExemptionRow(
            one.file, one.subject, one.kind, one.starts_on, one.ends_before, one.order
        )


def _period_mark(journal: Journal, note: TermMarkNote) -> PeriodMarkRow:
    year = journal.school.calendar.name
    return PeriodMarkRow(note.file, note.subject, year, note.kind, note.number, note.value)
