"""The specialist's desk: absences of a day, and pupils who miss too much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import groupby

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.absence_lists import DayAbsence, absences_on
from journal.attendance.counting import attendance_facts
from journal.attendance.rules import ABSENCE_LETTERS
from journal.attendance.rules.counting import tallies
from journal.attendance.rules.states import MISSED
from journal.attendance.rules.tally import Tally, over_threshold
from journal.core.clock import local_date
from journal.lessons.queries.agenda import Days
from journal.school.pupils_named import NamedPupil, named_pupils

LOOK_BACK = timedelta(days=28)
LIMIT_PERCENT = 30


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
    facts = attendance_facts(session, span=span, now=now, taken_only=True)
    counted = tallies(facts, key=lambda state: state.pupil_id)
    pupils = named_pupils(session, over_limit(counted), day=today)
    found = [
        AtRisk(pupil=one, planned=counted[one.pupil_id].due, missed=counted[one.pupil_id].missed)
        for one in pupils
    ]
    return sorted(found, key=lambda one: -one.share)


def over_limit(counted: Mapping[int, Tally]) -> list[int]:
    """Who missed more than 30 % of the lessons due to him."""
    return [
        pupil_id
        for pupil_id, tally in counted.items()
        if over_threshold(tally.missed, tally.due, LIMIT_PERCENT)
    ]


def _absent(rows: Iterable[DayAbsence]) -> Iterable[AbsentToday]:
    """Latecomers alone are not absent; rows come by class and name."""
    for _, own in groupby(rows, key=lambda row: row.pupil_id):
        entries = list(own)
        if any(one.code in MISSED for one in entries):
            marks = tuple((one.number, one.code, ABSENCE_LETTERS[one.code]) for one in entries)
            yield AbsentToday(entries[0].name, entries[0].class_name, marks)
