"""Days of a diary put into words: every line a template writes down, worked out once.

A page has hundreds of small texts; templates that look words up and join them cost more than all
queries together. `say` is the edge's translator: nothing here knows the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import repeat

from journal.attendance.pupil_facts import SetTask
from journal.core.messages import N_, Message
from journal.diary.pages import NewMark, TodayOf
from journal.diary.painted import (
    Got,
    Line,
    PaintedDay,
    PaintedFile,
    PaintedLesson,
    PaintedNews,
    PaintedToday,
)
from journal.diary.rules.days import EXEMPTIONS, Change, Day, ShownLesson
from journal.diary.rules.marks import ShownMark
from journal.lessons.rules.homework import TaskFile

Say = Callable[[Message], str]
NBSP = "\N{NO-BREAK SPACE}"


class DayPainter:
    """Paints days in one language. A lesson painted before is found again: the families of a class
    read the same lessons."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._kept = lru_cache(maxsize=2048)(self._painted)
        self._min = say(N_("min"))
        self._room = say(N_("room"))
        self._group = say(N_("group"))
        self._weight = say(N_("weight"))
        self._set, self._set_for = say(N_("Set")), say(N_("Set for"))
        self._own, self._kb, self._mb = say(N_("For you alone")), say(N_("KB")), say(N_("MB"))
        self._nothing, self._ready = say(N_("Nothing is set")), say(N_("For this lesson"))
        self._new, self._new_task = say(N_("new mark")), say(N_("new homework"))
        self._now, self._no_lessons = say(N_("now")), say(N_("No lessons"))

    def days(self, days: Iterable[Day]) -> tuple[PaintedDay, ...]:
        """The days in full."""
        return tuple(self._day(day, tuple(map(self._lesson, day.lessons))) for day in days)

    def ahead(self, day: Day) -> PaintedDay:
        """A coming day: what is due and what has changed."""
        return self._day(day, tuple(map(self._coming, day.lessons)))

    def today(self, page: TodayOf) -> PaintedToday:
        """Today of a child: the day in full, the coming one, the news."""
        return PaintedToday(
            pupil_id=page.pupil_id,
            name=page.name,
            class_name=page.class_name,
            school=page.school,
            today=page.today,
            tomorrow=page.today + timedelta(days=1),
            day=self.days([page.day])[0],
            coming=self.ahead(page.coming) if page.coming else None,
            news=tuple(map(self._news, page.news)),
        )

    def _news(self, news: NewMark) -> PaintedNews:
        mark = news.mark
        got = Got(mark.css, mark.value, mark.retaken, "", tuple(self._notes(mark)))
        return PaintedNews(news.subject, mark.held_on, mark.comment or "", got)

    def _day(self, day: Day, lessons: tuple[PaintedLesson, ...]) -> PaintedDay:
        loose = (
            PaintedLesson(subject=one.subject, lines=(self._due(one.task, ""),), private=True)
            for one in day.loose
            if not one.task.nothing
        )
        hint = ""
        if day.minutes:
            hint = self._say(N_("set for %(minutes)s min", minutes=day.minutes))
        nothing = "" if day.lessons or day.loose else day.pause or self._no_lessons
        return PaintedDay(day.first, day.last, hint, nothing, (*lessons, *loose))

    def _lesson(self, lesson: ShownLesson) -> PaintedLesson:
        if lesson.own or _is_private(lesson):
            return replace(self._painted(lesson), private=True)
        return self._kept(lesson)

    def _painted(self, lesson: ShownLesson) -> PaintedLesson:
        return PaintedLesson(
            css=_css(lesson.change),
            no=lesson.number,
            subject=lesson.subject,
            times=f"{lesson.starts}–{lesson.ends}",
            now=self._now if lesson.running else "",
            cancelled=lesson.cancelled,
            lines=tuple(self._lines(lesson)),
            got=tuple(self._got(lesson)) if lesson.marks or lesson.absence else (),
        )

    def _coming(self, lesson: ShownLesson) -> PaintedLesson:
        changes = self._changes(lesson, lesson.change) if lesson.change else ()
        lines = [*changes, *(self._due(task, "") for task in lesson.due)]
        return PaintedLesson(
            css=_css(lesson.change),
            no=lesson.number,
            subject=lesson.subject,
            times=lesson.starts,
            cancelled=lesson.cancelled,
            lines=tuple(lines),
            private=_is_private(lesson),
        )

    def _lines(self, lesson: ShownLesson) -> Iterator[Line]:
        if lesson.change:
            yield from self._changes(lesson, lesson.change)
        if not lesson.cancelled:
            where = self._where(lesson)
            if where:
                yield Line("where", text=where)
        if lesson.topic:
            yield Line(text=lesson.topic)
        if lesson.absence:
            yield Line(text=self._say(lesson.absence.words))
        if lesson.exempt:
            yield Line(text=self._say(EXEMPTIONS[lesson.exempt]))
        for task in lesson.due:
            yield self._due(task, f"{self._ready}:")
        if lesson.task:
            yield self._due(lesson.task, self._when(lesson.task))
        for task in lesson.own:
            yield self._due(task, self._when(task))
        for mark in lesson.marks:
            if mark.comment:
                yield Line("said", lead=f"{lesson.teacher}:", text=mark.comment)

    def _where(self, lesson: ShownLesson) -> str:
        parts = [f"{self._room}{NBSP}{lesson.room}"] if lesson.room else []
        if not (lesson.change and lesson.change.instead_of):  # he is named in the change
            parts.append(lesson.teacher)
        if lesson.subgroup:
            parts.append(f"{self._group} «{lesson.subgroup}»")
        return ", ".join(parts)

    def _when(self, task: SetTask) -> str:
        return f"{self._set_for} {short_day(task.due_on)}:" if task.due_on else f"{self._set}:"

    def _due(self, task: SetTask, lead: str) -> Line:
        if task.nothing:
            return Line("task", text=self._nothing)
        hint = f"{task.minutes}{NBSP}{self._min}" if task.minutes else ""
        if task.own:
            lead = f"{self._own}. {lead}" if lead else f"{self._own}."
        files = tuple(map(self._file, repeat(task.pupil_id), task.files)) if task.files else ()
        chip = ("plain-chip", self._new_task) if task.is_new else ("", "")
        return Line("task", *chip, lead, task.text, "://" in task.text, hint, files)

    def _file(self, pupil_id: int, file: TaskFile) -> PaintedFile:
        return PaintedFile(pupil_id, file.id, file.name, self._size(file.size))

    def _size(self, size: int) -> str:
        if size < 1024 * 1024:
            return f"{max(1, round(size / 1024))}{NBSP}{self._kb}"
        tenths = round(size * 10 / 1024 / 1024)
        return f"{tenths // 10},{tenths % 10}{NBSP}{self._mb}"

    def _changes(self, lesson: ShownLesson, change: Change) -> Iterator[Line]:
        if change.cancelled:
            yield Line("", "bad", self._say(N_("cancelled")), text=self._moved_to(change))
            return
        if change.instead_of or change.other_subject:
            planned = ", ".join(filter(None, (change.other_subject, change.instead_of)))
            names = {"teacher": lesson.teacher, "planned": planned}
            text = self._say(N_("%(teacher)s (in the timetable: %(planned)s)", **names))
            yield Line("", "warn", self._say(N_("substitution")), text=text)
        if change.moved_from:
            was = {"day": change.moved_from.day, "number": change.moved_from.number}
            text = self._say(N_("from %(day)s, lesson %(number)s", **was))
            yield Line("", "warn", self._say(N_("moved")), text=text)
        if change.extra:
            yield Line("", "plain-chip", self._say(N_("outside the timetable")))
        if change.distance:
            yield Line("", "plain-chip", self._say(N_("at a distance")))

    def _moved_to(self, change: Change) -> str:
        to = change.moved_to
        if to is None:
            held = change.other_subject
            return self._say(N_("held instead: %(subject)s", subject=held)) if held else ""
        return self._say(N_("moved to %(day)s, lesson %(number)s", day=to.day, number=to.number))

    def _got(self, lesson: ShownLesson) -> Iterator[Got]:
        for mark in lesson.marks:
            new = self._new if mark.is_new else ""
            yield Got(mark.css, mark.value, mark.retaken, new, tuple(self._notes(mark)))
        if lesson.absence:
            what = N_("lateness") if lesson.absence.late else N_("absence")
            css = f"code {lesson.absence.css}"
            yield Got(css, lesson.absence.letter, False, "", (self._say(what),))

    def _notes(self, mark: ShownMark) -> Iterator[str]:
        yield mark.work
        if mark.weight != 1:
            yield f"{self._weight}{NBSP}{mark.weight}"
        if mark.retaken:
            yield self._say(N_("retaken"))
        if mark.deadline:
            yield self._say(N_("until %(day)s", day=mark.deadline))


def _is_private(lesson: ShownLesson) -> bool:
    """Whether a comment or a task for this pupil alone stands in it."""
    return any(mark.comment for mark in lesson.marks) or any(task.own for task in lesson.due)


def short_day(day: date) -> str:
    """11.12"""
    return f"{day.day:02}.{day.month:02}"


def _css(change: Change | None) -> str:
    if change is None:
        return ""
    return "fallen" if change.cancelled else "changed"
