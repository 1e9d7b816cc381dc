"""Files of a homework. Its window holds for them as for the text."""

from __future__ import annotations

from sqlalchemy import func, select

from journal.core.audit import Change
from journal.core.errors import NotFound, RuleViolation
from journal.core.files import StoredFacts, file_facts
from journal.core.messages import N_
from journal.lessons.desk import Desk
from journal.lessons.models import Homework, HomeworkFile, IndividualHomework
from journal.lessons.rules import EntryKind
from journal.lessons.service import homework_of, new_homework

FILES_MAX = 10


def attach_file(
    desk: Desk, *, lesson_id: int, individual_id: int | None, stored: StoredFacts
) -> None:
    """Add a stored file to the homework of the course (made when there is none), or to the task of
    single pupils. Raises WindowClosed, RuleViolation (file), NotFound, Forbidden."""
    lesson = desk.own_lesson(lesson_id)
    grant_id = desk.require_open(EntryKind.HOMEWORK, lesson)
    place = {"organisation_id": desk.head.organisation_id, "stored_file_id": stored.id}
    if individual_id is not None:
        holder: int = own_task(desk, lesson_id, individual_id).id
        row = HomeworkFile(individual_id=holder, added_at=desk.now, **place)
    else:
        homework = homework_of(desk.session, lesson_id) or new_homework(desk, lesson)
        _require_task(homework)
        desk.session.flush()
        row = HomeworkFile(homework_id=homework.id, added_at=desk.now, **place)
    _require_room(desk, row)
    desk.session.add(row)
    desk.session.flush()
    desk.log(_change(lesson_id, None, stored, grant_id))


def _require_task(homework: Homework) -> None:
    if homework.nothing_set:
        raise RuleViolation(
            "file", N_("«Nothing is set» stands here. Take it back and save, then add files.")
        )


def own_task(desk: Desk, lesson_id: int, individual_id: int) -> IndividualHomework:
    """The task of single pupils in this lesson; NotFound otherwise."""
    task = desk.session.get(IndividualHomework, individual_id, populate_existing=True)
    if task is None or task.lesson_id != lesson_id:
        raise NotFound(N_("There is no such task in this lesson. Open the page again."))
    return task


def _require_room(desk: Desk, row: HomeworkFile) -> None:
    there = desk.session.scalar(
        select(func.count(HomeworkFile.id)).where(
            HomeworkFile.homework_id == row.homework_id
            if row.homework_id
            else HomeworkFile.individual_id == row.individual_id
        )
    )
    if (there or 0) >= FILES_MAX:
        raise RuleViolation(
            "file", N_("A homework has at most %(max)s files. Remove one first.", max=FILES_MAX)
        )


def remove_file(desk: Desk, *, lesson_id: int, file_id: int) -> None:
    """Take a file off the lesson's homework; the bytes go when nothing refers to them any more."""
    lesson = desk.own_lesson(lesson_id)
    homework = homework_of(desk.session, lesson_id)
    tasks = select(IndividualHomework.id).where(IndividualHomework.lesson_id == lesson_id)
    row = desk.session.scalar(
        select(HomeworkFile)
        .where(
            HomeworkFile.stored_file_id == file_id,
            (HomeworkFile.homework_id == (homework.id if homework else 0))
            | HomeworkFile.individual_id.in_(tasks),
        )
        .limit(1)
    )
    if row is None:
        raise NotFound(N_("There is no such file in this lesson. Open the page again."))
    grant_id = desk.require_open(EntryKind.HOMEWORK, lesson)
    stored = file_facts(desk.session, [file_id])[file_id]
    desk.session.delete(row)
    desk.session.flush()
    if homework is not None and row.homework_id and not homework.text:
        _forget_empty(desk, homework)
    desk.log(_change(lesson_id, stored, None, grant_id))


def _forget_empty(desk: Desk, homework: Homework) -> None:
    """Without text, files and «nothing is set» there is no homework: the lesson lacks it again."""
    left = select(HomeworkFile.id).where(HomeworkFile.homework_id == homework.id).limit(1)
    if not homework.nothing_set and desk.session.scalar(left) is None:
        desk.session.delete(homework)
        desk.session.flush()


def _change(
    lesson_id: int, before: StoredFacts | None, after: StoredFacts | None, grant_id: int | None
) -> Change:
    return Change(
        action="put_homework",
        object_type="lesson",
        object_id=lesson_id,
        within_id=lesson_id,
        before={"file": before.name, "sha256": before.sha256} if before else None,
        after={"file": after.name, "sha256": after.sha256} if after else None,
        grant_id=grant_id,
    )
