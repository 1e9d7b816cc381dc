"""The class teacher's lists: pupils with their guardians, and every journal page of the class."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.clock import local_date
from journal.people.person_card import GuardianRef, guardians_of
from journal.school.class_desk import DayPupil, OwnClass, own_classes, pupils_on
from journal.school.courses import CourseFilter, CourseRow, courses_of
from journal.school.titles import subject_title


@dataclass(frozen=True, slots=True)
class Family:
    """A pupil with his guardians."""

    pupil: DayPupil
    guardians: tuple[GuardianRef, ...]

    @property
    def reachable(self) -> bool:
        """Whether a phone or an e-mail of anybody is known."""
        return any(one.phone or one.email for one in self.guardians)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassList:
    """The list of a class as of `day`."""

    group: OwnClass
    groups: tuple[OwnClass, ...]
    day: date
    families: tuple[Family, ...]

    @property
    def unreachable(self) -> tuple[Family, ...]:
        """Pupils whose family cannot be called nor written to."""
        return tuple(one for one in self.families if not one.reachable)


def class_list(session: Session, actor: Actor, *, class_id: int | None, now: datetime) -> ClassList:
    """Pupils of the class today (in a summer, on the nearest day of its year). Four queries."""
    today = local_date(now, actor.current.time_zone)
    group, groups = own_classes(session, actor, class_id=class_id, today=today)
    day = _day_of_year(group, today)
    pupils = pupils_on(session, class_group_id=group.id, day=day)
    guardians = guardians_of(session, [one.pupil_id for one in pupils])
    families = tuple(Family(one, tuple(guardians[one.pupil_id])) for one in pupils)
    return ClassList(group=group, groups=tuple(groups), day=day, families=families)


def _day_of_year(group: OwnClass, today: date) -> date:
    before = group.year.ends_before
    last = date.fromordinal(before.toordinal() - 1) if before else today
    return min(max(today, group.year.starts_on), last)


@dataclass(frozen=True, slots=True)
class ClassJournal:
    """A journal page: the subject with its subgroup, who teaches it on the day."""

    course: CourseRow
    title: str
    teachers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassJournals:
    """Every journal page of a class."""

    group: OwnClass
    groups: tuple[OwnClass, ...]
    journals: tuple[ClassJournal, ...]


def class_journals(
    session: Session, actor: Actor, *, class_id: int | None, now: datetime
) -> ClassJournals:
    """All subjects, subgroups apart, cross-class groups too. Five queries."""
    today = local_date(now, actor.current.time_zone)
    group, groups = own_classes(session, actor, class_id=class_id, today=today)
    day = _day_of_year(group, today)
    wanted = CourseFilter(academic_year_id=group.year_id, class_group_id=group.id)
    rows = sorted(courses_of(session, wanted), key=lambda row: (row.subject, row.group_name))
    journals = tuple(_journal(row, day) for row in rows)
    return ClassJournals(group=group, groups=tuple(groups), journals=journals)


def _journal(row: CourseRow, day: date) -> ClassJournal:
    title = subject_title(row.subject, row.group_name)
    names = tuple(one.name for one in row.teachings if one.span.covers(day))
    return ClassJournal(row, title[:1].upper() + title[1:], names)
