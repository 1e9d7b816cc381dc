"""The specialist's desk: absences of a day, pupils at risk, the card of one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.absence_lists import DayAbsence, absences_on
from journal.attendance.rules import ABSENCE_LETTERS
from journal.attendance.rules.counting import states_by_day
from journal.attendance.rules.states import MISSED
from journal.attendance.rules.tally import AttendanceFigure, explained
from journal.control.outlook import (
    Grounds,
    PupilOutlook,
    grounds,
    outlook_of,
    pupils_at_risk,
)
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.people.names import pupil_names
from journal.school.pupils_named import classes_of_year


class Why(StrEnum):
    """A kind of risk, as the address names it."""

    ABSENCES = "absences"
    FALLS = "falls"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class AbsentToday:
    """A pupil with his entries of the day: (lesson number, code, letter)."""

    pupil_id: int
    name: str
    class_name: str
    entries: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskDesk:
    """The page. `why` narrows the list to one kind of risk."""

    day: date
    today: date
    known: Grounds
    absent: tuple[AbsentToday, ...]
    everybody: tuple[PupilOutlook, ...]
    why: Why | None

    @property
    def previous(self) -> date:
        """The day before."""
        return self.day - timedelta(days=1)

    @property
    def next(self) -> date:
        """The day after."""
        return self.day + timedelta(days=1)

    @property
    def at_risk(self) -> tuple[PupilOutlook, ...]:
        """Who is listed."""
        if self.why is None:
            return self.everybody
        return tuple(one for one in self.everybody if has(one, self.why))

    def count(self, why: Why) -> int:
        """How many have that kind of risk."""
        return sum(has(one, why) for one in self.everybody)


def has(one: PupilOutlook, why: Why) -> bool:
    """Whether the pupil has that kind of risk."""
    if why is Why.ABSENCES:
        return one.misses_much
    return one.falling if why is Why.FALLS else bool(one.ahead)


def risk_desk(
    session: Session, actor: Actor, *, asked: date | None, why: Why | None, now: datetime
) -> RiskDesk:
    """The desk at that day (today by default); the risk list is always up to today. Nine queries
    whatever the size of the school."""
    today = local_date(now, actor.current.time_zone)
    day = asked or today
    known = grounds(session, actor, now=now)
    return RiskDesk(
        day=day,
        today=today,
        known=known,
        absent=tuple(_absent(absences_on(session, day=day))),
        everybody=tuple(pupils_at_risk(known)),
        why=why,
    )


def _absent(rows: Iterable[DayAbsence]) -> Iterable[AbsentToday]:
    """Latecomers alone are not absent; rows come by class and name."""
    for pupil_id, own in groupby(rows, key=lambda row: row.pupil_id):
        entries = list(own)
        if any(one.code in MISSED for one in entries):
            marks = tuple((one.number, one.code, ABSENCE_LETTERS[one.code]) for one in entries)
            yield AbsentToday(pupil_id, entries[0].name, entries[0].class_name, marks)


@dataclass(frozen=True, slots=True)
class AbsentLesson:
    """A lesson missed, or come late to."""

    number: int
    subject: str
    code: str
    letter: str


@dataclass(frozen=True, slots=True)
class AbsentDay:
    """A day with its missed lessons."""

    day: date
    lessons: tuple[AbsentLesson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilCard:
    """A pupil with every reason and what it is made of; no outlook: he is in no class today."""

    pupil_id: int
    name: str
    known: Grounds
    outlook: PupilOutlook | None
    days: tuple[AbsentDay, ...]

    @property
    def attendance(self) -> AttendanceFigure | None:
        """The share of the recent days, explained."""
        return explained(self.outlook.recent) if self.outlook else None


def pupil_card(session: Session, actor: Actor, pupil_id: int, *, now: datetime) -> PupilCard:
    """The card of any pupil of the school; NotFound. Ten queries."""
    today = local_date(now, actor.current.time_zone)
    name = pupil_names(session, [pupil_id]).get(pupil_id)
    if name is None:
        raise NotFound()
    classes = classes_of_year(session, pupil_id, day=today)
    known = grounds(session, actor, now=now, pupil_ids=[pupil_id], class_ids=classes)
    return PupilCard(
        pupil_id=pupil_id,
        name=name,
        known=known,
        outlook=outlook_of(known, pupil_id),
        days=tuple(_days(known, pupil_id)),
    )


def _days(known: Grounds, pupil_id: int) -> Iterable[AbsentDay]:
    """The recent days with anything but presence, the latest first."""
    lessons = [one for one in known.attendance.lessons if known.recent.covers(one.day)]
    days = list(states_by_day(replace(known.attendance, lessons=lessons), only=[pupil_id]))
    for states in reversed(days):
        own = tuple(
            AbsentLesson(
                one.lesson.number,
                known.courses[one.lesson.course_id].subject,
                one.state,
                ABSENCE_LETTERS[one.state],
            )
            for one in states
            if one.state in ABSENCE_LETTERS
        )
        if own:
            yield AbsentDay(states[0].lesson.day, own)
