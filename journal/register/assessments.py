"""The calendar of assessments of a class: weeks × days, who planned what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.clock import local_date
from journal.core.errors import Forbidden, NotFound
from journal.core.messages import N_, Message
from journal.grading.load_queries import assessments
from journal.grading.rules.load import APART, Assessment, assessment_warnings
from journal.school.calendar import HolidaySpan, holidays
from journal.school.class_names import ReadableClass, classes_of_year, classes_taught

WEEKS = 6
DAYS = 6  # Monday to Saturday


@dataclass(frozen=True, slots=True)
class Planned:
    """An assessment with what speaks against it."""

    assessment: Assessment
    warnings: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the class: its assessments, the name of a break."""

    day: date
    planned: tuple[Planned, ...]
    pause: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentCalendar:
    """The page; `classes` are those the actor may look at."""

    chosen: ReadableClass
    classes: tuple[ReadableClass, ...]
    today: date
    first: date
    weeks: tuple[tuple[CalendarDay, ...], ...]

    @property
    def before(self) -> date:
        """The Monday after the last week shown."""
        return self.first + timedelta(weeks=WEEKS)

    @property
    def earlier(self) -> date:
        """The Monday the page begins with one step back."""
        return self.first - timedelta(weeks=WEEKS)


def readable_classes(session: Session, actor: Actor, *, now: datetime) -> tuple[ReadableClass, ...]:
    """The classes of the present year whose calendar the actor may open."""
    today = local_date(now, actor.current.time_zone)
    if actor.may(Permission.READ_ANY_JOURNAL):
        return tuple(classes_of_year(session, day=today))
    return tuple(classes_taught(session, staff_id=actor.current.staff_id or 0, day=today))


def assessment_calendar(
    session: Session, actor: Actor, *, class_id: int, asked: date | None, now: datetime
) -> AssessmentCalendar:
    """Six weeks from the week of `asked` (the present one). NotFound, Forbidden."""
    classes = readable_classes(session, actor, now=now)
    chosen = next((one for one in classes if one.id == class_id), None)
    today = local_date(now, actor.current.time_zone)
    if chosen is None:
        if class_id not in {one.id for one in classes_of_year(session, day=today)}:
            raise NotFound()
        raise Forbidden(N_("The calendar is open to those who teach this class."))
    first = _monday(asked or today)
    return AssessmentCalendar(
        chosen=chosen,
        classes=classes,
        today=today,
        first=first,
        weeks=_weeks(session, chosen, first),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(
    session: Session, chosen: ReadableClass, first: date
) -> tuple[tuple[CalendarDay, ...], ...]:
    before = first + timedelta(weeks=WEEKS)
    found = assessments(session, [chosen.id], first=first - APART, before=before + APART)
    breaks = [
        one
        for one in holidays(session, chosen.academic_year_id)
        if not one.grades or chosen.grade in one.grades
    ]
    return tuple(
        tuple(_day(first + timedelta(weeks=week, days=day), found, breaks) for day in range(DAYS))
        for week in range(WEEKS)
    )


def _day(day: date, found: Sequence[Assessment], breaks: Sequence[HolidaySpan]) -> CalendarDay:
    planned = tuple(
        Planned(one, tuple(assessment_warnings(one, found, ())))
        for one in found
        if one.held_on == day
    )
    pause = next((one.name for one in breaks if one.starts_on <= day < one.ends_before), None)
    return CalendarDay(day, planned, pause)
