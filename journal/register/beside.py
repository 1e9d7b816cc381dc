"""What the panel of a lesson shows beside the page's facts: the plan's next topic, files, tasks of
single pupils, one's templates. Asked for when the panel opens, so that the page stays light."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.lessons.desk import Desk, open_desk
from journal.lessons.queries import load_course
from journal.lessons.queries.homework import (
    LessonHomework,
    Template,
    lesson_homework,
    templates_of,
)
from journal.lessons.queries.plans import slots_of_courses, topics_of_courses
from journal.lessons.rules import CourseHead, EntryKind
from journal.lessons.rules.planning import Place, Topic, attach
from journal.lessons.service import next_lesson_day

CHOICES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonBeside:
    """`topic` is the plan's for this lesson, `choices` the next ones that are not done yet."""

    head: CourseHead
    can_topic: bool
    can_homework: bool
    topic: Place | None
    choices: tuple[Place, ...]
    due_from: date
    next_day: date | None
    homework: LessonHomework
    templates: tuple[Template, ...]


def lesson_beside(
    session: Session, actor: Actor, *, course_id: int, lesson_id: int, now: datetime
) -> LessonBeside:
    """Raises NotFound and Forbidden as the journal page does."""
    desk = _desk(session, actor, course_id, lesson_id, now)
    lesson = desk.lesson(lesson_id)
    topics = topics_of_courses(session, [course_id]).get(course_id, [])
    slots = slots_of_courses(session, [course_id]).get(course_id, [])
    found = attach(topics, slots)
    staff_id = desk.head.writer(actor)
    return LessonBeside(
        head=desk.head,
        can_topic=_may(desk, lesson_id, EntryKind.TOPIC),
        can_homework=_may(desk, lesson_id, EntryKind.HOMEWORK),
        topic=found.get(lesson_id),
        choices=_choices(topics, found),
        due_from=lesson.held_on + timedelta(days=1),
        next_day=next_lesson_day(desk, lesson),
        homework=lesson_homework(session, lesson_id),
        templates=tuple(templates_of(session, staff_id)) if staff_id else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTopics:
    """Of the lessons without a topic in the journal, by lesson: what the plan has for each. `open`
    are the hours that the journal has not written yet, in order: for a lesson that got none,
    because the plan is shorter than the year or lessons before it stayed empty."""

    by_lesson: dict[int, Place]
    open: tuple[Place, ...]


def planned_topics(
    session: Session, actor: Actor, *, course_id: int, now: datetime
) -> PlannedTopics | None:
    """None without a plan. Raises NotFound and Forbidden as the journal page does."""
    load_course(session, actor, course_id, now=now)
    topics = topics_of_courses(session, [course_id]).get(course_id)
    if not topics:
        return None
    slots = slots_of_courses(session, [course_id]).get(course_id, [])
    found = attach(topics, slots)
    return PlannedTopics(
        by_lesson={lesson: one for lesson, one in found.items() if not one.written},
        open=tuple(_open_hours(topics, found)),
    )


def _desk(session: Session, actor: Actor, course_id: int, lesson_id: int, now: datetime) -> Desk:
    return open_desk(
        session,
        actor,
        course_id=course_id,
        lesson_ids=[lesson_id],
        pupil_ids=(),
        now=now,
        reading=True,
    )


def _may(desk: Desk, lesson_id: int, kind: EntryKind) -> bool:
    lesson = desk.lesson(lesson_id)
    own = desk.head.writes(desk.actor, held_on=lesson.held_on, lesson_staff_id=lesson.staff_id)
    return own and desk.window(kind, lesson).open


def _choices(topics: list[Topic], found: dict[int, Place]) -> tuple[Place, ...]:
    """Topics with hours that the journal has not written yet, in order, each once."""
    firsts = {one.topic.id: one for one in reversed(list(_open_hours(topics, found)))}
    return tuple(firsts[topic.id] for topic in topics if topic.id in firsts)[:CHOICES]


def _open_hours(topics: Iterable[Topic], found: Mapping[int, Place]) -> Iterator[Place]:
    """The hours of the plan that the journal has not written yet, in order."""
    written = Counter(place.topic.id for place in found.values() if place.written)
    for topic in topics:
        for hour in range(written[topic.id] + 1, topic.hours + 1):
            yield Place(topic, hour, written=False)
