"""The events of a feed: lessons with their substitutions, homework that is due, assessments."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.pupil_facts import PupilLesson
from journal.attendance.pupil_queries import pupil_lessons
from journal.core.messages import N_, Message
from journal.diary.rules.tasks import due_tasks
from journal.documents.ical import CalendarEvent
from journal.grading.models import Work, WorkType
from journal.lessons.models import Lesson
from journal.lessons.queries.agenda import AgendaRow, Days
from journal.lessons.queries.staff_agenda import week_lessons
from journal.people.calendar_addresses import FeedOwner

Say = Callable[[Message | str], str]
HOST = "school-journal"


def feed_events(session: Session, owner: FeedOwner, span: Days, say: Say) -> list[CalendarEvent]:
    """Everything of the span, in order of time. Three queries whatever the number of lessons."""
    if owner.pupil_id is None:
        rows = week_lessons(session, staff_id=owner.staff_id or 0, span=span)
        works = _assessments(session, [row.lesson_id for row in rows])
        return [_taught(row, works, say) for row in rows if row.staff_id == owner.staff_id]
    lessons = pupil_lessons(
        session,
        [owner.pupil_id],
        first=span.starts_on,
        before=span.ends_before,
        set_from=span.starts_on,
    )
    works = _assessments(session, [one.id for one in lessons])
    return [*(_attended(one, works, say) for one in lessons), *_homework(lessons, say)]


def _assessments(session: Session, lesson_ids: Collection[int]) -> dict[int, str]:
    """What is written in a lesson, by its kind of work: what the school takes for an assessment."""
    rows = session.execute(
        select(Work.lesson_id, WorkType.name)
        .join(WorkType, WorkType.id == Work.work_type_id)
        .join(Lesson, Lesson.id == Work.lesson_id)
        .where(Work.lesson_id.in_(list(lesson_ids)), WorkType.assessment)
        .order_by(Work.id)
    )
    return {row.lesson_id: row.name for row in rows}


def _taught(row: AgendaRow, works: dict[int, str], say: Say) -> CalendarEvent:
    notes = []
    if row.planned_teacher:
        notes.append(say(N_("substitution, planned: %(name)s", name=row.planned_teacher)))
    return CalendarEvent(
        uid=f"lesson-{row.lesson_id}@{HOST}",
        summary=_summary(row.title, works.get(row.lesson_id), row.cancelled, row.distance, say),
        starts=row.starts_at,
        ends=row.ends_at,
        location=_room(row.room, row.distance, say),
        description="\n".join(notes),
        cancelled=row.cancelled,
    )


def _attended(one: PupilLesson, works: dict[int, str], say: Say) -> CalendarEvent:
    notes = [one.teacher]
    if one.instead_of and not one.cancelled:
        notes = [
            say(N_("%(name)s instead of %(planned)s", name=one.teacher, planned=one.instead_of))
        ]
    title = f"{one.subject} ({one.subgroup})" if one.subgroup else one.subject
    return CalendarEvent(
        uid=f"lesson-{one.id}-{one.pupil_id}@{HOST}",
        summary=_summary(title, works.get(one.id), one.cancelled, one.distance, say),
        starts=one.starts_at,
        ends=one.ends_at,
        location=_room(one.room, one.distance, say),
        description="\n".join(notes),
        cancelled=one.cancelled,
    )


def _summary(title: str, work: str | None, cancelled: bool, distance: bool, say: Say) -> str:
    if cancelled:
        return f"{title}: {say(N_('cancelled'))}"
    if work is not None:
        return f"{title}: {work[:1].lower()}{work[1:]}"
    return f"{title}: {say(N_('remote'))}" if distance else title


def _room(room: str | None, distance: bool, say: Say) -> str:
    return say(N_("room %(room)s", room=room)) if room and not distance else ""


def _homework(lessons: list[PupilLesson], say: Say) -> Iterator[CalendarEvent]:
    """On the day it is due, as a whole day: a program shows it above the lessons."""
    for day, tasks in due_tasks(lessons).items():
        for one in tasks:
            if one.task.text and not one.task.nothing:
                yield CalendarEvent(
                    uid=f"homework-{one.lesson_id}-{one.pupil_id}@{HOST}",
                    summary=say(N_("Homework: %(subject)s", subject=one.subject)),
                    day=day,
                    description=one.task.text,
                )
