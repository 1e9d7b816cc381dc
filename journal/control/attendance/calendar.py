"""The attendance of a pupil through an academic year, day by day: seven statements at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.rules.counting import states_by_day
from journal.attendance.rules.tally import AttendanceFigure, Missed, explained, summed
from journal.control.attendance.days import (
    DAY,
    CalendarWeek,
    MonthGrid,
    PupilDay,
    calendar_weeks,
    month_grids,
    pupil_day,
    week_length,
)
from journal.core.clock import local_date
from journal.core.errors import Forbidden, NotFound
from journal.core.messages import N_
from journal.lessons.queries.agenda import Days
from journal.school.directory import subject_rows
from journal.school.pupil_years import StayedPupil, YearStay, stayed_pupil


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilCalendar:
    """The page. `stays` are those of the year; `weeks` and `months` reach to the present day, or
    to the end of a year that is over."""

    pupil: StayedPupil
    stays: tuple[YearStay, ...]
    today: date
    days: tuple[PupilDay, ...]
    weeks: tuple[CalendarWeek, ...]
    months: tuple[MonthGrid, ...]
    subjects: Mapping[int, str]

    @property
    def year_id(self) -> int:
        """The academic year shown."""
        return self.stays[-1].year_id

    @property
    def noted(self) -> tuple[PupilDay, ...]:
        """Days with a lesson missed or come late to."""
        return tuple(one for one in self.days if one.lessons)

    @property
    def total(self) -> Missed:
        """The year so far."""
        return Missed(
            summed(one.figures.lessons for one in self.days),
            sum(one.figures.days for one in self.days),
            sum(one.figures.ill_days for one in self.days),
        )

    @property
    def share(self) -> AttendanceFigure:
        """Attendance of the year so far, explained."""
        return explained(self.total.lessons)


def staff_calendar(
    session: Session, actor: Actor, *, pupil_id: int, year_id: int | None, now: datetime
) -> PupilCalendar:
    """For whoever reads the attendance of the school, and for the class teacher of the pupil's
    (last) class of the year. NotFound for a stranger, Forbidden for a pupil of another class."""
    today = local_date(now, actor.current.time_zone)
    pupil, stays = _of_year(session, pupil_id, year_id, today)
    own = stays[-1].class_teacher_id == (actor.current.staff_id or 0)
    if not (own or actor.may(Permission.READ_ANY_ATTENDANCE)):
        raise Forbidden(N_("The attendance of a pupil is read by his class teacher."))
    return _calendar(session, pupil, stays, today, now)


def family_calendar(
    session: Session, *, pupil_id: int, year_id: int | None, today: date, now: datetime
) -> PupilCalendar:
    """For who was let in to the pupil's diary by its loader. NotFound for a year without him."""
    pupil, stays = _of_year(session, pupil_id, year_id, today)
    return _calendar(session, pupil, stays, today, now)


def _of_year(
    session: Session, pupil_id: int, year_id: int | None, today: date
) -> tuple[StayedPupil, tuple[YearStay, ...]]:
    """The pupil with his stays of the year asked for; the latest year that has begun without."""
    pupil = stayed_pupil(session, pupil_id)
    if pupil is None or not pupil.stays:
        raise NotFound()
    begun = [one for one in pupil.stays if one.span.starts_on <= today] or pupil.stays[:1]
    stays = pupil.in_year(begun[-1].year_id if year_id is None else year_id)
    if not stays:
        raise NotFound()
    return pupil, stays


def _calendar(
    session: Session,
    pupil: StayedPupil,
    stays: tuple[YearStay, ...],
    today: date,
    now: datetime,
) -> PupilCalendar:
    year = stays[-1].year
    span = Days(year.starts_on, year.ends_before or today + DAY)
    classes = {one.class_group_id for one in stays}
    facts = attendance_facts(session, Chosen(span, now, class_ids=classes))
    by_day = states_by_day(facts, only={pupil.pupil_id})
    days = tuple(pupil_day(states) for states in by_day if states)
    last, length = min(today, span.ends_before - DAY), week_length(days)
    return PupilCalendar(
        pupil=pupil,
        stays=stays,
        today=today,
        days=days,
        weeks=calendar_weeks(days, span.starts_on, last, length=length),
        months=month_grids(days, span.starts_on, last, length=length),
        subjects={one.id: one.name for one in subject_rows(session, stays[-1].year_id)},
    )
