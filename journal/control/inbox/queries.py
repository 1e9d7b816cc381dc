"""The pages of the inbox: remarks, the green and red board, what is ahead, who fills late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.control.filling_stats import TeacherStats, teacher_stats, whole_school
from journal.control.inbox.filling import late_remarks, unfilled_remarks
from journal.control.inbox.progress import mark_remarks, plan_remarks, term_facts
from journal.control.inbox.rules import (
    RECENT,
    Group,
    Remark,
    RemarkKind,
    by_age,
    by_kind,
    by_teacher,
)
from journal.core.clock import local_date
from journal.lessons.queries.agenda import Days
from journal.lessons.queries.calendar import SchoolCalendar, school_calendar
from journal.school.directory import class_choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """The remarks that are open; `counts` are of all kinds, `groups` of those chosen, `classes`
    have any."""

    today: date
    counts: Counter[RemarkKind]
    classes: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def total(self) -> int:
        """All that are open."""
        return self.counts.total()

    @property
    def shown(self) -> int:
        """Those of the choice."""
        return sum(len(group.remarks) for group in self.groups)


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A class with how many remarks of each kind its courses have."""

    class_id: int
    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Of all kinds; zero is green."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the terms that last today will end with; None in a break."""

    today: date
    ends_on: date | None
    groups: tuple[Group, ...]

    @property
    def days_left(self) -> int:
        """Days to the nearest end of a term."""
        return 0 if self.ends_on is None else (self.ends_on - self.today).days


@dataclass(frozen=True, slots=True)
class Statistics:
    """The teachers, who has the smallest share first; both days inclusive."""

    first: date
    last: date
    teachers: tuple[TeacherStats, ...]
    school: TeacherStats

    @property
    def lines(self) -> tuple[TeacherStats, ...]:
        """The teachers, then the school."""
        return (*self.teachers, self.school)


def inbox(
    session: Session,
    actor: Actor,
    *,
    kind: RemarkKind | None,
    staff_id: int | None,
    aged: bool,
    now: datetime,
    class_name: str | None = None,
) -> Inbox:
    """Every remark that is open now, of one kind, teacher or class, by teacher or by age."""
    today = local_date(now, actor.current.time_zone)
    remarks = open_remarks(session, actor, now=now)
    chosen = [
        one
        for one in remarks
        if kind in (None, one.kind)
        and staff_id in (None, one.staff_id)
        and class_name in (None, *one.classes)
    ]
    return Inbox(
        today=today,
        counts=Counter(one.kind for one in remarks),
        classes=tuple(sorted({name for one in remarks for name in one.classes}, key=_in_order)),
        groups=by_age(chosen, today) if aged else by_teacher(chosen),
    )


def _in_order(name: str) -> tuple[int, str]:
    """9Б before 10А."""
    return len(name), name


def open_remarks(session: Session, actor: Actor, *, now: datetime) -> list[Remark]:
    """All kinds, made from the data as they are. Some twenty statements whatever the school."""
    zone = actor.current.time_zone
    today = local_date(now, zone)
    calendar = school_calendar(session, day=today, zone=zone)
    first = _first_day(calendar, today)
    found = list(unfilled_remarks(session, calendar, first=first, today=today, now=now))
    recent = Days(today - RECENT + timedelta(days=1), today + timedelta(days=1))
    found += late_remarks(teacher_stats(session, calendar, span=recent, now=now))
    facts = term_facts(session, actor, calendar, now=now, always=False)
    found += mark_remarks(facts) if facts else ()
    plans = plan_remarks(session, calendar, today=today, now=now)
    return found + [one for one in plans if one.kind is not RemarkKind.MISFIT]


def _first_day(calendar: SchoolCalendar, today: date) -> date:
    """The first day of the terms that last today, else of the year: older gaps are closed with
    their term and no remark can help them."""
    going = [one.starts_on for one in calendar.terms if one.covers(today)]
    if going:
        return min(going)
    return calendar.year.starts_on if calendar.year else today


def board(session: Session, actor: Actor, *, now: datetime) -> list[BoardLine]:
    """Class by class how many remarks of each kind, in the order of RemarkKind."""
    zone = actor.current.time_zone
    calendar = school_calendar(session, day=local_date(now, zone), zone=zone)
    classes = class_choices(session, calendar.year_id) if calendar.year_id else []
    return board_lines(classes, open_remarks(session, actor, now=now))


def board_lines(classes: Sequence[tuple[int, str]], remarks: Iterable[Remark]) -> list[BoardLine]:
    """A remark of a cross-class group counts in each of its classes."""
    counts = Counter((name, one.kind) for one in remarks for name in one.classes)
    return [
        BoardLine(class_id, name, tuple(counts[name, kind] for kind in OF_CLASSES))
        for class_id, name in classes
    ]


IN_INBOX = tuple(kind for kind in RemarkKind if kind is not RemarkKind.MISFIT)
_ELSEWHERE = (RemarkKind.LATE, RemarkKind.MISFIT)
OF_CLASSES = tuple(kind for kind in RemarkKind if kind not in _ELSEWHERE)


_COMING = (RemarkKind.RISK, RemarkKind.MISFIT, RemarkKind.FEW)


def ahead(session: Session, actor: Actor, *, now: datetime) -> Ahead:
    """«2» and н/а that would be given today, too few marks, hours that will not fit."""
    zone = actor.current.time_zone
    today = local_date(now, zone)
    calendar = school_calendar(session, day=today, zone=zone)
    facts = term_facts(session, actor, calendar, now=now, always=True)
    found = list(mark_remarks(facts, always=True)) if facts else []
    found += plan_remarks(session, calendar, today=today, now=now)
    ends = min((one.ends_before for one in facts.terms), default=None) if facts else None
    last = None if ends is None else ends - timedelta(days=1)
    return Ahead(today, last, by_kind(found, _COMING))


def statistics(
    session: Session, actor: Actor, *, first: date | None, last: date | None, now: datetime
) -> Statistics:
    """Of the span, by default of the present term up to today."""
    zone = actor.current.time_zone
    today = local_date(now, zone)
    calendar = school_calendar(session, day=today, zone=zone)
    last = last or today
    first = min(first or _first_day(calendar, today), last)
    first = max(first, last - timedelta(days=365))
    span = Days(first, last + timedelta(days=1))
    stats = teacher_stats(session, calendar, span=span, now=now)
    ordered = sorted(stats.values(), key=lambda one: (one.share is None, one.share or 0, one.name))
    return Statistics(first, last, tuple(ordered), whole_school(stats))
