"""Values of homework that the pages of families are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple


class TaskFile(NamedTuple):
    """A file of a homework: `id` is that of the stored file, `size` in bytes."""

    id: int
    name: str
    size: int


class PupilTask(NamedTuple):
    """A task given to a pupil alone; course, subject and day are those of its lesson."""

    id: int
    pupil_id: int
    lesson_id: int
    course_id: int
    subject: str
    text: str
    due_on: date
    minutes: int | None
    set_at: datetime
    held_on: date


@dataclass(frozen=True, slots=True)
class PupilHomework:
    """Files by homework, tasks of single pupils, and files by such a task; `new` and `own_new` are
    ids of homework and of tasks of single pupils that a family may not have seen yet."""

    files: dict[int, list[TaskFile]] = field(default_factory=dict)
    own: list[PupilTask] = field(default_factory=list)
    own_files: dict[int, list[TaskFile]] = field(default_factory=dict)
    new: frozenset[int] = frozenset()
    own_new: frozenset[int] = frozenset()


def own_homework(homework: PupilHomework, pupil_id: int) -> PupilHomework:
    """What of it is this pupil's: a family reads several."""
    own = [task for task in homework.own if task.pupil_id == pupil_id]
    return PupilHomework(homework.files, own, homework.own_files)
