"""Homework of a pupil: by the day it is due on, with its files, and what is for him alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from journal.attendance.pupil_facts import PupilLesson, SetTask
from journal.lessons.rules.homework import PupilHomework, PupilTask


class Due(NamedTuple):
    """Homework, and the lesson and course it was set in."""

    lesson_id: int
    pupil_id: int
    course_id: int
    subject: str
    task: SetTask


def due_tasks(
    lessons: Sequence[PupilLesson], homework: PupilHomework | None = None
) -> dict[date, list[Due]]:
    """Homework by the day it is due on; with `homework` its files, and the tasks of single pupils.

    Homework without a date is for the next lesson of its course among those known.
    """
    homework = homework or PupilHomework()
    found: dict[date, list[Due]] = {}
    for place, setter in enumerate(lessons):
        task = None if setter.cancelled else with_files(setter, homework)
        if task is None:
            continue
        due_on = task.due_on or _next_lesson_day(lessons[place + 1 :], setter)
        if due_on is not None and due_on > setter.held_on:
            found.setdefault(due_on, []).append(_due(setter, task))
    for own in homework.own:
        task = _own_task(own, homework)
        found.setdefault(own.due_on, []).append(
            Due(own.lesson_id, own.pupil_id, own.course_id, own.subject, task)
        )
    return found


def _due(setter: PupilLesson, task: SetTask) -> Due:
    return Due(setter.id, setter.pupil_id, setter.course_id, setter.subject, task)


def _next_lesson_day(later: Iterable[PupilLesson], setter: PupilLesson) -> date | None:
    for lesson in later:
        same = lesson.course_id == setter.course_id and lesson.pupil_id == setter.pupil_id
        if same and lesson.held_on > setter.held_on and not lesson.cancelled:
            return lesson.held_on
    return None


def with_files(lesson: PupilLesson, homework: PupilHomework) -> SetTask | None:
    """The homework of the lesson with its files."""
    task = lesson.task
    files = homework.files.get(lesson.homework_id or 0)
    if task is None or not files:
        return task
    return task._replace(files=tuple(files), pupil_id=lesson.pupil_id)


def _own_task(task: PupilTask, homework: PupilHomework) -> SetTask:
    files = tuple(homework.own_files.get(task.id, ()))
    return SetTask(task.text, False, task.due_on, task.minutes, files, True, task.pupil_id)


def own_tasks(lesson: PupilLesson, homework: PupilHomework) -> tuple[SetTask, ...]:
    """What was set in the lesson to this pupil alone."""
    if not homework.own:
        return ()
    return tuple(
        _own_task(one, homework)
        for one in homework.own
        if one.lesson_id == lesson.id and one.pupil_id == lesson.pupil_id
    )
