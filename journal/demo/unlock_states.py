"""Unlocks in every state, and marks that were changed: what the reports of changes show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from journal.access import Actor, Role
from journal.core.errors import WindowClosed
from journal.demo.ground import Ground
from journal.demo.load import TALK
from journal.demo.shown import shown_people
from journal.demo.timetables import DatedLesson
from journal.grading.models import Mark, Work
from journal.grading.service import MarkDraft, put_mark
from journal.lessons.desk import Desk, open_desk
from journal.lessons.rules import EntryKind
from journal.lessons.rules.unlocks import NamedLesson, wanted_lessons
from journal.lessons.unlocks import decide_unlock, request_unlock

_LATE_DAYS = 5  # a lesson so many days old is past every ordinary window
_GAP = frozenset({EntryKind.TOPIC, EntryKind.ATTENDANCE, EntryKind.HOMEWORK})
_MARKS = frozenset({EntryKind.MARKS})
_FRESH_DAYS = 2
_REASONS = (
    "Болела, журнал за этот урок не заполнен. Прошу открыть на один день.",
    "Работы проверены позже срока: ученики дописывали после болезни.",
    "Нужно исправить вес самостоятельной работы.",
)
_REFUSAL = "Вес работы утверждён положением о накопляемости. Обсудим на методобъединении."
_CHANGE_COMMENTS = (
    "Апелляция: решение зачтено",
    "Исправлена описка при переносе из тетради",
    "Ошибка исправлена на консультации",
)


def add_unlocks(ground: Ground) -> None:
    """One request that waits, one that is open now (a mark was changed under it), one refused."""
    lessons = list(_late_lessons(ground))
    people = shown_people(ground.session, ground.organisation_id)
    teacher = ground.actor(people[Role.TEACHER])
    deputy = ground.actor(people[Role.DEPUTY_DIRECTOR])
    if len(lessons) > 1:
        unlock_id = _request(ground, teacher, lessons[1], _MARKS, _REASONS[1], minutes=55)
        _decide(ground, deputy, unlock_id, note="", granted=True)
        _change_marks(ground, teacher, lessons[1], wanted=2)
    if len(lessons) > 2:
        unlock_id = _request(ground, teacher, lessons[2], _MARKS, _REASONS[2], minutes=50)
        _decide(ground, deputy, unlock_id, note=_REFUSAL, granted=False)
    if lessons:
        _request(ground, teacher, lessons[0], _GAP, _REASONS[0], minutes=20)


def add_changes(ground: Ground) -> None:
    """Marks of the last days changed within their window, without any unlock."""
    people = shown_people(ground.session, ground.organisation_id)
    teacher = ground.actor(people[Role.TEACHER])
    school = ground.school
    for lesson in reversed(school.lessons):
        age = (school.today - lesson.day).days
        mine = lesson.course.teacher == school.shown_teacher
        if mine and 0 <= age <= _FRESH_DAYS and ground.journal.has_ended(lesson):
            _change_marks(ground, teacher, lesson, wanted=1)
        if age > _FRESH_DAYS:
            return


def _late_lessons(ground: Ground) -> Iterator[DatedLesson]:
    """The latest locked lesson of each of the shown teacher's courses, in open terms."""
    school = ground.school
    courses: set[str] = set()
    for lesson in reversed(school.lessons):
        if (
            lesson.course.teacher == school.shown_teacher
            and lesson.course.subject != TALK
            and (school.today - lesson.day).days >= _LATE_DAYS
            and school.is_open(lesson)
            and lesson.course.key not in courses
        ):
            courses.add(lesson.course.key)
            yield lesson


def _request(
    ground: Ground,
    teacher: Actor,
    lesson: DatedLesson,
    kinds: frozenset[EntryKind],
    reason: str,
    *,
    minutes: int,
) -> int:
    return request_unlock(
        ground.session,
        teacher,
        course_id=ground.course_id(lesson.course),
        wanted=wanted_lessons(
            kinds, [NamedLesson(ground.lesson_id(lesson), lesson.day, lesson.number)]
        ),
        reason=reason,
        now=ground.now - timedelta(minutes=minutes),
    )


def _decide(ground: Ground, deputy: Actor, unlock_id: int, *, note: str, granted: bool) -> None:
    decide_unlock(
        ground.session,
        deputy,
        unlock_id=unlock_id,
        granted=granted,
        hours=24,
        note=note,
        now=ground.now - timedelta(minutes=40),
    )


def _change_marks(ground: Ground, teacher: Actor, lesson: DatedLesson, *, wanted: int) -> None:
    """Raise some marks of the lesson by one. A window that is over leaves them as they are."""
    lesson_id = ground.lesson_id(lesson)
    rows = ground.session.execute(
        select(Mark.id, Mark.pupil_id, Mark.value, Mark.version)
        .join(Work, Work.id == Mark.work_id)
        .where(Work.lesson_id == lesson_id, Mark.value.in_(("3", "4")))
        .order_by(Mark.id)
        .limit(wanted)
    ).all()
    desk = open_desk(
        ground.session,
        teacher,
        course_id=ground.course_id(lesson.course),
        lesson_ids=[lesson_id],
        pupil_ids=[row.pupil_id for row in rows],
        now=ground.now - timedelta(minutes=15),
    )
    with suppress(WindowClosed):
        for row in rows:
            _raise_mark(desk, lesson_id, row)


def _raise_mark(desk: Desk, lesson_id: int, row: Any) -> None:
    comment = _CHANGE_COMMENTS[row.id % len(_CHANGE_COMMENTS)]
    put_mark(
        desk,
        lesson_id=lesson_id,
        pupil_id=row.pupil_id,
        work_id=None,
        mark_id=row.id,
        draft=MarkDraft(value=str(int(row.value) + 1), comment=comment),
        base=row.version,
    )
