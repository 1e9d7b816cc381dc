"""The page's facts as JSON for the grid. Sentences are translated once per key, then filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from journal.core.messages import Message
from journal.grading.rules import weighted_average
from journal.lessons.rules import Window
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
from journal.webkit.i18n import day, sentence_of


class Sayer:
    """Says many messages of few keys: sixty lessons share a handful of sentences."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self._sentences: dict[str, str] = {}
        self._words: dict[object, str] = {}
        self._untils: dict[datetime, str] = {}

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
        found = self._words.get(value)
        if found is None:
            found = self._words[value] = self._spell(value)
        return found

    def _spell(self, value: object) -> str:
        if isinstance(value, datetime):
            return value.astimezone(self._zone).strftime("%d.%m %H:%M")
        return day(value) if isinstance(value, date) else str(value)

    def last_minute(self, until: datetime) -> str:
        """«13.11 23:59»: the last minute before an exclusive instant."""
        return self.word(until - timedelta(minutes=1))

    def until(self, window: Window) -> str | None:
        """The last minute of an open window."""
        if window.until is None:
            return None
        found = self._untils.get(window.until)
        if found is None:
            local = window.until.astimezone(self._zone)
            found = self._untils[window.until] = local.isoformat(timespec="minutes")
        return found


def page_json(page: JournalPage, sayer: Sayer, *, account_id: int, locale: str) -> dict[str, Any]:
    """Everything the grid needs beside the addresses (see docs/journal-page.md)."""
    types = {one.id: one for one in page.types}
    return {
        "account": account_id,
        "course": page.head.course_id,
        "locale": locale,
        "today": page.today.isoformat(),
        "canWrite": page.can_write,
        "scale": page.head.scale,
        "grade": page.head.grade,
        "markWithAbsence": page.head.policy.mark_with_absence,
        "lessons": [
            lesson_json(column.lesson, column.windows, column.begun, types, sayer)
            for column in page.columns
        ],
        "workTypes": [
            {"id": one.id, "short": one.short_name, "title": one.name, "weight": one.weight}
            for one in page.types
        ],
        "pupils": [_pupil(row) for row in page.rows],
        "cells": cells_json(page.facts),
    }


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
        **_windows_json(windows, sayer),
    }


def _windows_json(windows: Windows, sayer: Sayer) -> dict[str, Any]:
    """What may be written in the lesson, until when, and why not."""
    return {
        "own": windows.own,
        "marksUntil": sayer.until(windows.marks),
        "marksOpen": windows.own and windows.marks.open,
        "marksWhy": sayer.say(windows.marks.why),
        "absenceOpen": windows.own and windows.attendance.open,
        "absenceWhy": sayer.say(windows.attendance.why),
        "unlockable": windows.marks.unlockable or windows.attendance.unlockable,
        "topicOpen": windows.own and windows.topic.open,
        "topicWhy": sayer.say(windows.topic.why),
        "homeworkOpen": windows.own and windows.homework.open,
        "homeworkWhy": sayer.say(windows.homework.why),
    }


def _work(
    work: WorkFacts, windows: Windows, types: Mapping[int, WorkTypeFacts], sayer: Sayer
) -> dict[str, Any]:
    kind, window = types[work.type_id], windows.works[work.id]
    return {
        "id": work.id,
        "type": work.type_id,
        "short": kind.short_name,
        "title": work.caption or kind.name,
        "weight": work.weight,
        "caption": work.caption,
        "marksOpen": windows.own and window.open,
        "marksWhy": sayer.say(window.why),
        "until": sayer.until(window),
    }


def cells_json(facts: Facts) -> dict[str, Any]:
    """Cells that hold something, by «lesson:pupil»."""
    filled = facts.marks.keys() | facts.absences.keys()
    return {f"{cell[0]}:{cell[1]}": cell_json(facts, cell) for cell in filled}


def cell_json(facts: Facts, cell: Cell) -> dict[str, Any]:
    """One cell: marks in their order, and the absence. A mark is written as its tuple."""
    answer: dict[str, Any] = {}
    marks = facts.marks.get(cell)
    if marks:
        answer["m"] = [mark if mark.deadline is None else _dated(mark) for mark in marks]
    absence = facts.absences.get(cell)
    if absence:
        answer["a"] = [absence.code, absence.minutes, absence.version]
    return answer


def _dated(mark: MarkFacts) -> list[Any]:
    return [*mark[:-1], mark.deadline and mark.deadline.isoformat()]


def sums_json(pupil_id: int, found: Recent, roster: Iterable[RosterEntry]) -> dict[str, Any]:
    """The pupil's figures after a save: the same functions the page calls."""
    lessons = [one for one in found.lessons if found.span.covers(one.held_on)]
    averages = AverageBook(lessons, found.facts, found.types)
    absences = (found.facts.absences.get((lesson.id, pupil_id)) for lesson in lessons)
    missed = sum(1 for one in absences if one is not None and one.code != "o")
    marks = averages.of(pupil_id)
    average = weighted_average(marks, found.rules)
    sums = {"pupil": pupil_id, "average": average.text, "missed": missed}
    if found.offers is not None:
        spans = [one.span for one in roster if one.pupil_id == pupil_id]
        sums["offer"] = found.offers.of(pupil_id, spans, marks, average)
    return sums
