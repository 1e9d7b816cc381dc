"""Reads of teaching: loads, subgroups, timetable slots, plan topics."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.lessons.models import LessonPlan, PlanTopic
from journal.people.models import Pupil, StaffMember
from journal.school.models import (
    Course,
    CourseTeacher,
    GroupMembership,
    Room,
    StudyGroup,
    Subject,
)
from journal.timetable.models import Timetable, TimetableSlot
from journal.transfer.school.rows import LoadRow, SlotRow, SubgroupRow, TopicRow
from journal.transfer.store.ids import Found


def class_tuple(classes_key: str) -> tuple[str, ...]:
    """«10А,10Б» as the rows have it."""
    return tuple(classes_key.split(","))


def loads(session: Session, year_id: int | None) -> list[Found]:
    """Who teaches which course, when, how many hours."""
    rows = session.execute(
        select(
            CourseTeacher.id,
            StudyGroup.classes_key,
            StudyGroup.name,
            Subject.name,
            StaffMember.personnel_number,
            CourseTeacher.weekly_hours,
            CourseTeacher.starts_on,
            CourseTeacher.ends_before,
        )
        .join(Course, Course.id == CourseTeacher.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(StaffMember, StaffMember.id == CourseTeacher.staff_id)
        .where(Course.academic_year_id == year_id)
        .order_by(CourseTeacher.id)
    )
    return [Found(LoadRow(class_tuple(row[1]), *row[2:]), row[0]) for row in rows]


def subgroups(session: Session, year_id: int | None) -> list[Found]:
    """Who is in which named group, when."""
    rows = session.execute(
        select(
            GroupMembership.id,
            StudyGroup.classes_key,
            Subject.name,
            StudyGroup.name,
            Pupil.personal_file,
            GroupMembership.starts_on,
            GroupMembership.ends_before,
        )
        .join(StudyGroup, StudyGroup.id == GroupMembership.study_group_id)
        .join(Subject, Subject.id == StudyGroup.subject_id)
        .join(Pupil, Pupil.id == GroupMembership.pupil_id)
        .where(StudyGroup.academic_year_id == year_id)
        .order_by(GroupMembership.id)
    )
    return [Found(SubgroupRow(class_tuple(row[1]), *row[2:]), row[0]) for row in rows]


def slots(session: Session, year_id: int | None) -> list[Found]:
    """The weekly slots of the year's published timetables."""
    rows: Any = session.execute(
        select(
            TimetableSlot.id,
            Timetable.starts_on,
            Timetable.ends_before,
            StudyGroup.classes_key,
            TimetableSlot.weekday,
            TimetableSlot.week_kind,
            TimetableSlot.lesson_number,
            Subject.name,
            StudyGroup.name,
            StaffMember.personnel_number,
            Room.name,
        )
        .join(Timetable, Timetable.id == TimetableSlot.timetable_id)
        .join(Course, Course.id == TimetableSlot.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(StaffMember, StaffMember.id == TimetableSlot.staff_id)
        .outerjoin(Room, Room.id == TimetableSlot.room_id)
        .where(Timetable.academic_year_id == year_id, Timetable.status == "published")
        .order_by(TimetableSlot.id)
    )
    return [Found(_slot(*row[1:]), row[0]) for row in rows]


def _slot(starts_on: date, ends_before: date, classes_key: str, *rest: Any) -> SlotRow:
    return SlotRow(starts_on, ends_before, class_tuple(classes_key), *rest)


def topics(session: Session, year_id: int | None) -> list[Found]:
    """Every topic of every plan."""
    rows: Any = session.execute(
        select(
            PlanTopic.id,
            LessonPlan.classes_key,
            LessonPlan.subgroup,
            Subject.name,
            PlanTopic.position,
            PlanTopic.section,
            PlanTopic.title,
            PlanTopic.hours,
            PlanTopic.homework,
            PlanTopic.work_type_name,
        )
        .join(LessonPlan, LessonPlan.id == PlanTopic.lesson_plan_id)
        .join(Subject, Subject.id == LessonPlan.subject_id)
        .where(LessonPlan.academic_year_id == year_id)
        .order_by(PlanTopic.id)
    )
    return [Found(TopicRow(class_tuple(row[1]), *row[2:]), row[0]) for row in rows]
