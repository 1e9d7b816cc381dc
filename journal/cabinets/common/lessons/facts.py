"""The facts of a lesson's panel as JSON; see docs/journal-page.md."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for

from journal.lessons.queries.homework import OwnTask
from journal.lessons.rules.homework import TaskFile
from journal.lessons.rules.planning import Place
from journal.register.beside import LessonBeside, PlannedTopics


def beside_json(beside: LessonBeside) -> dict[str, Any]:
    """Plan, files, tasks of single pupils, templates; what may be changed."""
    course_id = beside.head.course_id
    return {
        "canTopic": beside.can_topic,
        "canHomework": beside.can_homework,
        "plan": {
            "topic": _topic(beside.topic) if beside.topic else None,
            "choices": [_topic(one) for one in beside.choices],
        },
        "due": beside.homework.due_on and beside.homework.due_on.isoformat(),
        "dueFrom": beside.due_from.isoformat(),
        "nextDay": beside.next_day and beside.next_day.isoformat(),
        "files": _files(course_id, beside.homework.files),
        "own": [_own(course_id, one) for one in beside.homework.own],
        "templates": [one._asdict() for one in beside.templates],
    }


def planned_json(planned: PlannedTopics | None) -> dict[str, Any]:
    """The plan's topics by lesson and those still open; `plan` says whether there is one."""
    if planned is None:
        return {"plan": False, "topics": {}, "open": []}
    return {
        "plan": True,
        "topics": {str(lesson): _topic(place) for lesson, place in planned.by_lesson.items()},
        "open": [_topic(place) for place in planned.open],
    }


def _own(course_id: int, task: OwnTask) -> dict[str, Any]:
    return {
        "id": task.id,
        "text": task.text,
        "due": task.due_on.isoformat(),
        "minutes": task.minutes,
        "version": task.version,
        "pupils": list(task.pupil_ids),
        "files": _files(course_id, task.files),
    }


def _topic(place: Place) -> dict[str, Any]:
    topic = place.topic
    return {
        "id": topic.id,
        "title": topic.title,
        "homework": topic.homework,
        "workType": topic.work_type,
        "hour": place.hour,
        "hours": topic.hours,
    }


def _files(course_id: int, files: Iterable[TaskFile]) -> list[dict[str, Any]]:
    return [
        {**one._asdict(), "url": url_for("lessons.file", course_id=course_id, file_id=one.id)}
        for one in files
    ]
