"""Commands on days without lessons and on days that follow another weekday; the lessons follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.office.service.following import lessons_follow
from journal.office.setup.calendar import TermFacts, save_terms, terms_of
from journal.office.setup.rows import change, create, owned_row, remove
from journal.school.frame_rules import outside_year, wrong_break
from journal.school.models import AcademicYear, Holiday, MovedDay, Term

A_YEAR = timedelta(weeks=52)  # weekdays stay what they are


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayFacts:
    """каникулы или праздник, half-open; empty `grades` = everybody."""

    name: str
    starts_on: date
    ends_before: date
    grades: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDayFacts:
    """перенесённый день: follows the timetable of a weekday, 1 (Monday) … 6."""

    day: date
    follows_weekday: int
    grades: frozenset[int] = frozenset()


def save_holiday(
    session: Session,
    actor: Actor,
    *,
    year_id: int,
    holiday_id: int | None,
    facts: HolidayFacts,
    now: datetime,
) -> int:
    """Create or change a break; the lessons follow. RuleViolations: starts_on, ends_before."""
    year = owned_row(session, AcademicYear, year_id)
    _check_holiday(year, facts)
    if holiday_id is None:
        values = {"academic_year_id": year_id, **asdict(facts)}
        holiday_id = create(session, actor, Holiday, values, now=now)
    else:
        holiday = owned_row(session, Holiday, holiday_id)
        change(session, actor, holiday, asdict(facts), now=now)
    lessons_follow(session, actor, now=now, year_id=year_id)
    return holiday_id


def add_holidays(
    session: Session,
    actor: Actor,
    *,
    year_id: int,
    holidays: Iterable[HolidayFacts],
    moved: Iterable[MovedDayFacts],
    now: datetime,
) -> None:
    """Take over proposals that were ticked; each is checked like one typed by hand."""
    year = owned_row(session, AcademicYear, year_id)
    chosen = list(holidays)
    for one in chosen:
        _check_holiday(year, one)
    for one in chosen:
        values = {"academic_year_id": year_id, **asdict(one)}
        create(session, actor, Holiday, values, now=now)
    for day in moved:
        values = {"academic_year_id": year_id, **asdict(day)}
        create(session, actor, MovedDay, values, now=now)
    lessons_follow(session, actor, now=now, year_id=year_id)


def _check_holiday(year: AcademicYear, facts: HolidayFacts) -> None:
    """It may reach over the ends of the year (summer), but must touch it."""
    wrong = next(wrong_break(facts), None)
    if wrong is not None:
        raise RuleViolation(wrong.field, wrong.message)
    if facts.ends_before <= year.starts_on or facts.starts_on >= year.ends_before:
        raise RuleViolation("starts_on", outside_year(year))


def delete_holiday(session: Session, actor: Actor, holiday_id: int, *, now: datetime) -> None:
    """Delete a break; the lessons of those days come back."""
    row = owned_row(session, Holiday, holiday_id)
    remove(session, actor, row, {"name": row.name, "starts_on": row.starts_on}, now=now)
    lessons_follow(session, actor, now=now, year_id=row.academic_year_id)


def save_moved_day(
    session: Session,
    actor: Actor,
    *,
    year_id: int,
    moved_id: int | None,
    facts: MovedDayFacts,
    now: datetime,
) -> int:
    """Create or change a moved day; the lessons follow. RuleViolation: day, follows_weekday."""
    _check_moved(session, year_id, moved_id, facts)
    if moved_id is None:
        values = {"academic_year_id": year_id, **asdict(facts)}
        moved_id = create(session, actor, MovedDay, values, now=now)
    else:
        change(session, actor, owned_row(session, MovedDay, moved_id), asdict(facts), now=now)
    lessons_follow(session, actor, now=now, year_id=year_id)
    return moved_id


def _check_moved(
    session: Session, year_id: int, moved_id: int | None, facts: MovedDayFacts
) -> None:
    year = owned_row(session, AcademicYear, year_id)
    if not year.starts_on <= facts.day < year.ends_before:
        raise RuleViolation("day", outside_year(year))
    if facts.day.isoweekday() == facts.follows_weekday:
        message = N_("This day follows its own weekday anyway. Choose another weekday.")
        raise RuleViolation("follows_weekday", message)
    of_day = select(MovedDay.id, MovedDay.grades).where(
        MovedDay.academic_year_id == year_id, MovedDay.day == facts.day
    )
    for row_id, grades in session.execute(of_day):
        if row_id != moved_id and (not grades or not facts.grades or grades & facts.grades):
            raise RuleViolation("day", N_("This day is moved already. Change that row instead."))


def delete_moved_day(session: Session, actor: Actor, moved_id: int, *, now: datetime) -> None:
    """Delete a moved day; the lessons follow."""
    row = owned_row(session, MovedDay, moved_id)
    remove(session, actor, row, {"day": row.day, "follows_weekday": row.follows_weekday}, now=now)
    lessons_follow(session, actor, now=now, year_id=row.academic_year_id)


def copy_calendar(
    session: Session, actor: Actor, *, from_id: int, to_id: int, now: datetime
) -> None:
    """Terms and breaks of another year, moved by 52 weeks a year and cut to the new one."""
    source, target = (owned_row(session, AcademicYear, one) for one in (from_id, to_id))
    years = target.starts_on.year - source.starts_on.year
    by = A_YEAR * years
    terms = [_moved_term(row, by, target) for row in terms_of(session, from_id)]
    save_terms(session, actor, year_id=to_id, terms=[one for one in terms if one], now=now)
    for one in _moved_breaks(session, from_id, by):
        if one.starts_on < target.ends_before and one.ends_before > target.starts_on:
            values = {"academic_year_id": to_id, **asdict(one)}
            create(session, actor, Holiday, values, now=now)
    lessons_follow(session, actor, now=now, year_id=to_id)


def _moved_term(row: Term, by: timedelta, year: AcademicYear) -> TermFacts | None:
    starts_on = max(row.starts_on + by, year.starts_on)
    ends_before = min(row.ends_before + by, year.ends_before)
    if ends_before <= starts_on:
        return None
    return TermFacts(
        kind=row.kind,
        number=row.number,
        grades=row.grades,
        starts_on=starts_on,
        ends_before=ends_before,
        marks_from=row.marks_from + by if row.marks_from else None,
        marks_before=row.marks_before + by if row.marks_before else None,
    )


def _moved_breaks(session: Session, year_id: int, by: timedelta) -> Iterator[HolidayFacts]:
    """Breaks of several days; single ones are public holidays, which the calendar proposes."""
    rows = session.execute(
        select(Holiday.name, Holiday.starts_on, Holiday.ends_before, Holiday.grades).where(
            Holiday.academic_year_id == year_id
        )
    )
    for name, starts_on, ends_before, grades in rows:
        if (ends_before - starts_on).days > 3:
            yield HolidayFacts(
                name=name, starts_on=starts_on + by, ends_before=ends_before + by, grades=grades
            )
