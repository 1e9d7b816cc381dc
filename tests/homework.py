"""Homework with files and tasks of single pupils, for the cast and for the matrix."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from datetime import date

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.files import DirectoryStore, StoredFile
from journal.lessons.models import (
    Homework,
    HomeworkFile,
    HomeworkTemplate,
    IndividualHomework,
    IndividualHomeworkPupil,
    Lesson,
)
from tests.cast import NOW

SHEET = "Карточка: повторить § 14".encode()
SHA256 = hashlib.sha256(SHEET).hexdigest()


def put_bytes(app: Flask) -> None:
    """The bytes of every file of the tests."""
    DirectoryStore(app.config["SETTINGS"].files_dir).put(SHA256, io.BytesIO(SHEET))


def _stored(session: Session, organisation_id: int, name: str) -> StoredFile:
    file = StoredFile(
        organisation_id=organisation_id,
        sha256=SHA256,
        size=len(SHEET),
        media_type="text/plain",
        name=name,
        uploaded_at=NOW,
    )
    session.add(file)
    session.flush()
    return file


def give_file(
    session: Session, lesson_id: int, *, task_id: int | None = None, name: str = "Задание.txt"
) -> int:
    """A file of the lesson's homework, or of a task of single pupils; the stored file's id."""
    lesson = session.get_one(Lesson, lesson_id)
    place = {"organisation_id": lesson.organisation_id}
    homework = session.scalar(select(Homework).where(Homework.lesson_id == lesson_id))
    if homework is None and task_id is None:
        homework = Homework(lesson_id=lesson_id, text="§ 14", entered_at=NOW, **place)
        session.add(homework)
        session.flush()
    holder = {"individual_id": task_id} if task_id else {"homework_id": homework and homework.id}
    file = _stored(session, lesson.organisation_id, name)
    session.add(HomeworkFile(stored_file_id=file.id, added_at=NOW, **holder, **place))
    session.flush()
    return file.id


def give_task(
    session: Session, lesson_id: int, pupil_ids: Iterable[int], *, text: str = "Карточка 3"
) -> int:
    """A task of single pupils, due on Monday 23 November; its id."""
    lesson = session.get_one(Lesson, lesson_id)
    place = {"organisation_id": lesson.organisation_id}
    task = IndividualHomework(
        lesson_id=lesson_id, text=text, due_on=date(2026, 11, 23), entered_at=NOW, **place
    )
    session.add(task)
    session.flush()
    for pupil_id in pupil_ids:
        session.add(IndividualHomeworkPupil(homework_id=task.id, pupil_id=pupil_id, **place))
    session.flush()
    return task.id


def give_template(session: Session, organisation_id: int, staff_id: int) -> int:
    """A template of a member of staff; its id."""
    template = HomeworkTemplate(
        organisation_id=organisation_id, staff_id=staff_id, text="§ 1", created_at=NOW
    )
    session.add(template)
    session.flush()
    return template.id
