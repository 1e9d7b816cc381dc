"""What of the load is placed in a version: hours a week by course."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from journal.people.directory import NAME_COLUMNS
from journal.people.models import Person, StaffMember
from journal.people.rules import short_name
from journal.school.models import Course, CourseTeacher, StudyGroup, Subject
from journal.school.rules import Span
from journal.school.titles import course_title
from journal.timetable.plan import PlanSlot, VersionHead

HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A course of the editor: hours a week by the load, hours placed, who teaches it then."""

    course_id: int
    subject: str
    group: str
    group_id: int
    grade: int
    classes_key: str
    hours: Decimal
    placed: Decimal
    teachers: tuple[tuple[int, str], ...]

    @property
    def title(self) -> str:
        """«5Б, математика»."""
        return course_title(self.classes_key, self.subject, self.group)

    @property
    def left(self) -> Decimal:
        """Hours that still want a place; negative where too many are placed."""
        return self.hours - self.placed


def placed_hours(slots: Iterable[PlanSlot]) -> dict[int, Decimal]:
    """Hours a week by course: odd or even weeks count half."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    for one in slots:
        found[one.course_id] += 1 if one.week_kind == "every" else HALF
    return found


_LOAD = (
    Course.id,
    Subject.name.label("subject"),
    StudyGroup.name.label("group"),
    StudyGroup.id.label("group_id"),
    StudyGroup.grade,
    StudyGroup.classes_key,
    CourseTeacher.weekly_hours,
    CourseTeacher.starts_on,
    CourseTeacher.staff_id,
    *NAME_COLUMNS,
)


def loads(session: Session, head: VersionHead, slots: Sequence[PlanSlot]) -> list[Load]:
    """Every course of the year taught in the days of the version, by class and subject."""
    placed = placed_hours(slots)
    rows = session.execute(
        select(*_LOAD)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(CourseTeacher, CourseTeacher.course_id == Course.id)
        .join(StaffMember, StaffMember.id == CourseTeacher.staff_id)
        .join(Person, Person.id == StaffMember.person_id)
        .where(Course.academic_year_id == head.academic_year_id, *_taught(head.span))
        .order_by(
            StudyGroup.grade,
            StudyGroup.classes_key,
            Subject.sort_key,
            StudyGroup.name,
            CourseTeacher.starts_on,
        )
    ).all()
    by_course: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_course[row.id].append(row)
    return [_load(found, placed.get(key, Decimal(0))) for key, found in by_course.items()]


def _taught(span: Span) -> tuple[Any, ...]:
    return (
        CourseTeacher.starts_on < span.ends_before,
        or_(CourseTeacher.ends_before.is_(None), CourseTeacher.ends_before > span.starts_on),
    )


def _load(rows: Sequence[Any], placed: Decimal) -> Load:
    """The hours of the first day: teachers who follow one another do not add up."""
    first = rows[0]
    begin = [row for row in rows if row.starts_on <= first.starts_on]
    names = {row.staff_id: short_name(row.surname, row.given_name, row.patronymic) for row in rows}
    return Load(
        course_id=first.id,
        subject=first.subject,
        group=first.group,
        group_id=first.group_id,
        grade=first.grade,
        classes_key=first.classes_key,
        hours=sum((row.weekly_hours for row in begin), Decimal(0)),
        placed=placed,
        teachers=tuple(names.items()),
    )
