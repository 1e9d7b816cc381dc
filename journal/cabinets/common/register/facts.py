"""The page's facts as JSON for the grid. Sentences are translated once per key, then filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from journal.core.messages import Message
from journal.lessons.rules import LessonWindows, Window
from journal.register.reading import Recent
from journal.register.rules.facts import (
    AverageBook,
    Cell,
    Facts,
    LessonFacts,
    MarkFacts,
    WorkFacts,
    WorkTypeFacts,
)
from journal.register.rules.page import JournalPage, Row, Windows
from journal.school.rules import RosterEntry
from journal.webkit.i18n import choose_locale, day, sentence_of

_PLAIN = MarkFacts._fields.index("comment")
_NOTHING_MORE = (None,) * (len(MarkFacts._fields) - _PLAIN)


class Sayer:
    """Says many messages of few keys: sixty lessons share a handful of sentences."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self._sentences: dict[str, str] = {}
        locale = choose_locale()
        self._closed = _closed_windows(locale, zone)
        self._over = _closed_lessons(locale, zone)

    def say(self, message: Message | None) -> str | None:
        """The sentence, or None for None."""
        if message is None:
            return None
        sentence = self._sentences.get(message.key)
        if sentence is None:
            sentence = self._sentences[message.key] = sentence_of(message.key)
        if not message.params:
            return sentence
        return sentence % {name: self.word(value) for name, value in message.params.items()}

    def word(self, value: object) -> str:
        """A parameter as the reader wants it: dates and instants in the school's zone."""
        if isinstance(value, Message):
            return self.say(value) or ""
        return _spelled(value, self._zone)

    def last_minute(self, until: datetime) -> str:
        """«13.11 23:59»: the last minute before an exclusive instant."""
        return self.word(until - timedelta(minutes=1))

    def window(self, window: Window) -> tuple[str | None, str | None]:
        """(until when it is open, why it is not).

        A window that is over is one object for every page (`lessons.rules.Closings`): it is found
        by its identity, which is much faster than saying it anew.
        """
        if not window.unlockable:
            return self._until(window), self.say(window.why)
        found = self._closed.get(id(window))
        if found is None or found[0] is not window:
            if len(self._closed) >= _MOST_CLOSED:
                self._closed.clear()
            words = self._until(window), self.say(window.why)
            found = self._closed[id(window)] = (window, words)
        return found[1]

    def lesson_windows(self, windows: Windows) -> dict[str, Any]:
        """The four windows of a lesson as JSON; those long over are said once for every page."""
        four = windows.lesson
        found = self._over.get(id(four))
        if found is not None and found[0] is four:
            return {"own": windows.own, **found[1]}
        words = _windows_json(four, windows.own, self)
        if _over(four):
            if len(self._over) >= _MOST_CLOSED:
                self._over.clear()
            self._over[id(four)] = (four, words)
        return {"own": windows.own, **words}

    def _until(self, window: Window) -> str | None:
        return None if window.until is None else _local_minute(window.until, self._zone)


_Words = tuple[str | None, str | None]
_MOST_CLOSED = 8192


@lru_cache(maxsize=16)
def _closed_windows(locale: str, zone: str) -> dict[int, tuple[Window, _Words]]:
    """Windows that are over, said in this language and zone. Each is kept with its words, so that
    no other can take its identity."""
    return {}


@lru_cache(maxsize=16)
def _closed_lessons(locale: str, zone: str) -> dict[int, tuple[LessonWindows, dict[str, Any]]]:
    """The same of the four windows of a lesson when all of them are over."""
    return {}


@lru_cache(maxsize=16_384)
def _spelled(value: object, zone: ZoneInfo) -> str:
    """A page names two hundred days and instants, and the same ones the next time."""
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%d.%m %H:%M")
    return day(value) if isinstance(value, date) else str(value)


@lru_cache(maxsize=16_384)
def _local_minute(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).isoformat(timespec="minutes")


def page_json(page: JournalPage, *, account_id: int, locale: str) -> dict[str, Any]:
    """What the grid needs beside the lessons and the addresses (see docs/journal-page.md)."""
    return {
        "account": account_id,
        "course": page.head.course_id,
        "locale": locale,
        "today": page.today.isoformat(),
        "canWrite": page.can_write,
        "scale": page.head.scale,
        "grade": page.head.grade,
        "markWithAbsence": page.head.policy.mark_with_absence,
        "workTypes": [
            {"id": one.id, "short": one.short_name, "title": one.name, "weight": one.weight}
            for one in page.types
        ],
        "pupils": [_pupil(row) for row in page.rows],
        "marks": page.facts.mark_rows,
        "absences": page.facts.absence_rows,
        "known": _known_json(page),
    }


def _known_json(page: JournalPage) -> dict[str, tuple[str, bool]]:
    """What excuses say of cells without an entry, by «lesson:pupil»."""
    return {f"{lesson_id}:{pupil_id}": known for (lesson_id, pupil_id), known in page.known.items()}


def _pupil(row: Row) -> dict[str, Any]:
    stays = [
        [span.starts_on.isoformat(), span.ends_before and span.ends_before.isoformat()]
        for span in row.spans
    ]
    return {
        "id": row.pupil_id,
        "name": row.name,
        "stays": stays,
        "from": stays[0][0],
        "before": stays[-1][1],
    }


def lesson_json(
    lesson: LessonFacts,
    windows: Windows,
    begun: bool,
    types: dict[int, WorkTypeFacts],
    sayer: Sayer,
) -> dict[str, Any]:
    """One lesson with its windows."""
    return {
        "id": lesson.id,
        "date": lesson.held_on.isoformat(),
        "no": lesson.number,
        "begun": begun,
        "cancelled": lesson.cancelled,
        "taken": lesson.taken_at is not None,
        "takenAt": lesson.taken_at and sayer.word(lesson.taken_at),
        "time": f"{sayer.word(lesson.starts_at)[-5:]}–{sayer.word(lesson.ends_at)[-5:]}",
        "version": lesson.version,
        "topic": lesson.topic,
        "homework": lesson.homework,
        "homeworkNone": lesson.nothing_set,
        "homeworkMinutes": lesson.minutes,
        "kind": lesson.kind,
        "works": [_work(work, windows, types, sayer) for work in lesson.works],
        **sayer.lesson_windows(windows),
    }


def _windows_json(windows: LessonWindows, own: bool, sayer: Sayer) -> dict[str, Any]:
    """What may be written in the lesson, until when, and why not."""
    marks, attendance, topic, homework = windows
    marks_until, marks_why = sayer.window(marks)
    return {
        "marksUntil": marks_until,
        "marksOpen": own and marks.open,
        "marksWhy": marks_why,
        "absenceOpen": own and attendance.open,
        "absenceWhy": sayer.window(attendance)[1],
        "planUnlockable": topic.unlockable or homework.unlockable,
        "unlockable": marks.unlockable or attendance.unlockable,
        "topicOpen": own and topic.open,
        "topicWhy": sayer.window(topic)[1],
        "homeworkOpen": own and homework.open,
        "homeworkWhy": sayer.window(homework)[1],
    }


def _over(windows: LessonWindows) -> bool:
    """All four are over: whose the lesson is makes no difference any more."""
    return all(one.unlockable for one in windows)


def _work(
    work: WorkFacts, windows: Windows, types: Mapping[int, WorkTypeFacts], sayer: Sayer
) -> dict[str, Any]:
    kind, window = types[work.type_id], windows.works[work.id]
    until, why = sayer.window(window)
    return {
        "id": work.id,
        "type": work.type_id,
        "short": kind.short_name,
        "title": work.caption or kind.name,
        "weight": work.weight,
        "caption": work.caption,
        "marksOpen": windows.own and window.open,
        "marksWhy": why,
        "until": until,
    }


def cell_json(facts: Facts, cell: Cell) -> dict[str, Any]:
    """One cell: its marks in their order, and the absence."""
    marks, absence = facts.marks_of(cell), facts.absence_of(cell)
    answer: dict[str, Any] = {"m": [_mark_json(mark) for mark in marks]} if marks else {}
    return answer | {"a": tuple(absence)} if absence else answer


def _mark_json(mark: MarkFacts) -> tuple[Any, ...]:
    """Most marks have neither comment nor original nor deadline: these are left off."""
    if mark[_PLAIN:] == _NOTHING_MORE:
        return mark[:_PLAIN]
    return (*mark[:-1], mark.deadline and mark.deadline.isoformat())


class Sums:
    """The figures of pupils after a save: by the same functions the page calls."""

    def __init__(self, found: Recent, roster: Iterable[RosterEntry]) -> None:
        self._found, self._roster = found, tuple(roster)
        self._lessons = [one for one in found.lessons if found.span.covers(one.held_on)]
        self._averages = AverageBook(self._lessons, found.facts, found.types)

    def of(self, pupil_id: int) -> dict[str, Any]:
        """The average, the lessons missed, and what is proposed for the term."""
        found = self._found
        absences = found.facts.absences.get(pupil_id, {})
        missed = sum(
            1
            for lesson in self._lessons
            if lesson.id in absences and absences[lesson.id].code != "o"
        )
        average = self._averages.average(pupil_id, found.rules)
        sums = {"pupil": pupil_id, "average": average.text, "missed": missed}
        if found.offers is not None:
            spans = [one.span for one in self._roster if one.pupil_id == pupil_id]
            sums["offer"] = found.offers.of(pupil_id, spans, average, self._averages.of)
        return sums
