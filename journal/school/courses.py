"""Courses: who teaches what to which group, how many hours a week, and who is in the subgroups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from journal.core.errors import NotFound
from journal.core.paging import Page, page_of
from journal.people.directory import NAME_COLUMNS
from journal.people.models import Person, StaffMember
from journal.people.rules import short_name
from journal.school.models import (
    Course,
    CourseTeacher,
    GroupMembership,
    StudyGroup,
    StudyGroupClass,
    Subject,
)
from journal.school.rules import Span
from journal.school.titles import course_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    """нагрузка: a teacher of the course for a span of dates."""

    person_id: int
    name: str
    weekly_hours: Decimal
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRow:
    """A course; `group_name` is empty for everybody of `classes`. `members` of a subgroup only."""

    id: int
    study_group_id: int
    subject: str
    classes: str
    group_name: str
    grade: int
    teachings: tuple[Teaching, ...]
    members: int | None

    def hours_on(self, day: date) -> Decimal:
        """Hours a week of all its teachers on the day."""
        hours = (one.weekly_hours for one in self.teachings if one.span.covers(day))
        return sum(hours, Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFilter:
    """What the list of courses is narrowed to; None = any."""

    academic_year_id: int
    class_group_id: int | None = None
    subject_id: int | None = None
    staff_id: int | None = None


def course_page(session: Session, wanted: CourseFilter, page: int = 1) -> Page[CourseRow]:
    """Courses by grade, classes and subject. Four queries."""
    rows, number, total = page_of(session, _narrowed(wanted), page)
    return Page(tuple(_course_rows(session, rows)), number, total)


def courses_of(session: Session, wanted: CourseFilter) -> list[CourseRow]:
    """All courses of a class or of a teacher. Three queries."""
    return _course_rows(session, session.execute(_narrowed(wanted)).all())


def course_row(session: Session, course_id: int) -> CourseRow:
    """One course of the bound organisation; raises NotFound."""
    rows = session.execute(_course_query().where(Course.id == course_id)).all()
    if not rows:
        raise NotFound()
    return _course_rows(session, rows)[0]


def _course_query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Course.id,
            StudyGroup.id.label("study_group_id"),
            Subject.name.label("subject"),
            StudyGroup.classes_key,
            StudyGroup.name.label("group_name"),
            StudyGroup.grade,
        )
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .order_by(StudyGroup.grade, StudyGroup.classes_key, Subject.sort_key, StudyGroup.name)
    )


def _narrowed(wanted: CourseFilter) -> Select[*tuple[Any, ...]]:
    query = _course_query().where(Course.academic_year_id == wanted.academic_year_id)
    if wanted.class_group_id is not None:
        groups = select(StudyGroupClass.study_group_id).where(
            StudyGroupClass.class_group_id == wanted.class_group_id
        )
        query = query.where(Course.study_group_id.in_(groups))
    if wanted.subject_id is not None:
        query = query.where(Course.subject_id == wanted.subject_id)
    if wanted.staff_id is not None:
        taught = select(CourseTeacher.course_id).where(CourseTeacher.staff_id == wanted.staff_id)
        query = query.where(Course.id.in_(taught))
    return query


def _course_rows(session: Session, rows: Sequence[Any]) -> list[CourseRow]:
    teachings = _teachings(session, [row.id for row in rows])
    members = _member_counts(session, [row.study_group_id for row in rows if row.group_name])
    return [
        CourseRow(
            id=row.id,
            study_group_id=row.study_group_id,
            subject=row.subject,
            classes=row.classes_key,
            group_name=row.group_name,
            grade=row.grade,
            teachings=tuple(teachings.get(row.id, ())),
            members=members.get(row.study_group_id, 0) if row.group_name else None,
        )
        for row in rows
    ]


def _teachings(session: Session, course_ids: Sequence[int]) -> dict[int, list[Teaching]]:
    rows = session.execute(
        select(
            CourseTeacher.course_id,
            Person.id.label("person_id"),
            *NAME_COLUMNS,
            CourseTeacher.weekly_hours,
            CourseTeacher.starts_on,
            CourseTeacher.ends_before,
        )
        .join(StaffMember, StaffMember.id == CourseTeacher.staff_id)
        .join(Person, Person.id == StaffMember.person_id)
        .where(CourseTeacher.course_id.in_(list(course_ids)))
        .order_by(CourseTeacher.starts_on, Person.sort_key)
    )
    found: dict[int, list[Teaching]] = {}
    for row in rows:
        teaching = Teaching(
            person_id=row.person_id,
            name=short_name(row.surname, row.given_name, row.patronymic),
            weekly_hours=row.weekly_hours,
            span=Span(row.starts_on, row.ends_before),
        )
        found.setdefault(row.course_id, []).append(teaching)
    return found


def _member_counts(session: Session, group_ids: Sequence[int]) -> dict[int, int]:
    rows = session.execute(
        select(GroupMembership.study_group_id, func.count(func.distinct(GroupMembership.pupil_id)))
        .where(GroupMembership.study_group_id.in_(list(group_ids)))
        .group_by(GroupMembership.study_group_id)
    )
    return {group_id: int(count) for group_id, count in rows}


def course_choices(session: Session, academic_year_id: int) -> list[tuple[int, str]]:
    """(course, «5А, математика») of a year in the order of parallels, for a drop-down."""
    rows = session.execute(
        select(Course.id, StudyGroup.classes_key, Subject.name, StudyGroup.name)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .where(Course.academic_year_id == academic_year_id)
        .order_by(StudyGroup.grade, StudyGroup.classes_key, Subject.sort_key, StudyGroup.name)
    )
    return [(row[0], course_title(row[1], row[2], row[3])) for row in rows]
