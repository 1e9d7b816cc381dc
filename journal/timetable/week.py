"""The timetable as it was imported: versions, the week of a class, a teacher or a room, bells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from journal.people.directory import NAME_COLUMNS
from journal.people.models import Person, StaffMember
from journal.people.rules import short_name
from journal.school.models import Course, Room, StudyGroup, StudyGroupClass, Subject
from journal.timetable.models import (
    BellPeriod,
    BellSchedule,
    ClassBells,
    Timetable,
    TimetableSlot,
)


class WeekOf(StrEnum):
    """Whose week is shown."""

    CLASS = "class"
    TEACHER = "teacher"
    ROOM = "room"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A dated version of the timetable, half-open."""

    id: int
    starts_on: date
    ends_before: date
    status: str
    note: str | None
    published_at: datetime | None
    slots: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotView:
    """One weekly lesson: weekday 1 (Monday) … 6; week_kind every, odd, even."""

    weekday: int
    lesson_number: int
    week_kind: str
    course_id: int
    subject: str
    classes: str
    group_name: str
    teacher: str
    room: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """One lesson of a bell schedule in wall-clock time."""

    lesson_number: int
    starts_at: time
    ends_at: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Bells:
    """расписание звонков with how many classes keep it."""

    id: int
    name: str
    shift: int
    classes: int
    periods: tuple[Bell, ...]


def versions(session: Session, academic_year_id: int) -> list[Version]:
    """The versions of a year in order of time."""
    rows = session.execute(
        select(
            Timetable.id,
            Timetable.starts_on,
            Timetable.ends_before,
            Timetable.status,
            Timetable.note,
            Timetable.published_at,
            func.count(TimetableSlot.id).label("slots"),
        )
        .outerjoin(TimetableSlot, TimetableSlot.timetable_id == Timetable.id)
        .where(Timetable.academic_year_id == academic_year_id)
        .group_by(Timetable.id)
        .order_by(Timetable.starts_on, Timetable.id)
    )
    return [Version(**row) for row in rows.mappings()]


def version_to_open(found: Sequence[Version], today: date) -> Version | None:
    """The version in force, else the coming one, else the last; drafts only where there is
    nothing else."""
    published = [one for one in found if one.status == "published"] or list(found)
    for version in published:
        if today < version.ends_before:
            return version
    return published[-1] if published else None


def week_slots(
    session: Session, *, timetable_id: int, week_of: WeekOf, object_id: int
) -> list[SlotView]:
    """The lessons of one week by weekday and number; odd before even. One query."""
    query = _slot_query().where(TimetableSlot.timetable_id == timetable_id)
    if week_of is WeekOf.CLASS:
        groups = select(StudyGroupClass.study_group_id).where(
            StudyGroupClass.class_group_id == object_id
        )
        query = query.where(StudyGroup.id.in_(groups))
    elif week_of is WeekOf.TEACHER:
        query = query.where(TimetableSlot.staff_id == object_id)
    else:
        query = query.where(TimetableSlot.room_id == object_id)
    return [_slot(row) for row in session.execute(query)]


def timetabled_hours(
    session: Session, academic_year_id: int, course_ids: Collection[int], day: date
) -> dict[int, Decimal]:
    """Lessons a week by course in the published version of the day; every other week is a half.

    Courses without a lesson are absent. One query.
    """
    half = case((TimetableSlot.week_kind == "every", 2), else_=1)
    rows = session.execute(
        select(TimetableSlot.course_id, func.sum(half))
        .join(Timetable, Timetable.id == TimetableSlot.timetable_id)
        .where(
            Timetable.academic_year_id == academic_year_id,
            Timetable.status == "published",
            Timetable.starts_on <= day,
            Timetable.ends_before > day,
            TimetableSlot.course_id.in_(list(course_ids)),
        )
        .group_by(TimetableSlot.course_id)
    )
    return {course_id: Decimal(halves) / 2 for course_id, halves in rows}


_BELL = (BellPeriod.lesson_number, BellPeriod.starts_at, BellPeriod.ends_at)
_SLOT = (
    TimetableSlot.weekday,
    TimetableSlot.lesson_number,
    TimetableSlot.week_kind,
    TimetableSlot.course_id,
    Subject.name.label("subject"),
    StudyGroup.classes_key,
    StudyGroup.name.label("group_name"),
    *NAME_COLUMNS,
    Room.name.label("room"),
)
_SLOT_ORDER = (
    TimetableSlot.weekday,
    TimetableSlot.lesson_number,
    TimetableSlot.week_kind.desc(),
    StudyGroup.classes_key,
    StudyGroup.name,
    Subject.sort_key,
)


def _slot_query() -> Select[*tuple[Any, ...]]:
    return (
        select(*_SLOT)
        .join(Course, Course.id == TimetableSlot.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(StaffMember, StaffMember.id == TimetableSlot.staff_id)
        .join(Person, Person.id == StaffMember.person_id)
        .outerjoin(Room, Room.id == TimetableSlot.room_id)
        .order_by(*_SLOT_ORDER)
    )


def _slot(row: Any) -> SlotView:
    return SlotView(
        weekday=row.weekday,
        lesson_number=row.lesson_number,
        week_kind=row.week_kind,
        course_id=row.course_id,
        subject=row.subject,
        classes=row.classes_key,
        group_name=row.group_name,
        teacher=short_name(row.surname, row.given_name, row.patronymic),
        room=row.room,
    )


def teachers_in(session: Session, timetable_id: int) -> list[tuple[int, str]]:
    """(staff id, name) of everybody who has a lesson in the version, in the order of names."""
    rows = session.execute(
        select(StaffMember.id, *NAME_COLUMNS)
        .join(Person, Person.id == StaffMember.person_id)
        .where(
            StaffMember.id.in_(
                select(TimetableSlot.staff_id).where(TimetableSlot.timetable_id == timetable_id)
            )
        )
        .order_by(Person.sort_key, StaffMember.id)
    )
    return [(row.id, short_name(row.surname, row.given_name, row.patronymic)) for row in rows.all()]


def rooms_in(session: Session, timetable_id: int) -> list[tuple[int, str]]:
    """(room id, name) of every room that has a lesson in the version."""
    rows = session.execute(
        select(Room.id, Room.name).where(
            Room.id.in_(
                select(TimetableSlot.room_id).where(TimetableSlot.timetable_id == timetable_id)
            )
        )
    )
    return sorted(((room_id, name) for room_id, name in rows), key=lambda one: (len(one[1]), one))


def bells_of_class(session: Session, class_group_id: int) -> dict[int, Bell]:
    """The bells a class keeps, by lesson number; empty when none were set."""
    rows = session.execute(
        select(*_BELL)
        .join(ClassBells, ClassBells.bell_schedule_id == BellPeriod.bell_schedule_id)
        .where(ClassBells.class_group_id == class_group_id)
    )
    return {row.lesson_number: Bell(**row._mapping) for row in rows}


def _bells_by_schedule(session: Session) -> dict[int, list[Bell]]:
    periods: dict[int, list[Bell]] = {}
    query = select(BellPeriod.bell_schedule_id, *_BELL).order_by(BellPeriod.lesson_number)
    for row in session.execute(query):
        bell = Bell(lesson_number=row.lesson_number, starts_at=row.starts_at, ends_at=row.ends_at)
        periods.setdefault(row.bell_schedule_id, []).append(bell)
    return periods


def all_bells(session: Session) -> list[Bells]:
    """Every bell schedule with its lessons and the number of classes that keep it. Two queries."""
    periods = _bells_by_schedule(session)
    rows = session.execute(
        select(
            BellSchedule.id,
            BellSchedule.name,
            BellSchedule.shift,
            func.count(ClassBells.class_group_id),
        )
        .outerjoin(ClassBells, ClassBells.bell_schedule_id == BellSchedule.id)
        .group_by(BellSchedule.id)
        .order_by(BellSchedule.shift, BellSchedule.name)
    )
    return [
        Bells(id=id_, name=name, shift=shift, classes=classes, periods=tuple(periods.get(id_, ())))
        for id_, name, shift, classes in rows
    ]
