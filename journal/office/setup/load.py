"""Commands on the teaching load: courses of a class, a subgroup or several classes; teachers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.errors import NotFound, RuleViolation, SeveralViolations
from journal.core.messages import N_
from journal.core.text import tidy
from journal.office.setup.dependants import check_free
from journal.office.setup.rows import change, create, may_set_up, owned_row, remove
from journal.people.models import StaffMember
from journal.people.rules import class_parts
from journal.school.frame_rules import outside_year
from journal.school.models import (
    AcademicYear,
    ClassGroup,
    Course,
    CourseTeacher,
    StudyGroup,
    StudyGroupClass,
    Subject,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachingFacts:
    """нагрузка: a teacher of the course; open `ends_before` = to the end of the year."""

    staff_id: int
    weekly_hours: Decimal
    starts_on: date
    ends_before: date | None = None
    place: int = field(default=0, compare=False)

    @property
    def columns(self) -> dict[str, Any]:
        """What the table keeps."""
        facts = asdict(self)
        del facts["place"]
        return facts


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFacts:
    """What is taught to whom: everybody of the classes, or a subgroup named by the subject."""

    class_ids: tuple[int, ...]
    subject_id: int
    subgroup: str = ""


def add_course(
    session: Session,
    actor: Actor,
    *,
    year_id: int,
    facts: CourseFacts,
    teachings: Sequence[TeachingFacts],
    now: datetime,
) -> int:
    """A new journal page with its teachers. RuleViolations: class_ids, subgroup, «n.staff_id»."""
    may_set_up(actor)
    year = owned_row(session, AcademicYear, year_id)
    owned_row(session, Subject, facts.subject_id)
    check_teachings(session, year, teachings)
    group_id = group_of(session, actor, year_id, facts, now=now)
    values = {"study_group_id": group_id, "subject_id": facts.subject_id}
    if session.scalar(select(Course.id).filter_by(**values)) is not None:
        message = N_("This is taught to the class already. Open that course and change it.")
        raise RuleViolation("subject_id", message)
    values["academic_year_id"] = year_id
    course_id = create(session, actor, Course, values, now=now)
    _write_teachings(session, actor, course_id, teachings, now)
    return course_id


def group_of(
    session: Session, actor: Actor, year_id: int, facts: CourseFacts, *, now: datetime
) -> int:
    """The group of these classes and this subgroup, made when it is new."""
    classes = _classes(session, year_id, facts.class_ids)
    subgroup = tidy(facts.subgroup)
    natural_key = {
        "academic_year_id": year_id,
        "classes_key": ",".join(one.name for one in classes),
        "subject_id": facts.subject_id if subgroup else None,
        "name": subgroup,
    }
    found = session.scalar(select(StudyGroup.id).filter_by(**natural_key))
    if found is not None:
        return found
    values = {**natural_key, "grade": classes[0].grade}
    group_id = create(session, actor, StudyGroup, values, now=now)
    place = {"organisation_id": actor.organisation_id, "study_group_id": group_id}
    for one in classes:
        session.add(StudyGroupClass(**place, class_group_id=one.id))
    session.flush()
    return group_id


def _classes(session: Session, year_id: int, class_ids: Sequence[int]) -> list[ClassGroup]:
    """The classes by parallel and letter; NotFound for one of another school or year."""
    rows = session.scalars(
        select(ClassGroup).where(
            ClassGroup.id.in_(class_ids), ClassGroup.academic_year_id == year_id
        )
    ).all()
    if not rows:
        raise RuleViolation("class_ids", N_("Choose at least one class."))
    if len(rows) != len(set(class_ids)):
        raise NotFound()
    return sorted(rows, key=lambda one: class_parts(one.name))


def save_teachings(
    session: Session,
    actor: Actor,
    *,
    course_id: int,
    teachings: Sequence[TeachingFacts],
    now: datetime,
) -> None:
    """Make these the teachers of the course. SeveralViolations: «n.starts_on», «n.staff_id»."""
    may_set_up(actor)
    course = owned_row(session, Course, course_id)
    year = owned_row(session, AcademicYear, course.academic_year_id)
    check_teachings(session, year, teachings)
    _write_teachings(session, actor, course_id, teachings, now)


def check_teachings(
    session: Session, year: AcademicYear, teachings: Sequence[TeachingFacts]
) -> None:
    """Dates are in order and in the year; a teacher has the course once at a time."""
    for one in teachings:
        owned_row(session, StaffMember, one.staff_id)
    violations = [found for one in teachings if (found := _wrong_dates(one, year))]
    order = sorted(teachings, key=lambda one: (one.staff_id, one.starts_on))
    for before, one in pairwise(order):
        overlap = before.ends_before is None or one.starts_on < before.ends_before
        if before.staff_id == one.staff_id and overlap:
            message = N_("The teacher has this course on these dates already. Delete the row.")
            violations.append(RuleViolation(f"{one.place}.staff_id", message))
    if violations:
        raise SeveralViolations(violations)


def _wrong_dates(one: TeachingFacts, year: AcademicYear) -> RuleViolation | None:
    ends = one.ends_before or year.ends_before
    if ends <= one.starts_on:
        message = N_("The last day is before the first. Correct it.")
        return RuleViolation(f"{one.place}.ends_before", message)
    if one.starts_on < year.starts_on:
        return RuleViolation(f"{one.place}.starts_on", outside_year(year))
    if ends > year.ends_before:
        return RuleViolation(f"{one.place}.ends_before", outside_year(year))
    return None


def _write_teachings(
    session: Session,
    actor: Actor,
    course_id: int,
    teachings: Sequence[TeachingFacts],
    now: datetime,
) -> None:
    held = {
        (row.staff_id, row.starts_on): row
        for row in session.scalars(
            select(CourseTeacher).where(CourseTeacher.course_id == course_id)
        )
    }
    wanted = {(one.staff_id, one.starts_on): one for one in teachings}
    for key, row in held.items():
        if key not in wanted:
            shown = {"staff_id": row.staff_id, "weekly_hours": row.weekly_hours}
            remove(session, actor, row, shown, now=now)
    for key, one in wanted.items():
        if key in held:
            change(session, actor, held[key], one.columns, now=now)
        else:
            create(session, actor, CourseTeacher, {"course_id": course_id, **one.columns}, now=now)


def delete_course(session: Session, actor: Actor, course_id: int, *, now: datetime) -> None:
    """Delete a course nobody has begun, with its teachers, and its group if that is then empty."""
    may_set_up(actor)
    course = owned_row(session, Course, course_id)
    check_free(session, Course, course_id, apart=("course_teacher",))
    session.execute(
        delete(CourseTeacher)
        .where(CourseTeacher.course_id == course_id)
        .execution_options(synchronize_session=False)
    )
    group_id, shown = course.study_group_id, {"subject_id": course.subject_id}
    remove(session, actor, course, shown, now=now)
    _drop_empty_group(session, group_id)


def _drop_empty_group(session: Session, group_id: int) -> None:
    group = owned_row(session, StudyGroup, group_id)
    try:
        check_free(session, StudyGroup, group_id, apart=("study_group_class",))
    except RuleViolation:
        return  # another course, or members: it stays
    session.execute(
        delete(StudyGroupClass)
        .where(StudyGroupClass.study_group_id == group_id)
        .execution_options(synchronize_session=False)
    )
    session.delete(group)
    session.flush()
