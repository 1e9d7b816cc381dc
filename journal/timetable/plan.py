"""A version of the timetable as planners see it: all its lessons, and what each takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.errors import NotFound
from journal.people.directory import NAME_COLUMNS
from journal.people.models import Person, StaffMember
from journal.people.rules import short_name
from journal.school.models import (
    Course,
    GroupMembership,
    Room,
    StudyGroup,
    Subject,
)
from journal.school.rules import Span, intersect
from journal.school.titles import course_title
from journal.timetable.bells import bell_times, group_bells
from journal.timetable.models import Timetable, TimetableSlot
from journal.timetable.rules import Taking, WeekPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionHead:
    """A dated version; `version` grows with every change of its slots."""

    id: int
    academic_year_id: int
    starts_on: date
    ends_before: date
    status: str
    note: str | None
    version: int

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(self.starts_on, self.ends_before)

    @property
    def last_day(self) -> date:
        """Its last day, inclusive."""
        return self.ends_before - timedelta(days=1)

    @property
    def draft(self) -> bool:
        """Whether it may be edited."""
        return self.status == "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSlot:
    """One weekly lesson with names. `group` is empty for whole classes."""

    id: int
    weekday: int
    number: int
    week_kind: str
    course_id: int
    subject: str
    staff_id: int
    teacher: str
    room_id: int | None
    room: str | None
    group_id: int
    group: str
    grade: int
    classes_key: str
    times: tuple[time, time] | None
    has_bells: bool

    @property
    def classes(self) -> frozenset[str]:
        """The names of its classes."""
        return frozenset(self.classes_key.split(","))

    @property
    def title(self) -> str:
        """«5Б, математика»."""
        return course_title(self.classes_key, self.subject, self.group)


def version_head(session: Session, timetable_id: int) -> VersionHead:
    """One version of the bound organisation; raises NotFound."""
    row = session.execute(_head_query().where(Timetable.id == timetable_id)).one_or_none()
    if row is None:
        raise NotFound()
    return VersionHead(**row._mapping)


def slot_version(session: Session, slot_id: int) -> int:
    """The version a weekly lesson belongs to; raises NotFound."""
    found = session.scalar(select(TimetableSlot.timetable_id).where(TimetableSlot.id == slot_id))
    if found is None:
        raise NotFound()
    return found


def _head_query() -> Any:
    return select(
        Timetable.id,
        Timetable.academic_year_id,
        Timetable.starts_on,
        Timetable.ends_before,
        Timetable.status,
        Timetable.note,
        Timetable.version,
    )


_SLOT = (
    TimetableSlot.id,
    TimetableSlot.weekday,
    TimetableSlot.lesson_number.label("number"),
    TimetableSlot.week_kind,
    TimetableSlot.course_id,
    Subject.name.label("subject"),
    TimetableSlot.staff_id,
    *NAME_COLUMNS,
    TimetableSlot.room_id,
    Room.name.label("room"),
    StudyGroup.id.label("group_id"),
    StudyGroup.name.label("group"),
    StudyGroup.grade,
    StudyGroup.classes_key,
)


def plan_slots(session: Session, timetable_id: int) -> list[PlanSlot]:
    """All lessons of a version by day, number and class. Three queries."""
    bells, times = group_bells(session), bell_times(session)
    rows = session.execute(
        select(*_SLOT)
        .join(Course, Course.id == TimetableSlot.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(StaffMember, StaffMember.id == TimetableSlot.staff_id)
        .join(Person, Person.id == StaffMember.person_id)
        .outerjoin(Room, Room.id == TimetableSlot.room_id)
        .where(TimetableSlot.timetable_id == timetable_id)
        .order_by(
            TimetableSlot.weekday,
            TimetableSlot.lesson_number,
            StudyGroup.grade,
            StudyGroup.classes_key,
            StudyGroup.name,
            TimetableSlot.week_kind.desc(),
        )
    )
    return [_slot(row, bells, times) for row in rows.mappings()]


def _slot(
    row: Any, bells: dict[int, int], times: dict[tuple[int, int], tuple[time, time]]
) -> PlanSlot:
    facts = dict(row)
    names = [facts.pop(name) for name in ("surname", "given_name", "patronymic")]
    schedule = bells.get(facts["group_id"], 0)
    return PlanSlot(
        **facts,
        teacher=short_name(*names),
        times=times.get((schedule, facts["number"])),
        has_bells=schedule != 0,
    )


def week_places(session: Session, slots: Iterable[PlanSlot], span: Span) -> list[WeekPlace]:
    """What each lesson takes; the members of subgroups in those days. One query."""
    slots = list(slots)
    members = group_members(session, {one.group_id for one in slots if one.group}, span)
    return [place_of(one, members.get(one.group_id, frozenset())) for one in slots]


def place_of(slot: PlanSlot, members: frozenset[int]) -> WeekPlace:
    """A slot as the rule of conflicts sees it."""
    return WeekPlace(
        id=slot.id,
        weekday=slot.weekday,
        number=slot.number,
        week_kind=slot.week_kind,
        times=slot.times,
        taking=Taking(
            staff_id=slot.staff_id,
            room_id=slot.room_id,
            group_id=slot.group_id,
            group=slot.group,
            classes=slot.classes,
            members=members,
        ),
    )


def group_members(
    session: Session, group_ids: Collection[int], span: Span
) -> dict[int, frozenset[int]]:
    """Who is in the subgroups on some day of the span."""
    rows = session.execute(
        select(
            GroupMembership.study_group_id,
            GroupMembership.pupil_id,
            GroupMembership.starts_on,
            GroupMembership.ends_before,
        ).where(GroupMembership.study_group_id.in_(list(group_ids)))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for group_id, pupil_id, starts_on, ends_before in rows:
        if intersect(Span(starts_on, ends_before), span) is not None:
            found[group_id].add(pupil_id)
    return {group_id: frozenset(pupils) for group_id, pupils in found.items()}
