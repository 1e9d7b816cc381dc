"""Who could take a lesson: teachers of the year, when they are away, what the days hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from journal.lessons.models import Lesson
from journal.office.models import StaffAbsence
from journal.office.queries.lessons import LessonFacts
from journal.office.rules.substitution import Colleague, DayLesson, Members, OwnCourse
from journal.people.directory import NAME_COLUMNS
from journal.people.models import Person, StaffMember
from journal.people.queries import at_work
from journal.people.rules import short_name
from journal.school.models import Course, CourseTeacher, GroupMembership, StudyGroup, Subject
from journal.school.rules import Span

_LESSON = (
    Lesson.id,
    Lesson.held_on,
    Lesson.lesson_number,
    Lesson.starts_at,
    Lesson.ends_at,
    Lesson.staff_id,
    Course.subject_id,
    StudyGroup.classes_key,
    StudyGroup.name,
    StudyGroup.id.label("group_id"),
)


def day_lessons(session: Session, days: Collection[date]) -> dict[date, list[DayLesson]]:
    """Every lesson of the school on those days that is not cancelled. One query."""
    rows = session.execute(
        select(*_LESSON)
        .join(Course, Course.id == Lesson.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .where(Lesson.held_on.in_(list(days)), Lesson.status == "scheduled")
        .order_by(Lesson.starts_at, Lesson.id)
    )
    found: dict[date, list[DayLesson]] = defaultdict(list)
    for row in rows:
        found[row.held_on].append(_day_lesson(row))
    return found


def _day_lesson(row: Any) -> DayLesson:
    return DayLesson(
        id=row.id,
        held_on=row.held_on,
        number=row.lesson_number,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        staff_id=row.staff_id,
        subject_id=row.subject_id,
        classes=frozenset(row.classes_key.split(",")),
        group=row.name,
        group_id=row.group_id,
    )


def colleagues(session: Session, *, first: date, before: date) -> list[Colleague]:
    """The teachers of courses in those days, in the order of names. Two queries."""
    away = absences_between(session, first=first, before=before)
    names: dict[int, str] = {}
    courses: dict[int, dict[int, OwnCourse]] = defaultdict(dict)
    for row in session.execute(_teaching(first, before)):
        names[row.id] = short_name(row.surname, row.given_name, row.patronymic)
        courses[row.id][row.course_id] = _own_course(row)
    return [
        Colleague(
            staff_id=staff_id,
            name=name,
            subjects=frozenset(one.subject_id for one in courses[staff_id].values()),
            classes=frozenset().union(*(one.classes for one in courses[staff_id].values())),
            courses=tuple(courses[staff_id].values()),
            away=tuple(away.get(staff_id, ())),
        )
        for staff_id, name in names.items()
    ]


def _own_course(row: Any) -> OwnCourse:
    return OwnCourse(
        course_id=row.course_id,
        subject_id=row.subject_id,
        subject=row.subject,
        classes=frozenset(row.classes_key.split(",")),
        group=row.group,
        group_id=row.group_id,
    )


def subgroup_members(session: Session, lessons: Iterable[LessonFacts]) -> Members:
    """Who is in the subgroups of the classes of these lessons, on any day. One query, or none."""
    keys = {one.classes_key for one in lessons if one.group}
    spans = _spans(session, keys) if keys else {}

    def members(group_id: int, day: date) -> frozenset[int]:
        return frozenset(pupil for pupil, span in spans.get(group_id, ()) if span.covers(day))

    return members


def _spans(session: Session, keys: set[str]) -> dict[int, list[tuple[int, Span]]]:
    """Every stay in a subgroup of those classes."""
    stay = GroupMembership
    rows = session.execute(
        select(stay.study_group_id, stay.pupil_id, stay.starts_on, stay.ends_before)
        .join(StudyGroup, StudyGroup.id == stay.study_group_id)
        .where(StudyGroup.classes_key.in_(keys), StudyGroup.name != "")
    )
    found: dict[int, list[tuple[int, Span]]] = defaultdict(list)
    for group_id, pupil_id, starts_on, ends_before in rows:
        found[group_id].append((pupil_id, Span(starts_on, ends_before)))
    return found


def _teaching(first: date, before: date) -> Any:
    """One row for each course and teacher of those days."""
    return (
        select(
            StaffMember.id,
            *NAME_COLUMNS,
            Course.id.label("course_id"),
            Course.subject_id,
            Subject.name.label("subject"),
            StudyGroup.classes_key,
            StudyGroup.name.label("group"),
            StudyGroup.id.label("group_id"),
        )
        .join(Person, Person.id == StaffMember.person_id)
        .join(CourseTeacher, CourseTeacher.staff_id == StaffMember.id)
        .join(Course, Course.id == CourseTeacher.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .where(
            CourseTeacher.starts_on < before,
            or_(CourseTeacher.ends_before.is_(None), CourseTeacher.ends_before > first),
            at_work(first),
        )
        .order_by(Person.sort_key, StaffMember.id, Subject.sort_key, Course.id)
    )


def absences_between(session: Session, *, first: date, before: date) -> dict[int, list[Span]]:
    """When members of staff are away in those days."""
    rows = session.execute(
        select(StaffAbsence.staff_id, StaffAbsence.starts_on, StaffAbsence.ends_before).where(
            StaffAbsence.starts_on < before, StaffAbsence.ends_before > first
        )
    )
    found: dict[int, list[Span]] = defaultdict(list)
    for staff_id, starts_on, ends_before in rows:
        found[staff_id].append(Span(starts_on, ends_before))
    return found
