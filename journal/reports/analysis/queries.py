"""Reads of the analysis: the period's results, quality over the terms, attendance of classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.rules import attendance_share
from journal.attendance.rules.counting import PupilState, tallies
from journal.attendance.rules.tally import Tally as PupilLessons
from journal.control.filling_stats import teacher_stats, whole_school
from journal.control.setup import read_setup
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.core.messages import N_, Message
from journal.grading.rules.shares import Tally
from journal.lessons.queries.agenda import Days
from journal.lessons.queries.calendar import school_calendar
from journal.lessons.queries.plans import planned_courses
from journal.lessons.queries.unlocks import count_pending
from journal.office.adoption.queries import read_adoption
from journal.reports.analysis.rules import (
    Compared,
    Rating,
    compared_classes,
    compared_parallels,
    compared_subjects,
)
from journal.reports.certifying.models import CertifiedSheet
from journal.results.queries.school import course_outcomes, school_outcomes
from journal.results.rules.periods import Period, period_to_open, periods_of_year
from journal.school.calendar import YearSpan, year_to_open, years
from journal.school.queries import term_spans
from journal.school.rules import Span, term_name
from journal.school.stays import year_classes

NO_YEAR = N_("The school has no terms yet: the administrator enters them.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """The page at `chosen`; `trend` is the quality of each class at every period that has ended,
    `attendance` the share of each class in the chosen one."""

    year: YearSpan
    periods: tuple[Period, ...]
    chosen: Period
    over: bool
    classes: tuple[Compared, ...]
    parallels: tuple[Compared, ...]
    subjects: tuple[Compared, ...]
    marks: Tally
    trend: tuple[tuple[Period, Mapping[str, Compared]], ...]
    attendance: Mapping[str, Fraction | None]


def analysis(session: Session, actor: Actor, *, at: str | None, now: datetime) -> Analysis:
    """The comparisons of a period (None: the latest that has ended)."""
    today = local_date(now, actor.current.time_zone)
    year = year_to_open(years(session), today)
    if year is None:
        raise NotFound(NO_YEAR)
    periods = periods_of_year(term_spans(session, year.id), Span(year.starts_on, year.ends_before))
    chosen = _chosen(periods, at, today)
    outcomes = school_outcomes(session, year, chosen)
    parallels = tuple(compared_parallels(outcomes))
    ended = [one for one in periods if one.last_day < today and one.key != "year"]
    return Analysis(
        year=year,
        periods=periods,
        chosen=chosen,
        over=chosen.last_day < today,
        classes=tuple(compared_classes(outcomes)),
        parallels=parallels,
        subjects=tuple(compared_subjects(course_outcomes(session, year, chosen))),
        marks=parallels[-1].marks if parallels else Tally.empty(),
        trend=tuple((one, _classes(session, year, one)) for one in ended),
        attendance=_attendance(session, year, chosen, today, now),
    )


def _chosen(periods: tuple[Period, ...], at: str | None, today: date) -> Period:
    if at is None:
        found = period_to_open(periods, today)
    else:
        found = next((one for one in periods if one.key == at), None)
    if found is None:
        raise NotFound(None if periods else NO_YEAR)
    return found


def _classes(session: Session, year: YearSpan, period: Period) -> dict[str, Compared]:
    found = compared_classes(school_outcomes(session, year, period))
    return {str(one.name): one for one in found}


def _attendance(
    session: Session, year: YearSpan, period: Period, today: date, now: datetime
) -> dict[str, Fraction | None]:
    """Of each class at its own place of the period, over lessons whose register is filled."""
    last = min(period.last_day, today) + timedelta(days=1)
    first = min(period.span.starts_on, last)
    facts = attendance_facts(session, Chosen(Days(first, last), now, taken_only=True))
    classes = year_classes(session, year.id)
    spans = {one.id: place.span for one in classes if (place := period.place_of(one.grade))}

    def key(one: PupilState) -> int:
        span = spans.get(one.class_group_id)
        return one.class_group_id if span is not None and span.covers(one.lesson.day) else 0

    found = tallies(facts, key=key)
    return {one.name: _share(found.get(one.id)) for one in classes}


def _share(tally: PupilLessons | None) -> Fraction | None:
    return None if tally is None else attendance_share(tally.due, tally.missed)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something left open: whose it is, what, how many, the place that shows it."""

    owner: Message
    words: Message
    count: int
    endpoint: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class ClosedTerm:
    """A term whose days of entering are over: the classes, (id, name), of which nobody has
    certified the summary sheet."""

    key: str
    name: Message
    classes: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Oversight:
    """What deputies and the administrator have left open (D29), and the activity rating."""

    items: tuple[OpenItem, ...]
    uncertified: tuple[ClosedTerm, ...]
    rating: Rating


DEPUTY, ADMINISTRATOR = N_("Deputy director"), N_("Administrator")


def oversight(session: Session, actor: Actor, *, now: datetime) -> Oversight:
    """Made from the data at each look."""
    zone = actor.current.time_zone
    today = local_date(now, zone)
    year = year_to_open(years(session), today)
    if year is None:
        raise NotFound(NO_YEAR)
    setup = read_setup(session, year=year, today=today, now=now)
    plan = read_adoption(session, year=year, today=today, now=now)
    terms = tuple(_uncertified(session, year, today))
    gaps = sum(one.state != "ok" for one in setup.items)
    items = (
        OpenItem(DEPUTY, N_("Requests to unlock wait"), count_pending(session), "unlocks.listing"),
        OpenItem(
            DEPUTY,
            N_("Summary sheets of closed terms are not certified"),
            sum(len(one.classes) for one in terms),
            "analysis.left_open",
            "uncertified",
        ),
        OpenItem(ADMINISTRATOR, N_("Parts of the set-up are not in order"), gaps, "adoption.plan"),
        OpenItem(
            ADMINISTRATOR, N_("Items of the adoption plan are overdue"), plan.late, "adoption.plan"
        ),
    )
    return Oversight(items, terms, _rating(session, year, today, now, zone))


def _uncertified(session: Session, year: YearSpan, today: date) -> Iterator[ClosedTerm]:
    """Terms with classes whose sheet of it nobody has certified; grade 1 has no marks."""
    groups = [one for one in year_classes(session, year.id) if one.grade > 1]
    rows = session.execute(select(CertifiedSheet.class_group_id, CertifiedSheet.place).distinct())
    kept = {(row[0], row[1]) for row in rows}
    for term in term_spans(session, year.id):
        key = f"{term.kind}-{term.number}"
        classes = tuple(
            (one.id, one.name)
            for one in groups
            if (not term.grades or one.grade in term.grades) and (one.id, key) not in kept
        )
        if classes and term.closed_on(today):
            yield ClosedTerm(key, term_name(term.kind, term.number), classes)


def _rating(session: Session, year: YearSpan, today: date, now: datetime, zone: str) -> Rating:
    calendar = school_calendar(session, day=today, zone=zone)
    going = [one.starts_on for one in calendar.terms if one.covers(today)]
    first = min(going, default=year.starts_on)
    span = Days(min(first, today), today + timedelta(days=1))
    filled = whole_school(teacher_stats(session, calendar, span=span, now=now))
    courses = planned_courses(session, year_id=year.id, day=today)
    access = read_setup(session, year=year, today=today, now=now).access
    people = (access.pupils, access.guardians)
    return Rating(
        (filled.on_time, filled.closed),
        (sum(one.plan_id is not None for one in courses), len(courses)),
        (sum(one.own for one in people), sum(one.total for one in people)),
    )
