"""Classes of the coming year, and the courses proposed for them from the ending one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from journal.office.rollover.rules import TurnPlan
from journal.people.rules import class_parts
from journal.school.calendar import YearSpan
from journal.school.models import (
    ClassGroup,
    Course,
    CourseTeacher,
    StudyGroup,
    StudyGroupClass,
)
from journal.timetable.models import ClassBells


def make_classes(
    session: Session, organisation_id: int, old: YearSpan, new: YearSpan, plan: TurnPlan
) -> dict[str, int]:
    """The classes of the coming year by name: those that are there already are taken as they are.

    A class that goes on keeps its teacher, room, shift and bells. Each gets the courses its
    parallel had in the ending year, taught by who taught the subject to its pupils, if anybody.
    """
    there = select(ClassGroup.name, ClassGroup.id).where(ClassGroup.academic_year_id == new.id)
    held: dict[str, int] = {row.name: row.id for row in session.execute(there)}
    models = {
        row.id: row
        for row in session.scalars(select(ClassGroup).where(ClassGroup.academic_year_id == old.id))
    }
    before = {name: models[old_id] for old_id, name in plan.classes.items() if name}
    load = _load_of(session, old)
    for name in plan.new_classes:
        if name not in held:
            source = before.get(name)
            held[name] = _add_class(session, organisation_id, new, name, source)
            own = load.get(source.name, []) if source else []
            taught = _template(load, name)
            _add_courses(session, organisation_id, new, name, held[name], taught, own)
    return held


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


@dataclass(frozen=True, slots=True)
class Taught:
    """A course of one class: the subject, the subgroup, who taught it last and how much."""

    subject_id: int
    subgroup: str
    staff_id: int | None
    hours: Decimal


def _load_of(session: Session, old: YearSpan) -> dict[str, list[Taught]]:
    """Courses of single classes at the end of the year, by class. Cross-class groups are made
    anew by hand: their classes part."""
    found: dict[str, list[Taught]] = defaultdict(list)
    seen: set[tuple[str, int, str]] = set()
    for key, subject_id, name, staff_id, hours in session.execute(_load_query(old)):
        if "," not in key and (key, subject_id, name) not in seen:
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


def _template(load: Mapping[str, list[Taught]], name: str) -> list[Taught]:
    """What a class of this name had, else the first class of its parallel."""
    if name in load:
        return load[name]
    same = sorted(key for key in load if class_parts(key)[0] == class_parts(name)[0])
    return load[same[0]] if same else []


def _add_courses(
    session: Session,
    organisation_id: int,
    new: YearSpan,
    name: str,
    class_id: int,
    taught: Sequence[Taught],
    own: Sequence[Taught],
) -> None:
    known = {(one.subject_id, one.subgroup): one.staff_id for one in own}
    place = {"organisation_id": organisation_id}
    groups: dict[str | tuple[int, str], int] = {}
    for one in taught:
        key: str | tuple[int, str] = (one.subject_id, one.subgroup) if one.subgroup else ""
        if key not in groups:
            groups[key] = _add_group(session, new, name, class_id, one, place)
        ids = {"study_group_id": groups[key], "subject_id": one.subject_id}
        course = Course(academic_year_id=new.id, **ids, **place)
        session.add(course)
        session.flush()
        staff_id = known.get((one.subject_id, one.subgroup)) or one.staff_id
        if staff_id is not None:
            load = {"staff_id": staff_id, "weekly_hours": one.hours, "starts_on": new.starts_on}
            session.add(CourseTeacher(course_id=course.id, **load, **place))
    session.flush()


def _add_group(
    session: Session,
    new: YearSpan,
    name: str,
    class_id: int,
    one: Taught,
    place: Mapping[str, int],
) -> int:
    group = StudyGroup(
        academic_year_id=new.id,
        classes_key=name,
        subject_id=one.subject_id if one.subgroup else None,
        name=one.subgroup,
        grade=class_parts(name)[0],
        **place,
    )
    session.add(group)
    session.flush()
    session.add(StudyGroupClass(study_group_id=group.id, class_group_id=class_id, **place))
    session.flush()
    return group.id
