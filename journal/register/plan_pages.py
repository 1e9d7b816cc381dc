"""The pages of lesson plans: a list with plan and fact, and the plan of one course."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.clock import local_date
from journal.lessons.plans import keeps_plan
from journal.lessons.queries import load_course
from journal.lessons.queries.calendar import school_calendar
from journal.lessons.queries.plan_facts import fact_of_course
from journal.lessons.queries.plan_sources import PlanSource, plan_sources
from journal.lessons.queries.plans import (
    PlanHead,
    PlannedCourse,
    grades_with_courses,
    plan_of_course,
    planned_courses,
    slots_of_courses,
    topics_of_courses,
)
from journal.lessons.rules import CourseHead
from journal.lessons.rules.planning import (
    PlanFact,
    Slot,
    Topic,
    attach,
)
from journal.school.calendar import HolidaySpan, holidays
from journal.school.rules import Span


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A course of the list; `fact` is None where there is no plan yet."""

    course: PlannedCourse
    fact: PlanFact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanList:
    """Own courses of a teacher; with `grades` those of a parallel, for who reads all of them."""

    lines: tuple[PlanLine, ...]
    grades: tuple[int, ...] = ()
    grade: int | None = None


def plan_list(session: Session, actor: Actor, *, grade: int | None, now: datetime) -> PlanList:
    """The plans the actor keeps, or those of the parallel `grade` for the office."""
    today = local_date(now, actor.current.time_zone)
    calendar = school_calendar(session, day=today, zone=actor.current.time_zone)
    if calendar.year_id is None or calendar.year is None:
        return PlanList(lines=())
    year_id, staff_id = calendar.year_id, actor.current.staff_id
    reads_all = actor.may(Permission.READ_ANY_JOURNAL)
    grades = tuple(grades_with_courses(session, year_id)) if reads_all else ()
    chosen = (
        grade if grade in grades else (grades[0] if grades and not staff_teaches(actor) else None)
    )
    courses = planned_courses(
        session,
        year_id=year_id,
        day=today,
        staff_id=None if chosen is not None else staff_id,
        grade=chosen,
    )
    lines = _lines(session, courses, calendar.year, holidays(session, year_id), now)
    return PlanList(lines=lines, grades=grades, grade=chosen)


def staff_teaches(actor: Actor) -> bool:
    """Whether the actor writes in lessons of his own."""
    return actor.may(Permission.WRITE_LESSONS)


def _lines(
    session: Session,
    courses: Sequence[PlannedCourse],
    year: Span,
    breaks: Sequence[HolidaySpan],
    now: datetime,
) -> tuple[PlanLine, ...]:
    ids = [one.course_id for one in courses]
    topics, slots = topics_of_courses(session, ids), slots_of_courses(session, ids)
    return tuple(
        PlanLine(
            one,
            _fact(one, topics.get(one.course_id), slots.get(one.course_id, []), year, breaks, now),
        )
        for one in courses
    )


def _fact(
    course: PlannedCourse,
    topics: list[Topic] | None,
    slots: list[Slot],
    year: Span,
    breaks: Sequence[HolidaySpan],
    now: datetime,
) -> PlanFact | None:
    if topics is None:
        return None
    return fact_of_course(course, topics, slots, year=year, breaks=breaks, now=now)


@dataclass(frozen=True, slots=True)
class TopicLesson:
    """A lesson a topic lies in; `written` when the journal says so."""

    lesson_id: int
    held_on: date
    written: bool


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic with its lessons."""

    topic: Topic
    lessons: tuple[TopicLesson, ...]

    @property
    def done(self) -> bool:
        """All of its hours are written in the journal."""
        return sum(one.written for one in self.lessons) >= self.topic.hours


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """The plan of a course. `others` follow the same plan, `parallel` are own courses that could;
    `coming` are lessons a topic can be pinned to; `outside` were given to something else."""

    head: CourseHead
    plan: PlanHead | None
    keeps: bool
    course: PlannedCourse
    rows: tuple[TopicRow, ...]
    fact: PlanFact | None
    others: tuple[PlannedCourse, ...]
    parallel: tuple[PlannedCourse, ...]
    sources: tuple[PlanSource, ...]
    coming: tuple[date, ...]
    outside: tuple[Slot, ...]

    @property
    def version(self) -> int:
        """What the table is saved against; 0 for none yet."""
        return self.plan.version if self.plan else 0

    @property
    def owned(self) -> bool:
        """Whether the plan bears the name of this very course."""
        key = (self.head.classes_key, self.head.subgroup)
        return self.plan is not None and (self.plan.classes_key, self.plan.subgroup) == key


def plan_page(session: Session, actor: Actor, *, course_id: int, now: datetime) -> PlanPage:
    """The plan of a course the actor may read. NotFound, Forbidden."""
    head = load_course(session, actor, course_id, now=now)
    plan = plan_of_course(session, course_id)
    parallel = _parallel(session, head, now)
    course = next(one for one in parallel if one.course_id == course_id)
    topics = topics_of_courses(session, [course_id]).get(course_id, [])
    slots = slots_of_courses(session, [course_id]).get(course_id, [])
    breaks = holidays(session, head.year_id)
    keeps = keeps_plan(actor, head)
    return PlanPage(
        head=head,
        plan=plan,
        keeps=keeps,
        course=course,
        rows=_rows(topics, slots),
        fact=_fact(course, topics, slots, head.year, breaks, now) if plan else None,
        others=_following(parallel, course, same=True),
        parallel=_following(_own(actor, head, parallel), course, same=False),
        sources=_sources(session, head, plan) if keeps else (),
        coming=tuple(one.held_on for one in slots if one.ends_at > now and not one.cancelled),
        outside=_outside(topics, slots),
    )


def _parallel(session: Session, head: CourseHead, now: datetime) -> list[PlannedCourse]:
    return planned_courses(
        session,
        year_id=head.year_id,
        day=local_date(now, head.zone),
        grade=head.grade,
        subject_id=head.subject_id,
    )


def _outside(topics: Sequence[Topic], slots: Sequence[Slot]) -> tuple[Slot, ...]:
    found = attach(topics, slots)
    given = (one for one in slots if one.written and not one.cancelled)
    return tuple(one for one in given if one.id not in found)


def _rows(topics: Sequence[Topic], slots: Sequence[Slot]) -> tuple[TopicRow, ...]:
    places: dict[int, list[TopicLesson]] = {}
    found = attach(topics, slots)
    for slot in slots:
        if slot.id in found:
            lesson = TopicLesson(slot.id, slot.held_on, found[slot.id].written)
            places.setdefault(found[slot.id].topic.id, []).append(lesson)
    return tuple(TopicRow(one, tuple(places.get(one.id, ()))) for one in topics)


def _following(
    courses: Iterable[PlannedCourse], course: PlannedCourse, *, same: bool
) -> tuple[PlannedCourse, ...]:
    return tuple(
        one
        for one in courses
        if one.course_id != course.course_id
        and course.plan_id is not None
        and (one.plan_id == course.plan_id) is same
    )


def _own(actor: Actor, head: CourseHead, parallel: Iterable[PlannedCourse]) -> list[PlannedCourse]:
    staff_id = head.writer(actor)
    return [one for one in parallel if staff_id in one.staff_ids]


def _sources(session: Session, head: CourseHead, plan: PlanHead | None) -> tuple[PlanSource, ...]:
    found = plan_sources(
        session,
        subject_id=head.subject_id,
        grade=head.grade,
        year_id=head.year_id,
        not_plan=plan.id if plan else None,
    )
    return tuple(found)
