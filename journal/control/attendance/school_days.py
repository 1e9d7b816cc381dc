"""The attendance of the school day by day: the curve and the table under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.rules.counting import Facts, PupilState, full_days, states_by_day
from journal.attendance.rules.states import NOT_HELD, RELEASED
from journal.attendance.rules.tally import Missed, Tallies, per_cent_tenths
from journal.control.attendance.periods import Asked, Period
from journal.control.attendance.school_report import Frame, school_frame

FEWEST = 5  # pupils: a per cent of fewer says more of one family than of the school


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolDayLine:
    """A day with lessons. `pupils` had lessons to attend, `unfilled` lessons have no register."""

    day: date
    pupils: int
    figures: Missed
    unfilled: int

    @property
    def few(self) -> bool:
        """Whether there are too few pupils for a per cent."""
        return self.pupils < FEWEST

    @property
    def tenths(self) -> int | None:
        """Attendance in tenths of a per cent; None of too few pupils."""
        due = self.figures.lessons.due
        return None if self.few else per_cent_tenths(due - self.figures.lessons.missed, due)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolDays:
    """The days in order; `whole` is the school, else the classes of a class teacher."""

    today: date
    known: tuple[Period, ...]
    period: Period
    whole: bool
    days: tuple[SchoolDayLine, ...]

    @property
    def running(self) -> bool:
        """Whether the days are not over: figures are up to now."""
        return self.period.last >= self.today


def school_days(session: Session, actor: Actor, *, asked: Asked, now: datetime) -> SchoolDays:
    """By default the present month. Refusals as `school_report`."""
    frame: Frame = school_frame(session, actor, asked=asked, now=now)
    ids = {one.id for one in frame.classes}
    facts = attendance_facts(
        session, Chosen(frame.period.span, now, class_ids=None if frame.whole else ids)
    )
    return SchoolDays(
        today=frame.today,
        known=frame.known,
        period=frame.period,
        whole=frame.whole,
        days=tuple(_days(facts, ids)),
    )


def _days(facts: Facts, class_ids: set[int]) -> Iterator[SchoolDayLine]:
    for states in states_by_day(facts):
        own = [one for one in states if one.class_group_id in class_ids]
        line = _line(own) if own else None
        if line is not None and line.figures.lessons.due:
            yield line


def _line(states: Sequence[PupilState]) -> SchoolDayLine:
    found: Tallies[None] = Tallies()
    found.add(states, lambda state: None)
    due = [one for one in states if one.state not in (NOT_HELD, RELEASED)]
    full = list(full_days(states))
    return SchoolDayLine(
        day=states[0].lesson.day,
        pupils=len({one.pupil_id for one in due}),
        figures=Missed(found.frozen()[None], len(full), sum(one.ill for one in full)),
        unfilled=len({one.lesson.id for one in due if not one.lesson.taken}),
    )
