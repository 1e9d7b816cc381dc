"""Whom a page is about, loaded together with who reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.diary.pages import Head, Tab
from journal.diary.rules.tasks import news_since
from journal.grading.pupil_facts import Fresh
from journal.school.pupil_facts import Break, ClassStay, Family, KnownPupil, YearCalendar
from journal.school.pupil_queries import calendars, family

NEWS_HELD_WITHIN = timedelta(days=14)  # the longest usual time for checking a work (003:113)


@dataclass(frozen=True, slots=True)
class Reader:
    """A pupil, his present (zone, day), and the family of the login that reads him."""

    found: Family
    pupil: KnownPupil
    zone: str
    today: date
    now: datetime
    fresh: Fresh

    @property
    def siblings(self) -> list[int]:
        """The other children of the login; none for a class teacher's look."""
        if self.pupil not in self.found.own:
            return []
        return [one.id for one in self.found.own if one != self.pupil]


def first_pupil(session: Session, actor: Actor, *, now: datetime) -> int | None:
    """The pupil a diary opens with: oneself, or the first of one's children; None without any."""
    chosen = family(session, actor, pupil_id=None, now=now).chosen
    return None if chosen is None else chosen.id


def load_reader(session: Session, actor: Actor, *, pupil_id: int, now: datetime) -> Reader:
    """One statement. Raises NotFound for a pupil the actor may not look at."""
    found = family(session, actor, pupil_id=pupil_id, now=now)
    if found.chosen is None:
        raise NotFound()
    return reader_of(actor, found, found.chosen, now)


def reader_of(actor: Actor, found: Family, pupil: KnownPupil, now: datetime) -> Reader:
    """The reader of one pupil of the family at hand."""
    zone = (actor.member_of(pupil.organisation_id) or actor.current).time_zone
    today = local_date(now, zone)
    fresh = Fresh(
        entered_since=news_since(today, zone),
        held_since=today - NEWS_HELD_WITHIN,
    )
    return Reader(found, pupil, zone, today, now, fresh)


def head(reader: Reader, stay: ClassStay | None, news: Sequence[int] = ()) -> Head:
    """Whose page it is; `news` names the child of each new mark."""
    tabs = tuple(
        Tab(
            one.id,
            one.given_name,
            class_name(one.stay_on(reader.today)),
            one == reader.pupil,
            news.count(one.id),
        )
        for one in reader.found.own
    )
    return Head(
        pupil_id=reader.pupil.id,
        name=reader.pupil.name,
        class_name=class_name(stay),
        tabs=tabs if reader.siblings else (),
    )


def class_name(stay: ClassStay | None) -> str:
    """«7А», or nothing before the first class."""
    return stay.class_name if stay else ""


def calendar_of(
    session: Session, stay: ClassStay | None, *, first: date, before: date
) -> YearCalendar | None:
    """The calendar of the stay's year, with the breaks that touch [first, before)."""
    if stay is None:
        return None
    years = calendars(session, [stay.academic_year_id], first=first, before=before)
    return years.get(stay.academic_year_id)


def breaks_of(calendar: YearCalendar | None, stay: ClassStay | None) -> list[Break]:
    """The breaks of the calendar that are the parallel's."""
    if calendar is None or stay is None:
        return []
    return [one for one in calendar.breaks if not one.grades or stay.grade in one.grades]
