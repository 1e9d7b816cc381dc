"""What the page of one lesson shows: what can be done to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_
from sqlalchemy.orm import Session

from journal.lessons.models import Lesson
from journal.office.queries.colleagues import colleagues, day_lessons, subgroup_members
from journal.office.queries.desk import ArrangedLesson, arranged, away_between, possible
from journal.office.queries.lessons import LessonFacts, lesson_facts, lessons_where
from journal.office.rules.substitution import Proposal, choose_all
from journal.school.directory import RoomRow, room_rows

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonPage:
    """One lesson with everything that can be done to it."""

    lesson: ArrangedLesson
    proposals: tuple[Proposal, ...]
    rooms: tuple[RoomRow, ...]
    exchangeable: tuple[LessonFacts, ...]


def lesson_page(session: Session, lesson_id: int, *, now: datetime) -> LessonPage:
    """The lesson, who could take it, free rooms, lessons of its class to exchange with."""
    facts = lesson_facts(session, lesson_id)
    absent = away_between(session, first=facts.held_on, before=facts.held_on + timedelta(days=1))
    (lesson,) = arranged(session, [Lesson.id == lesson_id], absent)
    days = day_lessons(session, [facts.held_on])
    there = colleagues(session, first=facts.held_on, before=facts.held_on + timedelta(days=1))
    own = [one for one in days.get(facts.held_on, ()) if one.id == lesson_id]
    found = choose_all(own, days, there, subgroup_members(session, [facts]))
    busy = {one.room_id for one in _at_that_time(session, facts)}
    return LessonPage(
        lesson=lesson,
        proposals=possible(facts, found.get(lesson_id, ())),
        rooms=tuple(one for one in room_rows(session) if one.id not in busy),
        exchangeable=tuple(_exchangeable(session, facts, now)),
    )


def _at_that_time(session: Session, facts: LessonFacts) -> list[LessonFacts]:
    meeting = and_(Lesson.starts_at < facts.ends_at, Lesson.ends_at > facts.starts_at)
    return lessons_where(
        session, Lesson.held_on == facts.held_on, meeting, Lesson.status == "scheduled"
    )


def _exchangeable(session: Session, facts: LessonFacts, now: datetime) -> list[LessonFacts]:
    """Lessons of the class within a week that have not begun, are not changed, of other courses."""
    found = lessons_where(
        session,
        Lesson.held_on > facts.held_on - WEEK,
        Lesson.held_on < facts.held_on + WEEK,
        Lesson.starts_at > now,
        Lesson.status == "scheduled",
        Lesson.course_id != facts.course_id,
    )
    return [
        one
        for one in found
        if one.classes & facts.classes and not (one.changed or one.written or one.made_of)
    ]
