"""Classes of the coming year, and the courses proposed for them from the ending one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from journal.core.db import bulk_insert
from journal.office.rollover.groups import Groups, Member, Place, Taught, propose_groups
from journal.office.rollover.rules import TurnPlan
from journal.people.rules import class_parts
from journal.school.calendar import YearSpan
from journal.school.models import (
    ClassGroup,
    Course,
    CourseTeacher,
    GroupMembership,
    StudyGroup,
    StudyGroupClass,
)
from journal.timetable.models import ClassBells


def make_classes(
    session: Session, organisation_id: int, old: YearSpan, new: YearSpan, plan: TurnPlan
) -> dict[str, int]:
    """The classes of the coming year by name: those that are there already are taken as they are.

    A class that goes on keeps its teacher, room, shift and bells; its courses and subgroups are
    those of `propose_groups`.
    """
    held = held_classes(session, new)
    groups = read_groups(session, old, new, plan)
    models = {
        row.id: row
        for row in session.scalars(select(ClassGroup).where(ClassGroup.academic_year_id == old.id))
    }
    before = {name: models[old_id] for old_id, name in plan.classes.items() if name}
    for name in plan.new_classes:
        if name not in held:
            held[name] = _add_class(session, organisation_id, new, name, before.get(name))
    _add_courses(session, organisation_id, new, held, groups)
    return held


def held_classes(session: Session, new: YearSpan) -> dict[str, int]:
    """The classes of the year by name."""
    there = select(ClassGroup.name, ClassGroup.id).where(ClassGroup.academic_year_id == new.id)
    return {row.name: row.id for row in session.execute(there)}


def read_groups(session: Session, old: YearSpan, new: YearSpan | None, plan: TurnPlan) -> Groups:
    """Which courses and subgroups the roll-over would make, and who is in them; writes nothing."""
    held = held_classes(session, new) if new is not None else {}
    fresh = [name for name in plan.new_classes if name not in held]
    names = select(ClassGroup.id, ClassGroup.name).where(ClassGroup.academic_year_id == old.id)
    known: dict[int, str] = {row.id: row.name for row in session.execute(names)}
    return propose_groups(plan, fresh, _load_of(session, old), _members(session, old), known)


def _members(session: Session, old: YearSpan) -> list[Member]:
    last = old.ends_before - timedelta(days=1)
    to_the_end = or_(GroupMembership.ends_before.is_(None), GroupMembership.ends_before > last)
    rows = session.execute(
        select(
            GroupMembership.pupil_id,
            StudyGroup.classes_key,
            StudyGroup.subject_id,
            StudyGroup.name,
        )
        .join(StudyGroup, StudyGroup.id == GroupMembership.study_group_id)
        .where(
            StudyGroup.academic_year_id == old.id,
            StudyGroup.subject_id.is_not(None),
            GroupMembership.starts_on <= last,
            to_the_end,
        )
        .order_by(GroupMembership.id)
    )
    return [Member(row.pupil_id, row.classes_key, row.subject_id, row.name) for row in rows]


def _add_class(
    session: Session, organisation_id: int, new: YearSpan, name: str, source: ClassGroup | None
) -> int:
    grade, letter = class_parts(name)
    kept: dict[str, Any] = {}
    if source is not None:
        kept = {
            column: getattr(source, column)
            for column in ("study_form", "shift", "days_per_week", "class_teacher_id", "room_id")
        }
    place = {"organisation_id": organisation_id}
    row = ClassGroup(
        academic_year_id=new.id, name=name, grade=grade, letter=letter or None, **kept, **place
    )
    session.add(row)
    session.flush()
    bells = session.get(ClassBells, source.id) if source is not None else None
    if bells is not None:
        ids = {"class_group_id": row.id, "bell_schedule_id": bells.bell_schedule_id}
        session.add(ClassBells(**ids, **place))
        session.flush()
    return row.id


def _load_of(session: Session, old: YearSpan) -> dict[str, list[Taught]]:
    """Courses at the end of the year by the classes of their group."""
    found: dict[str, list[Taught]] = defaultdict(list)
    seen: set[tuple[str, int, str]] = set()
    for key, subject_id, name, staff_id, hours in session.execute(_load_query(old)):
        if (key, subject_id, name) not in seen:
            seen.add((key, subject_id, name))
            found[key].append(Taught(subject_id, name, staff_id, hours or Decimal(1)))
    return found


def _load_query(old: YearSpan) -> Select[*tuple[Any, ...]]:
    last = old.ends_before - timedelta(days=1)
    to_the_end = or_(CourseTeacher.ends_before.is_(None), CourseTeacher.ends_before > last)
    return (
        select(
            StudyGroup.classes_key,
            Course.subject_id,
            StudyGroup.name,
            CourseTeacher.staff_id,
            CourseTeacher.weekly_hours,
        )
        .join(Course, Course.study_group_id == StudyGroup.id)
        .outerjoin(CourseTeacher, (CourseTeacher.course_id == Course.id) & to_the_end)
        .where(Course.academic_year_id == old.id)
        .order_by(Course.id, CourseTeacher.id)
    )


def _add_courses(
    session: Session,
    organisation_id: int,
    new: YearSpan,
    classes: Mapping[str, int],
    groups: Groups,
) -> None:
    place = {"organisation_id": organisation_id}
    made: dict[Place, int] = {}
    for key, taught in groups.courses.items():
        for one in taught:
            home = Place(key, one.subject_id if one.subgroup else 0, one.subgroup)
            if home not in made:
                made[home] = _add_group(session, new, home, classes, place)
            _add_course(session, new, made[home], one, place)
    stays = [
        {"study_group_id": made[home], "pupil_id": pupil_id, "starts_on": new.starts_on, **place}
        for home, pupil_ids in groups.members.items()
        for pupil_id in pupil_ids
    ]
    bulk_insert(session, GroupMembership, stays)


def _add_course(
    session: Session, new: YearSpan, group_id: int, one: Taught, place: Mapping[str, int]
) -> None:
    ids = {"study_group_id": group_id, "subject_id": one.subject_id}
    course = Course(academic_year_id=new.id, **ids, **place)
    session.add(course)
    session.flush()
    if one.staff_id is not None:
        load = {"staff_id": one.staff_id, "weekly_hours": one.hours, "starts_on": new.starts_on}
        session.add(CourseTeacher(course_id=course.id, **load, **place))
    session.flush()


def _add_group(
    session: Session,
    new: YearSpan,
    home: Place,
    classes: Mapping[str, int],
    place: Mapping[str, int],
) -> int:
    names = home.key.split(",")
    group = StudyGroup(
        academic_year_id=new.id,
        classes_key=home.key,
        subject_id=home.subject_id or None,
        name=home.subgroup,
        grade=class_parts(names[0])[0],
        **place,
    )
    session.add(group)
    session.flush()
    for name in names:
        session.add(StudyGroupClass(study_group_id=group.id, class_group_id=classes[name], **place))
    session.flush()
    return group.id
