"""Homework of a pupil: by the day it is due on, with its files, and what is for him alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import NamedTuple, Protocol

from journal.attendance.pupil_facts import PupilLesson, SetTask
from journal.core.clock import instant
from journal.lessons.rules.homework import PupilHomework, PupilTask

EVENING = time(18)


class Due(NamedTuple):
    """Homework, and the lesson and course it was set in."""

    lesson_id: int
    pupil_id: int
    course_id: int
    subject: str
    task: SetTask


class Setter(Protocol):
    """A lesson in which homework is set. Lessons are given in the order of their days."""

    @property
    def id(self) -> int: ...
    @property
    def pupil_id(self) -> int: ...
    @property
    def course_id(self) -> int: ...
    @property
    def held_on(self) -> date: ...
    @property
    def cancelled(self) -> bool: ...
    @property
    def subject(self) -> str: ...
    @property
    def homework_id(self) -> int | None: ...
    @property
    def task(self) -> SetTask | None: ...


def news_since(today: date, zone: str) -> datetime:
    """The beginning of yesterday: what was entered later is news."""
    return instant(today - timedelta(days=1), time.min, zone)


def with_news(
    homework: PupilHomework, lessons: Iterable[PupilLesson], *, zone: str, today: date
) -> PupilHomework:
    """With what was set since yesterday, but in the evening of its lesson's day or later: who has
    looked after school has not seen it."""
    since = news_since(today, zone)

    def is_new(set_at: datetime, held_on: date) -> bool:
        return set_at >= max(since, instant(held_on, EVENING, zone))

    return replace(
        homework,
        new=frozenset(
            one.homework_id
            for one in lessons
            if one.homework_id is not None
            and one.homework_set_at is not None
            and one.homework_set_at > one.ends_at  # a shift may last into the evening
            and is_new(one.homework_set_at, one.held_on)
        ),
        own_new=frozenset(one.id for one in homework.own if is_new(one.set_at, one.held_on)),
    )


def due_tasks(
    lessons: Sequence[Setter], homework: PupilHomework | None = None
) -> dict[date, list[Due]]:
    """Homework by the day it is due on; with `homework` its files, and the tasks of single pupils.

    Homework without a date is for the next lesson of its course among those known.
    """
    homework = homework or PupilHomework()
    found: dict[date, list[Due]] = {}
    following = cache(partial(_next_days, lessons))  # seldom asked
    for setter in lessons:
        task = None if setter.cancelled else with_files(setter, homework)
        if task is None:
            continue
        due_on = task.due_on or following().get((setter.id, setter.pupil_id))
        if due_on is not None and due_on > setter.held_on:
            found.setdefault(due_on, []).append(_due(setter, task))
    for own in homework.own:
        task = _own_task(own, homework)
        found.setdefault(own.due_on, []).append(
            Due(own.lesson_id, own.pupil_id, own.course_id, own.subject, task)
        )
    return found


def _due(setter: Setter, task: SetTask) -> Due:
    facts = (setter.id, setter.pupil_id, setter.course_id, setter.subject, task)
    return tuple.__new__(Due, facts)  # without the checks of its constructor, by the hundred


def _next_days(lessons: Sequence[Setter]) -> dict[tuple[int, int], date]:
    """The next day with a lesson of the course, for each (lesson, pupil) that has one."""
    ahead: dict[tuple[int, int], tuple[date, date | None]] = {}
    found: dict[tuple[int, int], date] = {}
    for one in reversed(lessons):
        place = one.course_id, one.pupil_id
        day, after = ahead.get(place, (None, None))
        following = after if day == one.held_on else day
        if following is not None and one.homework_id is not None:
            found[one.id, one.pupil_id] = following
        if not one.cancelled and day != one.held_on:
            ahead[place] = one.held_on, day
    return found


def with_files(lesson: Setter, homework: PupilHomework) -> SetTask | None:
    """The homework of the lesson with its files, and whether it is new."""
    task, homework_id = lesson.task, lesson.homework_id or 0
    if task is None:
        return None
    if homework_id in homework.new:
        task = task._replace(is_new=True)
    files = homework.files and homework.files.get(homework_id)
    return task._replace(files=tuple(files), pupil_id=lesson.pupil_id) if files else task


def _own_task(task: PupilTask, homework: PupilHomework) -> SetTask:
    files = tuple(homework.own_files.get(task.id, ()))
    facts = (task.text, False, task.due_on, task.minutes, files, True, task.pupil_id)
    return SetTask(*facts, is_new=task.id in homework.own_new)


def own_tasks(lesson: PupilLesson, homework: PupilHomework) -> tuple[SetTask, ...]:
    """What was set in the lesson to this pupil alone."""
    if not homework.own:
        return ()
    return tuple(
        _own_task(one, homework)
        for one in homework.own
        if one.lesson_id == lesson.id and one.pupil_id == lesson.pupil_id
    )
