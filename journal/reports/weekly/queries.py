"""The families of a class with the state of their sheets for a week: five statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.clock import local_date
from journal.diary.rules.weeks import Week, week_of
from journal.people.person_card import guardians_of
from journal.reports.weekly.models import HandedSheet
from journal.school.class_desk import OwnClass, own_classes, pupils_on


@dataclass(frozen=True, slots=True)
class Handed:
    """A sheet that was handed over: the day, who noted it and when."""

    id: int
    handed_on: date
    name: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class SheetFamily:
    """A pupil of the class; `declined` are guardians who declined the electronic service."""

    pupil_id: int
    name: str
    guardians: tuple[str, ...]
    declined: tuple[str, ...]
    handed: Handed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyPage:
    """The page of a class's week. `families` are all of the class on the week's last day."""

    group: OwnClass
    groups: tuple[OwnClass, ...]
    today: date
    week: Week
    everybody: bool
    families: tuple[SheetFamily, ...]

    @property
    def declined(self) -> tuple[SheetFamily, ...]:
        """Families that get sheets by default."""
        return tuple(one for one in self.families if one.declined)

    @property
    def chosen(self) -> tuple[SheetFamily, ...]:
        """Families the page is about."""
        return self.families if self.everybody else self.declined

    @property
    def waiting(self) -> tuple[SheetFamily, ...]:
        """Not handed one yet."""
        return tuple(one for one in self.chosen if one.handed is None)

    @property
    def handed(self) -> tuple[SheetFamily, ...]:
        """Handed one, whoever the page is about: what was done stays in sight."""
        return tuple(one for one in self.families if one.handed is not None)

    @property
    def begun(self) -> bool:
        """Whether there can be a sheet of the week."""
        return self.week.monday <= self.today


def weekly_page(
    session: Session,
    actor: Actor,
    *,
    class_id: int | None,
    week: Week | None,
    everybody: bool,
    now: datetime,
) -> WeeklyPage:
    """Of the last week by default; NotFound, Forbidden as `own_classes`."""
    today = local_date(now, actor.current.time_zone)
    group, groups = own_classes(session, actor, class_id=class_id, today=today)
    week = week or week_of(today).step(-1)
    return WeeklyPage(
        group=group,
        groups=tuple(groups),
        today=today,
        week=week,
        everybody=everybody,
        families=tuple(_families(session, group, week)),
    )


def _families(session: Session, group: OwnClass, week: Week) -> Iterator[SheetFamily]:
    pupils = pupils_on(session, class_group_id=group.id, day=week.days[-1])
    ids = [one.pupil_id for one in pupils]
    guardians, handed = guardians_of(session, ids), _handed(session, ids, week.monday)
    for one in pupils:
        own = guardians[one.pupil_id]
        yield SheetFamily(
            one.pupil_id,
            one.name,
            tuple(who.name for who in own),
            tuple(who.name for who in own if who.declined_e_service),
            handed.get(one.pupil_id),
        )


def _handed(session: Session, pupil_ids: list[int], monday: date) -> dict[int, Handed]:
    rows = session.execute(
        select(
            *(HandedSheet.pupil_id, HandedSheet.id, HandedSheet.handed_on),
            *(HandedSheet.name, HandedSheet.entered_at),
        ).where(HandedSheet.pupil_id.in_(pupil_ids), HandedSheet.monday == monday)
    )
    return {row[0]: Handed(*row[1:]) for row in rows}
