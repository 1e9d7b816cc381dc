"""A teacher's journal pages: own courses of the year, and those of substituted lessons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.control.words import span_words
from journal.core.clock import local_date
from journal.core.messages import Message
from journal.lessons.queries.calendar import school_calendar
from journal.lessons.queries.course_lists import (
    CourseLine,
    Load,
    courses_of_staff,
    loads_of_staff,
)
from journal.school.rules import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCourse:
    """A course of the list. `when` names the spans, unless they are the whole year; `hours` a week
    are those of the day, None when the course is not taught on it."""

    line: CourseLine
    hours: Decimal | None
    when: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherCourses:
    """The page: taught courses, substituted ones, and the sum of the hours a week today."""

    own: tuple[OwnCourse, ...]
    substituted: tuple[CourseLine, ...]
    hours: Decimal


def teacher_courses(session: Session, actor: Actor, *, now: datetime) -> TeacherCourses:
    """The journal pages of the actor in the present academic year."""
    zone, staff_id = actor.current.time_zone, actor.current.staff_id or 0
    today = local_date(now, zone)
    calendar = school_calendar(session, day=today, zone=zone)
    if calendar.year_id is None or calendar.year is None:
        return TeacherCourses(own=(), substituted=(), hours=Decimal(0))
    year_id = calendar.year_id
    return build_courses(
        courses_of_staff(session, staff_id=staff_id, year_id=year_id, now=now),
        loads_of_staff(session, staff_id=staff_id, year_id=year_id),
        year=calendar.year,
        today=today,
    )


def build_courses(
    lines: Iterable[CourseLine], loads: Iterable[Load], *, year: Span, today: date
) -> TeacherCourses:
    """Sort the courses into own and substituted, purely."""
    taught: dict[int, list[Load]] = {}
    for one in loads:
        taught.setdefault(one.course_id, []).append(one)
    own, substituted = [], []
    for line in lines:
        if line.course_id in taught:
            own.append(_own(line, taught[line.course_id], year, today))
        else:
            substituted.append(line)
    hours = sum((one.hours for one in own if one.hours is not None), Decimal(0))
    return TeacherCourses(own=tuple(own), substituted=tuple(substituted), hours=hours)


def _own(line: CourseLine, loads: list[Load], year: Span, today: date) -> OwnCourse:
    now_taught = [one.hours for one in loads if one.span.covers(today)]
    return OwnCourse(
        line=line,
        hours=sum(now_taught, Decimal(0)) if now_taught else None,
        when=tuple(span_words(one.span) for one in loads if not _whole_year(one.span, year)),
    )


def _whole_year(span: Span, year: Span) -> bool:
    ends = span.ends_before is None or (
        year.ends_before is not None and span.ends_before >= year.ends_before
    )
    return span.starts_on <= year.starts_on and ends
