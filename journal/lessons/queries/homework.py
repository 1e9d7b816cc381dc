"""Reads of homework: files, tasks of single pupils, templates."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Date, Integer, String, bindparam, cast, literal, null, or_, select
from sqlalchemy.orm import Session

from journal.core.db import UtcDateTime
from journal.core.errors import NotFound
from journal.core.files import StoredFacts, StoredFile, stored_file
from journal.lessons.models import (
    Homework,
    HomeworkFile,
    HomeworkTemplate,
    IndividualHomework,
    IndividualHomeworkPupil,
    Lesson,
)
from journal.lessons.rules.homework import PupilHomework, PupilTask, TaskFile
from journal.school.models import Course, Subject
from journal.school.queries import rosters
from journal.school.rules import on_roster


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTask:
    """Homework of single pupils, as the lesson's panel shows it."""

    id: int
    text: str
    due_on: date
    minutes: int | None
    version: int
    pupil_ids: tuple[int, ...]
    files: tuple[TaskFile, ...]


@dataclass(frozen=True, slots=True)
class LessonHomework:
    """What the homework of a lesson has beside its text: files, and tasks of single pupils.

    `due_on` is the day chosen for it, None when it is for the next lesson.
    """

    due_on: date | None
    files: tuple[TaskFile, ...]
    own: tuple[OwnTask, ...]


def lesson_homework(session: Session, lesson_id: int) -> LessonHomework:
    """Three queries."""
    homework = session.execute(
        select(Homework.id, Homework.due_on, Homework.due_chosen).where(
            Homework.lesson_id == lesson_id
        )
    ).one_or_none()
    given = _given(session, lesson_id)
    tasks = {task.id: task for task, _ in given}
    files = _files(session, homework.id if homework else 0, tasks)
    return LessonHomework(
        homework.due_on if homework and homework.due_chosen else None,
        tuple(files.get(None, ())),
        tuple(
            _own(task, [pupil for one, pupil in given if one is task], files.get(task.id, ()))
            for task in tasks.values()
        ),
    )


def _given(session: Session, lesson_id: int) -> list[tuple[IndividualHomework, int]]:
    """The tasks of single pupils in the lesson, a row a pupil."""
    holds = IndividualHomeworkPupil.homework_id == IndividualHomework.id
    rows = session.execute(
        select(IndividualHomework, IndividualHomeworkPupil.pupil_id)
        .join(IndividualHomeworkPupil, holds)
        .where(IndividualHomework.lesson_id == lesson_id)
        .order_by(IndividualHomework.id, IndividualHomeworkPupil.pupil_id)
    )
    return [(row[0], row[1]) for row in rows]


def _own(
    task: IndividualHomework, pupil_ids: Collection[int], files: Collection[TaskFile]
) -> OwnTask:
    return OwnTask(
        id=task.id,
        text=task.text,
        due_on=task.due_on,
        minutes=task.minutes,
        version=task.version,
        pupil_ids=tuple(pupil_ids),
        files=tuple(files),
    )


def _files(
    session: Session, homework_id: int, task_ids: Collection[int]
) -> dict[int | None, list[TaskFile]]:
    """Files by the own task they belong to; None is the homework of the course."""
    rows = session.execute(
        select(HomeworkFile.individual_id, StoredFile.id, StoredFile.name, StoredFile.size)
        .join(StoredFile, StoredFile.id == HomeworkFile.stored_file_id)
        .where(
            or_(
                HomeworkFile.homework_id == homework_id,
                HomeworkFile.individual_id.in_(list(task_ids)),
            )
        )
        .order_by(HomeworkFile.id)
    )
    found: dict[int | None, list[TaskFile]] = {}
    for task_id, file_id, name, size in rows:
        found.setdefault(task_id, []).append(TaskFile(file_id, name, size))
    return found


def task_selects() -> tuple[Any, Any]:
    """Branches of a union: files of homework_ids, and tasks of single pupils (pupil_ids, first).

    what, id, pupil_id, lesson_id, course_id, subject, text, due_on, minutes, file_id, name, size,
    place, set_at, held_on; `read_tasks` understands their rows, ordered by id and place.
    """
    nothing = cast(null(), Integer)
    file = (StoredFile.id.label("file_id"), StoredFile.name.label("name"), StoredFile.size)
    files = (
        select(
            literal("f").label("what"),
            HomeworkFile.homework_id.label("id"),
            *(nothing.label("pupil_id"), nothing.label("lesson_id"), nothing.label("course_id")),
            *(cast(null(), String).label("subject"), cast(null(), String).label("text")),
            *(cast(null(), Date).label("due_on"), nothing.label("minutes")),
            *file,
            HomeworkFile.id.label("place"),
            cast(null(), UtcDateTime).label("set_at"),
            cast(null(), Date).label("held_on"),
        )
        .join(StoredFile, StoredFile.id == HomeworkFile.stored_file_id)
        .where(HomeworkFile.homework_id.in_(bindparam("homework_ids", expanding=True)))
    )
    return files, _own_tasks(file)


def read_tasks(rows: Iterable[Any]) -> PupilHomework:
    """The files of homeworks, the tasks of single pupils, and their files."""
    found = PupilHomework()
    seen: set[tuple[int, int]] = set()
    for row in rows:
        file = TaskFile(row.file_id, row.name, row.size) if row.file_id else None
        if row.what == "f" and file:
            found.files.setdefault(row.id, []).append(file)
        elif row.what == "i":
            if (row.id, row.pupil_id) not in seen:
                seen.add((row.id, row.pupil_id))
                found.own.append(PupilTask._make((*row[1:9], row.set_at, row.held_on)))
            if file and file not in found.own_files.setdefault(row.id, []):
                found.own_files[row.id].append(file)
    return found


def _own_tasks(file: tuple[Any, ...]) -> Any:
    first: Any = bindparam("first")
    return (
        select(
            literal("i"),
            IndividualHomework.id,
            IndividualHomeworkPupil.pupil_id,
            *(Lesson.id, Lesson.course_id, Subject.name, IndividualHomework.text),
            *(IndividualHomework.due_on, IndividualHomework.minutes),
            *file,
            HomeworkFile.id,
            *(IndividualHomework.entered_at, Lesson.held_on),
        )
        .select_from(IndividualHomeworkPupil)
        .join(IndividualHomework, IndividualHomework.id == IndividualHomeworkPupil.homework_id)
        .join(Lesson, Lesson.id == IndividualHomework.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .join(Subject, Subject.id == Course.subject_id)
        .outerjoin(HomeworkFile, HomeworkFile.individual_id == IndividualHomework.id)
        .outerjoin(StoredFile, StoredFile.id == HomeworkFile.stored_file_id)
        .where(
            IndividualHomeworkPupil.pupil_id.in_(bindparam("pupil_ids", expanding=True)),
            or_(IndividualHomework.due_on >= first, Lesson.held_on >= first),
        )
    )


def file_of_course(session: Session, *, course_id: int, file_id: int) -> StoredFacts:
    """A file of some homework of the course, which the caller has loaded with its actor."""
    if not _holders(session, file_id, Lesson.course_id == course_id):
        raise NotFound()
    return stored_file(session, file_id)


def file_of_pupil(session: Session, *, pupil_id: int, file_id: int) -> StoredFacts:
    """A file of a homework that is this pupil's: of a course on whose roster he was on the day of
    the lesson, or given to him by name. The caller has loaded the pupil with its actor."""
    for holder in _holders(session, file_id):
        if holder.individual_id is not None:
            key = (holder.individual_id, pupil_id)
            if session.get(IndividualHomeworkPupil, key) is not None:
                return stored_file(session, file_id)
        else:
            entries = rosters(session, [holder.study_group_id], pupil_ids=[pupil_id])
            if on_roster(entries, pupil_id=pupil_id, day=holder.held_on):
                return stored_file(session, file_id)
    raise NotFound()


def _holders(session: Session, file_id: int, *criteria: Any) -> list[Any]:
    """The homeworks that have the file, with lesson and group."""
    lesson_id = select(Homework.lesson_id).where(Homework.id == HomeworkFile.homework_id)
    own_lesson_id = select(IndividualHomework.lesson_id).where(
        IndividualHomework.id == HomeworkFile.individual_id
    )
    holding = or_(
        Lesson.id == lesson_id.correlate(HomeworkFile).scalar_subquery(),
        Lesson.id == own_lesson_id.correlate(HomeworkFile).scalar_subquery(),
    )
    query = (
        select(HomeworkFile.individual_id, Lesson.held_on, Course.study_group_id)
        .select_from(HomeworkFile)
        .join(Lesson, holding)
        .join(Course, Course.id == Lesson.course_id)
        .where(HomeworkFile.stored_file_id == file_id, *criteria)
    )
    return list(session.execute(query))


class Template(NamedTuple):
    """A homework kept for another time."""

    id: int
    text: str
    minutes: int | None


def templates_of(session: Session, staff_id: int) -> list[Template]:
    """One's own templates, the latest first."""
    rows = session.execute(
        select(HomeworkTemplate.id, HomeworkTemplate.text, HomeworkTemplate.minutes)
        .where(HomeworkTemplate.staff_id == staff_id)
        .order_by(HomeworkTemplate.id.desc())
    )
    return [Template(*row) for row in rows]
