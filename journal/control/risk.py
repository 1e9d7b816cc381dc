"""The specialist's desk: absences of a day, and pupils who miss too much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import groupby

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.absence_lists import (
    MISSED,
    DayAbsence,
    absences_on,
    missed_by_pupil,
)
from journal.attendance.rules import ABSENCE_LETTERS
from journal.control.planned import planned_lessons
from journal.core.clock import local_date
from journal.lessons.queries.agenda import Days
from journal.lessons.queries.taught import taught_groups
from journal.school.pupils_named import NamedPupil, named_pupils

LOOK_BACK = timedelta(days=28)
LIMIT = Fraction(30, 100)


@dataclass(frozen=True, slots=True)
class AbsentToday:
    """A pupil with his entries of the day: (lesson number, code, letter)."""

    name: str
    class_name: str
    entries: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRisk:
    """A pupil over the limit: `missed` of `planned` lessons, as an exact share."""

    pupil: NamedPupil
    planned: int
    missed: int

    @property
    def share(self) -> Fraction:
        """Missed ÷ planned."""
        return Fraction(self.missed, self.planned)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskDesk:
    """The page; the risk list covers [span.starts_on, span.ends_before)."""

    day: date
    today: date
    span: Days
    absent: tuple[AbsentToday, ...]
    at_risk: tuple[AtRisk, ...]

    @property
    def previous(self) -> date:
        """The day before."""
        return self.day - timedelta(days=1)

    @property
    def next(self) -> date:
        """The day after."""
        return self.day + timedelta(days=1)

    @property
    def last_day(self) -> date:
        """The last day the risk list covers."""
        return self.span.ends_before - timedelta(days=1)


def risk_desk(session: Session, actor: Actor, *, asked: date | None, now: datetime) -> RiskDesk:
    """The desk at that day (today by default); the risk list is always up to today. Seven queries
    whatever the size of the school."""
    today = local_date(now, actor.current.time_zone)
    day = asked or today
    span = Days(today - LOOK_BACK + timedelta(days=1), today + timedelta(days=1))
    return RiskDesk(
        day=day,
        today=today,
        span=span,
        absent=tuple(_absent(absences_on(session, day=day))),
        at_risk=tuple(_at_risk(session, span, today, now)),
    )


def _at_risk(session: Session, span: Days, today: date, now: datetime) -> list[AtRisk]:
    missed, planned = Counter[int](), Counter[int]()
    counts = missed_by_pupil(
        session, starts_on=span.starts_on, ends_before=span.ends_before, now=now
    )
    for one in counts:
        missed[one.pupil_id] += one.lessons
    taught = taught_groups(session, span=span, now=now)
    for pupil_id, _, lessons in planned_lessons(session, taught):
        planned[pupil_id] += lessons
    pupils = named_pupils(session, over_limit(planned, missed), day=today)
    found = [
        AtRisk(pupil=one, planned=planned[one.pupil_id], missed=missed[one.pupil_id])
        for one in pupils
    ]
    return sorted(found, key=lambda one: -one.share)


def over_limit(planned: Counter[int], missed: Counter[int]) -> list[int]:
    """Who missed more than 30 % of the lessons planned for him."""
    return [
        pupil_id
        for pupil_id, lessons in missed.items()
        if planned[pupil_id] and Fraction(lessons, planned[pupil_id]) > LIMIT
    ]


def _absent(rows: Iterable[DayAbsence]) -> Iterable[AbsentToday]:
    """Latecomers alone are not absent; rows come by class and name."""
    for _, own in groupby(rows, key=lambda row: row.pupil_id):
        entries = list(own)
        if any(one.code in MISSED for one in entries):
            marks = tuple((one.number, one.code, ABSENCE_LETTERS[one.code]) for one in entries)
            yield AbsentToday(entries[0].name, entries[0].class_name, marks)
