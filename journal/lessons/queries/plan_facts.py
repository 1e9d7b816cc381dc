"""план и факт of a course: the one figure of lists, of the plan's page and of control."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from journal.lessons.queries.plans import PlannedCourse
from journal.lessons.rules.planning import PlanFact, Slot, Topic, expected_lessons, plan_fact
from journal.school.calendar import HolidaySpan
from journal.school.rules import Span


def fact_of_course(
    course: PlannedCourse,
    topics: Sequence[Topic],
    slots: Sequence[Slot],
    *,
    year: Span,
    breaks: Iterable[HolidaySpan],
    now: datetime,
) -> PlanFact:
    """How far the course is, with the lessons to expect where there is no timetable yet."""
    own = [
        Span(one.starts_on, one.ends_before)
        for one in breaks
        if not one.grades or course.grade in one.grades
    ]
    after = slots[-1].held_on + timedelta(days=1) if slots else year.starts_on
    before = year.ends_before or after
    return plan_fact(
        topics, slots, now=now, expected=expected_lessons(after, before, own, course.hours)
    )
