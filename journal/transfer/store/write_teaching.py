"""Writing teaching: groups, courses, loads, subgroup members, timetables, plans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from journal.core.db import bulk_insert
from journal.lessons.models import LessonPlan, PlanCourse, PlanTopic
from journal.school.models import (
    Course,
    CourseTeacher,
    GroupMembership,
    StudyGroup,
    StudyGroupClass,
)
from journal.timetable.models import Timetable, TimetableSlot
from journal.transfer.changes import Changes
from journal.transfer.store.ground import Ground, change_pairs
from journal.transfer.store.write_frame import Ids

Dates = tuple[date, date | None]
"""First day, first day after."""
PlanKey = tuple[str, str, int]
"""classes_key, name of the subgroup, subject id."""


def group_of(ground: Ground, classes: Sequence[str], subject: str, subgroup: str) -> int:
    """The group, made when it is new: everybody of the classes, or a named one of the subject."""
    classes_key = ",".join(classes)
    subject_id = ground.subjects[subject] if subgroup else None
    key = (classes_key, subject_id, subgroup)
    if key not in ground.groups:
        group = ground.owned(
            StudyGroup,
            academic_year_id=ground.year_id,
            classes_key=classes_key,
            subject_id=subject_id,
            name=subgroup,
            grade=ground.grades[classes[0]],
        )
        ground.session.flush()
        for name in classes:
            ground.owned(
                StudyGroupClass, study_group_id=group.id, class_group_id=ground.classes[name]
            )
        ground.groups[key] = group.id
    return ground.groups[key]


def course_of(ground: Ground, classes: Sequence[str], subject: str, subgroup: str) -> int:
    """The course, made when it is new."""
    key = (group_of(ground, classes, subject, subgroup), ground.subjects[subject])
    if key not in ground.courses:
        course = ground.owned(
            Course, academic_year_id=ground.year_id, study_group_id=key[0], subject_id=key[1]
        )
        ground.session.flush()
        ground.courses[key] = course.id
    return ground.courses[key]


def write_loads(ground: Ground, changes: Changes[Any], ids: Ids) -> None:
    """Loads: the course and its dated teacher."""
    for row in changes.added:
        ground.owned(
            CourseTeacher,
            course_id=course_of(ground, row.classes, row.subject, row.subgroup),
            staff_id=ground.staff[row.teacher],
            weekly_hours=row.weekly_hours,
            starts_on=row.starts_on,
            ends_before=row.ends_before,
        )
    for found in change_pairs(changes, ids):
        ground.change(
            CourseTeacher,
            found.id,
            weekly_hours=found.row.weekly_hours,
            ends_before=found.row.ends_before,
        )
    ground.session.flush()


def write_subgroups(ground: Ground, changes: Changes[Any], ids: Ids) -> None:
    """Members of named groups."""
    fresh = [
        {
            "organisation_id": ground.organisation_id,
            "study_group_id": group_of(ground, row.classes, row.subject, row.subgroup),
            "pupil_id": ground.pupils[row.personal_file],
            "starts_on": row.starts_on,
            "ends_before": row.ends_before,
        }
        for row in changes.added
    ]
    ground.session.flush()
    bulk_insert(ground.session, GroupMembership, fresh)
    for found in change_pairs(changes, ids):
        ground.change(GroupMembership, found.id, ends_before=found.row.ends_before)


def write_slots(ground: Ground, changes: Changes[Any], ids: Ids) -> None:
    """Weekly slots; a version of the timetable for every pair of dates, published."""
    versions = _versions(ground)
    fresh = []
    for row in changes.added:
        key = (row.starts_on, row.ends_before)
        if key not in versions:
            versions[key] = _new_version(ground, key)
        fresh.append(_slot_facts(ground, row, versions[key]))
    bulk_insert(ground.session, TimetableSlot, fresh)
    for found in change_pairs(changes, ids):
        ground.change(TimetableSlot, found.id, **_taught(ground, found.row))


def _versions(ground: Ground) -> dict[Dates, int]:
    rows = ground.session.execute(
        select(Timetable.starts_on, Timetable.ends_before, Timetable.id).where(
            Timetable.academic_year_id == ground.year_id, Timetable.status == "published"
        )
    )
    return {(row[0], row[1]): row[2] for row in rows}


def _new_version(ground: Ground, dates: Dates) -> int:
    version = ground.owned(
        Timetable,
        academic_year_id=ground.year_id,
        starts_on=dates[0],
        ends_before=dates[1],
        status="published",
    )
    ground.session.flush()
    return int(version.id)


def _slot_facts(ground: Ground, row: Any, timetable_id: int) -> dict[str, Any]:
    return {
        "organisation_id": ground.organisation_id,
        "timetable_id": timetable_id,
        "course_id": course_of(ground, row.classes, row.subject, row.subgroup),
        "weekday": row.weekday,
        "week_kind": row.week_kind,
        "lesson_number": row.lesson_number,
        **_taught(ground, row),
    }


def _taught(ground: Ground, row: Any) -> dict[str, Any]:
    """By whom and where: what may change in a slot that is there."""
    return {
        "staff_id": ground.staff[row.teacher],
        "room_id": ground.rooms[row.room] if row.room else None,
    }


def write_topics(ground: Ground, changes: Changes[Any], ids: Ids) -> None:
    """Plans: topics by position. A blank subgroup is the plan of every group of the course."""
    plans = _plans(ground)
    fresh = []
    for row in changes.added:
        key = (",".join(row.classes), row.subgroup, ground.subjects[row.subject])
        if key not in plans:
            plans[key] = _new_plan(ground, key)
        fresh.append(
            {
                "organisation_id": ground.organisation_id,
                "lesson_plan_id": plans[key],
                "position": row.position,
                **_topic_facts(row),
            }
        )
    bulk_insert(ground.session, PlanTopic, fresh)
    for found in change_pairs(changes, ids):
        ground.change(PlanTopic, found.id, **_topic_facts(found.row))
    if changes.added:
        _attach_plans(ground, plans)


def _plans(ground: Ground) -> dict[PlanKey, int]:
    rows = ground.session.execute(
        select(
            LessonPlan.classes_key, LessonPlan.subgroup, LessonPlan.subject_id, LessonPlan.id
        ).where(LessonPlan.academic_year_id == ground.year_id)
    )
    return {(row[0], row[1], row[2]): row[3] for row in rows}


def _new_plan(ground: Ground, key: PlanKey) -> int:
    plan = ground.owned(
        LessonPlan,
        academic_year_id=ground.year_id,
        classes_key=key[0],
        subgroup=key[1],
        subject_id=key[2],
    )
    ground.session.flush()
    return int(plan.id)


def _topic_facts(row: Any) -> dict[str, Any]:
    return {
        "section": row.section,
        "title": row.title,
        "hours": row.hours,
        "homework": row.homework,
        "work_type_name": row.work_type,
    }


def _attach_plans(ground: Ground, plans: dict[PlanKey, int]) -> None:
    """Each course follows its own plan, else the one of all groups of its classes."""
    names = {group_id: key for key, group_id in ground.groups.items()}
    rows = []
    for (group_id, subject_id), course_id in ground.courses.items():
        classes_key, _, subgroup = names[group_id]
        own, shared = (classes_key, subgroup, subject_id), (classes_key, "", subject_id)
        plan_id = plans.get(own) or plans.get(shared)
        if plan_id is not None:
            rows.append(
                {
                    "organisation_id": ground.organisation_id,
                    "course_id": course_id,
                    "lesson_plan_id": plan_id,
                }
            )
    _forget(ground, [row["course_id"] for row in rows])
    bulk_insert(ground.session, PlanCourse, rows)


def _forget(ground: Ground, course_ids: Iterable[int]) -> None:
    ground.session.execute(
        delete(PlanCourse)
        .where(PlanCourse.course_id.in_(list(course_ids)))
        .execution_options(synchronize_session=False)
    )
