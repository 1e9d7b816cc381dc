"""Reads of a pupil's days: the lessons of his roster with what happened to him in each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, extract, or_, select
from sqlalchemy.orm import Session, aliased

from journal.attendance.models import Absence, Exemption
from journal.attendance.pupil_facts import PupilAbsence, PupilLesson, SetTask
from journal.lessons.models import Homework, Lesson
from journal.people.models import Person, StaffMember
from journal.people.rules import short_name
from journal.school.models import (
    ClassMembership,
    Course,
    Room,
    StudyGroup,
    StudyGroupClass,
    Subject,
)
from journal.school.pupil_queries import stays_on_roster
from journal.timetable.models import Timetable, TimetableSlot


def _exemption() -> Any:
    """The kind of an exemption that covers the lesson; «attending» says more than «practice»."""
    return (
        select(Exemption.kind)
        .where(
            Exemption.pupil_id == ClassMembership.pupil_id,
            or_(Exemption.subject_id.is_(None), Exemption.subject_id == Course.subject_id),
            Exemption.starts_on <= Lesson.held_on,
            or_(Exemption.ends_before.is_(None), Exemption.ends_before > Lesson.held_on),
        )
        .order_by(Exemption.kind)
        .limit(1)
        .scalar_subquery()
    )


def _off_timetable() -> ColumnElement[bool]:
    """Whether the published timetable of that day knows no such lesson (moved or extra)."""
    covering = (
        Timetable.academic_year_id == Course.academic_year_id,
        Timetable.status == "published",
        Timetable.starts_on <= Lesson.held_on,
        Timetable.ends_before > Lesson.held_on,
    )
    planned = (
        select(TimetableSlot.id)
        .join(Timetable, Timetable.id == TimetableSlot.timetable_id)
        .where(
            *covering,
            TimetableSlot.course_id == Lesson.course_id,
            TimetableSlot.weekday == extract("dow", Lesson.held_on),
            TimetableSlot.lesson_number == Lesson.lesson_number,
        )
    )
    return and_(select(Timetable.id).where(*covering).exists(), ~planned.exists())


_HOLDER, _PLANNED = aliased(StaffMember), aliased(StaffMember)
_HOLDER_PERSON, _PLANNED_PERSON = aliased(Person), aliased(Person)
_COLUMNS = (
    ClassMembership.pupil_id,
    Lesson.id,
    Lesson.held_on,
    Lesson.lesson_number,
    Lesson.starts_at,
    Lesson.ends_at,
    Lesson.course_id,
    Lesson.status,
    Lesson.mode,
    Lesson.topic,
    Subject.name.label("subject"),
    StudyGroup.name.label("subgroup"),
    Room.name.label("room"),
    _HOLDER_PERSON.surname,
    _HOLDER_PERSON.given_name,
    _HOLDER_PERSON.patronymic,
    _PLANNED_PERSON.surname.label("planned_surname"),
    _PLANNED_PERSON.given_name.label("planned_given_name"),
    _PLANNED_PERSON.patronymic.label("planned_patronymic"),
    Homework.id.label("homework_id"),
    Homework.text,
    Homework.nothing_set,
    Homework.due_on,
    Homework.minutes.label("homework_minutes"),
    Absence.code,
    Absence.minutes.label("late_minutes"),
    _exemption().label("exempt"),
    _off_timetable().label("off_timetable"),
)
_LESSONS: Any = (
    select(*_COLUMNS)
    .select_from(ClassMembership)
    .join(StudyGroupClass, StudyGroupClass.class_group_id == ClassMembership.class_group_id)
    .join(StudyGroup, StudyGroup.id == StudyGroupClass.study_group_id)
    .join(Course, Course.study_group_id == StudyGroup.id)
    .join(Lesson, Lesson.course_id == Course.id)
    .join(Subject, Subject.id == Course.subject_id)
    .join(_HOLDER, _HOLDER.id == Lesson.staff_id)
    .join(_HOLDER_PERSON, _HOLDER_PERSON.id == _HOLDER.person_id)
    .outerjoin(_PLANNED, _PLANNED.id == Lesson.replaced_staff_id)
    .outerjoin(_PLANNED_PERSON, _PLANNED_PERSON.id == _PLANNED.person_id)
    .outerjoin(Room, Room.id == Lesson.room_id)
    .outerjoin(Homework, Homework.lesson_id == Lesson.id)
    .outerjoin(
        Absence,
        and_(Absence.lesson_id == Lesson.id, Absence.pupil_id == ClassMembership.pupil_id),
    )
    .where(stays_on_roster(ClassMembership, Lesson.held_on))
    .order_by(Lesson.held_on, Lesson.lesson_number, Lesson.id)
)


def pupil_lessons(
    session: Session,
    pupil_ids: Collection[int],
    *,
    first: date,
    before: date,
    set_from: date | None = None,
) -> list[PupilLesson]:
    """Lessons of [first, before) by day and number, rosters as of each date.

    With `set_from` also the earlier lessons, from that day on, whose homework is still due.
    """
    query = _lessons_query(pupil_ids, set_from or first, before)
    if set_from is not None:
        query = query.where(or_(Lesson.held_on >= first, _still_due(first)))
    return [_lesson(row) for row in session.execute(query)]


def _lessons_query(pupil_ids: Collection[int], first: date, before: date) -> Any:
    return _LESSONS.where(
        ClassMembership.pupil_id.in_(list(pupil_ids)),
        Lesson.held_on >= first,
        Lesson.held_on < before,
    )


def _still_due(day: date) -> ColumnElement[bool]:
    """Homework for that day or later; without a date it is for the next lesson of the course."""
    between = aliased(Lesson)
    next_was_earlier = (
        select(between.id)
        .where(
            between.course_id == Lesson.course_id,
            between.held_on > Lesson.held_on,
            between.held_on < day,
            between.status != "cancelled",
        )
        .exists()
    )
    undated = and_(Homework.id.is_not(None), Homework.due_on.is_(None), ~next_was_earlier)
    return or_(Homework.due_on >= day, undated)


def _lesson(row: Any) -> PupilLesson:
    return PupilLesson(
        row.pupil_id,
        row.id,
        row.held_on,
        row.lesson_number,
        row.starts_at,
        row.ends_at,
        row.course_id,
        row.subject,
        row.subgroup,
        short_name(row.surname, row.given_name, row.patronymic),
        _planned_name(row) if row.planned_surname else None,
        row.room,
        row.status == "cancelled",
        row.mode == "distance",
        row.topic,
        _task(row) if row.homework_id else None,
        row.code,
        row.late_minutes,
        row.exempt,
        bool(row.off_timetable),
    )


def _planned_name(row: Any) -> str:
    return short_name(row.planned_surname, row.planned_given_name, row.planned_patronymic)


def _task(row: Any) -> SetTask:
    return SetTask(row.text, row.nothing_set, row.due_on, row.homework_minutes)


def pupil_absences(
    session: Session, pupil_id: int, *, first: date, before: date
) -> list[PupilAbsence]:
    """Absences and latenesses of [first, before), the latest day first."""
    rows = session.execute(
        select(
            Lesson.held_on,
            Lesson.lesson_number,
            Subject.name,
            Absence.code,
            Absence.minutes,
        )
        .select_from(Absence)
        .join(Lesson, Lesson.id == Absence.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .join(Subject, Subject.id == Course.subject_id)
        .where(
            Absence.pupil_id == pupil_id,
            Lesson.held_on >= first,
            Lesson.held_on < before,
            Lesson.status != "cancelled",
        )
        .order_by(Lesson.held_on.desc(), Lesson.lesson_number)
    )
    return [PupilAbsence(*row) for row in rows]
